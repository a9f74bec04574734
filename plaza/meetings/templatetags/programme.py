"""A programme as a table. Written here and not in a template, and escaped by hand: a summit has 300 sessions on a page."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plaza.core.translations import Words, reader_language
from plaza.meetings.domain.programme_page import Day, Slot
from plaza.meetings.domain.voices import Voice
from plaza.ui.templatetags.plaza import spoken

register = template.Library()


@register.simple_tag
def day_rows(day: Day, elsewhere: str) -> SafeString:
    """The rows of a day: an hour at which something begins, and what stands in each room then."""
    clerk = _Writer(elsewhere)
    rows = []
    for row in day.table.rows:
        cells = [
            f"<td{_more('rowspan', cell.rows)}{_more('colspan', cell.columns)}>{''.join(map(clerk.line, cell.items))}</td>"
            for cell in row.cells
        ]
        rows.append(f'<tr><th scope="row">{row.starts:%H:%M}</th>{"".join(cells)}</tr>')
    # Every part was escaped, or is a number of ours.
    return mark_safe("\n".join(rows))


def _more(name: str, number: int) -> str:
    return f' {name}="{number}"' if number > 1 else ""


@register.simple_tag
def zone_choices(zones: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Sixty of them on each page that tells hours."""
    return mark_safe(
        "".join(
            f'<option value="{escape(name)}"{" selected" if name == chosen else ""}>{escape(cities)}</option>'
            for name, cities in zones
        )
    )


@register.simple_tag
def slot_line(slot: Slot, elsewhere: str) -> SafeString:
    """Its hours (`elsewhere` is what the reader's own zone is called), its title, where, in which languages, by whom."""
    return mark_safe(_Writer(elsewhere).line(slot))


class _Writer:
    """Of one page: what many sessions say alike (a room, a track, somebody on stage) is written once."""

    def __init__(self, elsewhere: str) -> None:
        self._elsewhere = escape(elsewhere)
        self._called: dict[Words, str] = {}
        self._voices: dict[tuple[int, str, str], str] = {}
        self._cancelled = escape(pgettext("of a session", "cancelled"))
        self._into = _("interpreted into %(languages)s")
        self._reading = reader_language()

    def line(self, slot: Slot) -> str:
        session = slot.session
        title = (
            self._say(slot.title) if slot.title.text else escape(_("Session %(number)s") % {"number": session.number})
        )
        off = ""
        if session.is_cancelled:
            title, off = f"<s>{title}</s>", f' <span class="chip gap">{self._cancelled}</span>'
        hours = f"<b>{slot.hours}</b> " if slot.hours else ""
        theirs = f'<span class="soft">({self._elsewhere} {escape(slot.theirs)})</span> ' if slot.theirs else ""
        facts: list[str] = [escape(slot.kind)] if slot.kind else []
        if slot.track_name:
            facts.append(self._say(slot.track_name))
        if slot.spoken:
            facts.append(slot.spoken)
        if slot.into:
            facts.append(escape(self._into % {"languages": slot.into}))
        # Where the grid is wide the room heads its column, and goes from here with the point behind it.
        room = ""
        if slot.room_name:
            room = f'<span class="in-room">{self._say(slot.room_name)}{" · " if facts else ""}</span>'
        soft = f'<span class="soft">{room}{" · ".join(facts)}</span>' if room or facts else ""
        who = f'<span class="who">{" · ".join(map(self._voice, slot.voices))}</span>' if slot.voices else ""
        return f'<p class="slot">{hours}{theirs}<a href="{slot.url}">{title}</a>{off}{soft}{who}</p>'

    def _say(self, words: Words) -> str:
        if words.language == self._reading and not words.is_machine:
            return escape(words.text)
        if (said := self._called.get(words)) is None:
            said = self._called[words] = str(spoken(words))
        return said

    def _voice(self, voice: Voice) -> str:
        key = (voice.person, voice.affiliation, voice.city)
        if (said := self._voices.get(key)) is None:
            name = f'<a href="{voice.url}">{escape(voice.name)}</a>' if voice.url else escape(voice.name)
            at = ", ".join(filter(None, (voice.affiliation, voice.city)))
            said = self._voices[key] = f'{name} <span class="soft">{escape(at)}</span>' if at else name
        return said
