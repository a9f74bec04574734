"""The desk of meetings: what is being prepared, what comes next, what waits for its recording; and of one, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.meetings.choices import AHEAD, MeetingMode, MeetingStatus, SessionKind
from plaza.meetings.domain.conflicts import Conflict, Kind, Slot, conflicts
from plaza.meetings.domain.online import online_venue_of
from plaza.meetings.domain.programme_page import Programme
from plaza.meetings.domain.programme_page import Slot as Shown
from plaza.meetings.models import Meeting, MeetingQuerySet

MOST = 60


def in_preparation() -> MeetingQuerySet:
    return Meeting.objects.filter(status=MeetingStatus.DRAFT).for_list()


def coming() -> MeetingQuerySet:
    still = Q(date_end__gte=timezone.localdate()) | Q(date_end__isnull=True)
    return (
        Meeting.objects.filter(still, status__in=AHEAD).for_list().order_by(F("date_start").asc(nulls_last=True), "pk")
    )


def waiting_for_recording() -> MeetingQuerySet:
    """Over, held by the network, and nothing of it can be heard or read yet."""
    is_over = Q(status=MeetingStatus.HELD) | Q(status__in=AHEAD, date_end__lt=timezone.localdate())
    rows = Meeting.objects.filter(is_over, is_own=True).telling_whether_heard()
    return rows.for_list().exclude(Q(is_heard=True))


@dataclass(frozen=True, slots=True)
class Missing:
    sentence: str
    url: str


def missing_of(meeting: Meeting, programme: Programme, *, has_organiser: bool, is_in_places: bool) -> list[Missing]:
    """What a reader would look for and not find."""
    here = [meeting.slug]
    hours, texts, about = (reverse(f"meetings:{name}", args=here) for name in ("hours", "texts", "about"))
    found = []
    if meeting.starts_at is None:
        found.append(Missing(_("When it begins and ends."), hours))
    if gaps := _languages_missing(meeting):
        said = _("Title or summary in: %(languages)s.") % {"languages": ", ".join(gaps)}
        found.append(Missing(said, texts))
    if not meeting.mode:
        found.append(Missing(_("Whether one takes part in person or online."), about))
    if meeting.mode in (MeetingMode.IN_PERSON, MeetingMode.MIXED) and not (meeting.venue or is_in_places):
        found.append(Missing(_("The place."), about))
    if meeting.mode in (MeetingMode.ONLINE, MeetingMode.MIXED) and online_venue_of(meeting) is None:
        found.append(Missing(_("Where it happens online."), reverse("meetings:online", args=here)))
    if not has_organiser:
        found.append(Missing(_("Who holds it."), reverse("meetings:organise", args=here)))
    return [*found, *_missing_of_sessions(meeting, programme)]


def _languages_missing(meeting: Meeting) -> list[str]:
    has = {(row.field, row.language) for row in meeting.translations.all()}
    has |= {(name, meeting.language) for name in ("title", "summary") if getattr(meeting, name)}
    return [NATIVE_NAMES[code] for code in LANGUAGES if not {("title", code), ("summary", code)} <= has]


def _missing_of_sessions(meeting: Meeting, programme: Programme) -> Iterable[Missing]:
    shown = [slot for slot in slots_of(programme) if not slot.session.is_cancelled]
    spoken = [slot for slot in shown if slot.session.kind not in (SessionKind.BREAK, SessionKind.VISIT)]
    is_plain = len(shown) == 1
    wanted = (
        (_("without a title"), [slot for slot in shown if not slot.title.text and not is_plain]),
        (_("without an hour"), [slot for slot in shown if not slot.hours and not is_plain]),
        (_("without anybody on stage"), [slot for slot in spoken if not slot.voices]),
    )
    for what, slots in wanted:
        for slot in slots[:3]:
            name = slot.title.text or _("Session %(number)s") % {"number": slot.session.number}
            url = reverse("meetings:edit-session", args=[meeting.slug, slot.session.number])
            yield Missing(f"{name}: {what}.", url)
        if len(slots) > 3:
            more = _("%(n)s more sessions %(what)s.") % {"n": len(slots) - 3, "what": what}
            yield Missing(more, f"{reverse('meetings:work-on', args=[meeting.slug])}#sessions")


def slots_of(programme: Programme) -> list[Shown]:
    timed = [item for day in programme.days for row in day.table.rows for cell in row.cells for item in cell.items]
    return [*timed, *programme.loose]


@dataclass(frozen=True, slots=True)
class Clash:
    sentence: str
    url: str


def clashes_of(meeting: Meeting, programme: Programme) -> list[Clash]:
    """Conflicts in words. No query: all that they need stands in the programme."""
    shown = {slot.session.pk: slot for slot in slots_of(programme)}
    slots = [
        Slot(
            slot.session.pk,
            slot.session.starts_at,
            slot.session.ends_at,
            slot.room,
            frozenset(voice.person for voice in slot.voices),
        )
        for slot in shown.values()
        if slot.session.starts_at and slot.session.ends_at and not slot.session.is_cancelled
    ]
    bounds = (meeting.starts_at, meeting.ends_at) if meeting.starts_at and meeting.ends_at else None
    found = conflicts(slots, bounds)
    return [
        Clash(
            _in_words(conflict, shown),
            reverse(
                "meetings:edit-session", args=[meeting.slug, shown[conflict.other or conflict.session].session.number]
            ),
        )
        for conflict in found
    ]


def _in_words(conflict: Conflict, shown: dict[int, Shown]) -> str:
    first, other = shown[conflict.session], shown.get(conflict.other or 0)
    if conflict.kind == Kind.PERSON_TWICE and other:
        who = next(voice.name for voice in first.voices if voice.person == conflict.what)
        said = _("%(who)s is in two places at once: “%(first)s” (%(hours)s) and “%(second)s” (%(others)s).")
        return said % ({"who": who} | _both(first, other))
    if conflict.kind == Kind.ROOM_TWICE and other:
        room = first.room_name.text if first.room_name else ""
        said = _("The room %(room)s is taken twice: “%(first)s” (%(hours)s) and “%(second)s” (%(others)s).")
        return said % ({"room": room} | _both(first, other))
    if conflict.kind == Kind.TOO_LONG:
        return _("“%(first)s” lasts more than a day.") % {"first": _name(first)}
    return _("“%(first)s” (%(hours)s) is outside the hours of the meeting.") % {
        "first": _name(first),
        "hours": first.hours,
    }


def _both(first: Shown, other: Shown) -> dict[str, str]:
    return {"first": _name(first), "hours": first.hours, "second": _name(other), "others": other.hours}


def _name(slot: Shown) -> str:
    return slot.title.text or _("Session %(number)s") % {"number": slot.session.number}
