"""A session in a programme. Written here and not in a template: a summit has 300 of them on a page."""

from django import template
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plaza.meetings.domain.programme_page import Slot, Voice
from plaza.ui.templatetags.plaza import spoken

register = template.Library()


@register.simple_tag
def slot_line(slot: Slot, elsewhere: str) -> SafeString:
    """Its hours (`elsewhere` is what the reader's own zone is called), its title, where, in which languages, by whom."""
    session = slot.session
    title: str = spoken(slot.title) if slot.title.text else safe(_("Session %(number)s") % {"number": session.number})
    if session.is_cancelled:
        title = f"<s>{title}</s>"
    parts: list[str] = ['<p class="slot">']
    if slot.hours:
        parts.append(f"<b>{slot.hours}</b> ")
    if slot.theirs:
        parts.append(f'<span class="soft">({safe(elsewhere)} {safe(slot.theirs)})</span> ')
    parts.append(f'<a href="{slot.url}">{title}</a>')
    if session.is_cancelled:
        parts.append(f' <span class="chip gap">{safe(pgettext("of a session", "cancelled"))}</span>')
    facts: list[str] = [safe(slot.kind)] if slot.kind else []
    if slot.track_name:
        facts.append(spoken(slot.track_name))
    if slot.spoken:
        facts.append(slot.spoken)
    if slot.into:
        facts.append(safe(_("interpreted into %(languages)s") % {"languages": slot.into}))
    # Where the grid is wide the room heads its column, and goes from here with the point behind it.
    room = f'<span class="in-room">{spoken(slot.room_name)}{" · " if facts else ""}</span>' if slot.room_name else ""
    if room or facts:
        parts.append(f'<span class="soft">{room}{" · ".join(facts)}</span>')
    if slot.voices:
        parts.append(f'<span class="who">{" · ".join(map(_voice, slot.voices))}</span>')
    parts.append("</p>")
    # Every part was escaped, or is a number of ours.
    return mark_safe("".join(parts))


def _voice(voice: Voice) -> str:
    name = f'<a href="{voice.url}">{safe(voice.name)}</a>' if voice.url else safe(voice.name)
    at = ", ".join(filter(None, (voice.affiliation, voice.city)))
    return f'{name} <span class="soft">{safe(at)}</span>' if at else str(name)
