"""Letters that each registration gets once: reminders, changes, what a meeting left behind. The row that says so is written
in the transaction of the letter: whoever is killed in between has written both, or neither. Whether a letter went out is
known by the outbox, which calls doubtful what nobody can know, and sends it again only where a person says so."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from plaza.accounts.models import User
from plaza.core import history, jobs, locks
from plaza.core.site import absolute
from plaza.core.translations import read_translations, reader_language
from plaza.knowledge.choices import Visibility
from plaza.mail.choices import LetterState
from plaza.meetings.choices import OFF, MeetingStatus
from plaza.meetings.domain.online import online_venue_of
from plaza.meetings.models import Meeting, Session
from plaza.registration.choices import STANDING, ConsentPurpose, Told
from plaza.registration.domain import letters
from plaza.registration.domain.calendars import ReadOnce, attached_calendar, with_last_deed
from plaza.registration.domain.courses import by_its_course
from plaza.registration.domain.links import join_link_of
from plaza.registration.domain.seats import SHUT
from plaza.registration.models import Consent, Registration, RegistrationQuerySet, Telling

# By this name mail knows the lists one can leave.
REMINDERS: Final = "reminders"
AFTERWARDS: Final = "afterwards"
BEFORE: Final[dict[Told, dt.timedelta]] = {Told.DAY: dt.timedelta(days=1), Told.HOUR: dt.timedelta(hours=1)}
# A recording that comes to light later is not written about by itself; a person may still press the button.
FOLLOWED_UP_WITHIN: Final = dt.timedelta(days=90)
AT_A_TIME: Final = 50
# One process at a time writes: two would only wait for each other's rows.
LOCK: Final = "registration: letters told once"

# Values of a letter, made for each registration in her language.
Values = Callable[[Registration], Mapping[str, Any]]


def reminders_of(about: str) -> str | None:
    """What one leaves with one click in a reminder: those of one meeting."""
    title = _title(about)
    return _("reminders of the meeting “%(title)s”") % {"title": title} if title else None


def left_behind_by(about: str) -> str | None:
    """What one leaves with one click in a letter afterwards: those of one meeting."""
    title = _title(about)
    return _("what the meeting “%(title)s” left behind") % {"title": title} if title else None


def _title(about: str) -> str:
    """Of the meeting that a link of ours names; whoever has the link was written to about it."""
    found = Meeting.objects.prefetch_related("translations").filter(uuid=about).first()
    return found.words("title", reader_language()).text if found else ""


def remind_due() -> int:
    """Reminders whose hour has come, those of an hour before first: who gets that one needs no other."""
    return sum(_remind(what) for what in (Told.HOUR, Told.DAY))


def _remind(what: Told) -> int:
    now, ahead = timezone.now(), BEFORE[what]
    # Half of the way is late enough: what a worker missed for longer is of no use any more.
    soon = Meeting.objects.filter(starts_at__gt=now + (ahead / 2 if what == Told.DAY else dt.timedelta()))
    soon = soon.select_related("online_venue").prefetch_related("translations")
    written = 0
    for meeting in soon.filter(starts_at__lte=now + ahead).exclude(status__in=[*SHUT, MeetingStatus.POSTPONED]):
        begins = meeting.starts_at
        assert begins is not None  # for the types: it was asked for
        for rows, about, module in _counting_on(meeting, begins.isoformat()):
            # Who got her place after that hour has just been told of it.
            due = rows.filter(seated_at__lte=begins - ahead).coming()
            values = partial(_way_in, module=module)
            written += tell_all(due, what, about=about, template=what, list_name=REMINDERS, values=values)
    return written


def _counting_on(meeting: Meeting, about: str) -> Iterator[tuple[RegistrationQuerySet, str, Meeting | None]]:
    """Those who registered for it, and those who did so for the course of which it is a module. These are told of several
    modules: each by its key."""
    yield Registration.objects.filter(meeting=meeting), about, None
    if meeting.parent_id:
        yield by_its_course(meeting), f"{about} {meeting.pk}", meeting


def _way_in(registration: Registration, *, module: Meeting | None) -> dict[str, Any]:
    is_online = online_venue_of(module or registration.meeting)
    return {"module": module, "join": join_link_of(registration, module) if is_online else ""}


def tell_all(
    rows: RegistrationQuerySet,
    what: Told,
    *,
    about: str,
    template: str,
    list_name: str = "",
    values: Values | None = None,
) -> int:
    """Each that was not told yet; some at a time. May be killed anywhere and run by two at once."""
    written = 0
    while some := _tell_some(rows, what, about, template, list_name, values):
        written += some
    return written


@transaction.atomic
def _tell_some(
    rows: RegistrationQuerySet, what: Told, about: str, template: str, list_name: str, values: Values | None
) -> int:
    locks.hold(LOCK)
    told = Telling.objects.filter(registration=OuterRef("pk"), what=what, about=about)
    untold = rows.filter(~Exists(told)).for_page().prefetch_related("meeting__translations")
    some = list(untold.order_by("number")[:AT_A_TIME])
    for registration in some:
        said = values(registration) if values else {}
        letter = letters.write(registration, template, list_name=list_name, **said)
        # Who left the list gets none, and is not asked again.
        Telling.objects.create(registration=registration, what=what, about=about, letter=letter)
    return len(some)


@transaction.atomic
def ask_follow_up(*, meeting: Meeting, by: User) -> None:
    """What the meeting left behind goes to those who came or had a place, and agreed to be written to. A job writes it;
    asked again, it goes to whoever has not got it."""
    history.record(verb="recording sent to participants", by=by, subject=meeting)
    jobs.later("plaza.registration.tasks.follow_up", once_as=f"follow up {meeting.pk}", meeting_id=meeting.pk)


def follow_up_due() -> int:
    """Meetings that ended lately and whose recording everybody can hear by now, in whatever order it was published and put
    to its session. By the clock, and once to each: nobody has to think of it."""
    now = timezone.now()
    public = {"visibility": Visibility.PUBLIC}
    heard = Session.works.through.objects.filter(
        session__meeting=OuterRef("pk"), work__is_published=True, work__recording__isnull=False,
        **{f"work__{name}": value for name, value in public.items()},
    )  # fmt: skip
    told = Telling.objects.filter(registration=OuterRef("pk"), what=Told.AFTERWARDS)
    waiting = Registration.objects.filter(_agreed(), ~Exists(told), meeting=OuterRef("pk")).coming()
    over = Meeting.objects.filter(ends_at__lte=now, ends_at__gt=now - FOLLOWED_UP_WITHIN, **public)
    over = over.exclude(status__in=[*OFF, MeetingStatus.DRAFT])
    return sum(follow_up(pk) for pk in over.filter(Exists(heard), Exists(waiting)).values_list("pk", flat=True))


def _agreed() -> Exists:
    return Exists(
        Consent.objects.filter(registration=OuterRef("pk"), purpose=ConsentPurpose.WRITTEN, withdrawn_at__isnull=True)
    )


def follow_up(meeting_id: int) -> int:
    """To those who came or had a place, and agreed; once to each. How many letters."""
    meeting = Meeting.objects.get(pk=meeting_id)
    rows = Registration.objects.filter(_agreed(), meeting=meeting).coming()
    return tell_all(
        rows,
        Told.AFTERWARDS,
        about="",
        template="afterwards",
        list_name=AFTERWARDS,
        values=lambda row: {"page": absolute(f"/{row.language}/meetings/{meeting.slug}/")},
    )


def tell_of_change(meeting: Meeting, about: str, sentences: Callable[[str, str], list[str]]) -> int:
    """Everybody who counts on the meeting, once for each `about`. `sentences` are asked for in a language and a zone."""
    is_off = meeting.status == MeetingStatus.CANCELLED
    read, said = ReadOnce(), cache(sentences)
    read_translations([meeting])

    def values(row: Registration, module: Meeting | None) -> dict[str, Any]:
        changes = said(row.language, row.zone or meeting.timezone)
        return {"module": module, "changes": changes, "attached": attached_calendar(row, read=read)}

    return sum(
        tell_all(
            with_last_deed(rows.filter(state__in=STANDING)),
            Told.CALLED_OFF if is_off else Told.CHANGED,
            about=each,
            template="called_off" if is_off else "changed",
            values=partial(values, module=module),
        )
        for rows, each, module in _counting_on(meeting, about)
    )


def doubtful_of(meeting: Meeting) -> "QuerySet[Telling]":
    """Letters of which nobody knows whether they went out, and those that were refused: a person decides."""
    states = [LetterState.DOUBTFUL, LetterState.FAILED]
    rows = Telling.objects.filter(registration__meeting=meeting, letter__state__in=states)
    return rows.select_related("registration", "letter").order_by("pk")


def told_of(meeting: Meeting) -> dict[str, int]:
    """How many were told of what."""
    rows = Telling.objects.filter(registration__meeting=meeting).order_by().values("what")
    return dict(rows.annotate(n=Count("pk")).values_list("what", "n"))
