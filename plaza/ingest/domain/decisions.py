"""Deciding about what a page proposes. Each deed may run twice; undoing leaves nothing behind that it made alone."""

import datetime as dt
from typing import Any

from django.db import transaction

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.dates import ImpreciseDate
from plaza.core.folding import fold
from plaza.core.languages import DEFAULT, known
from plaza.directory.domain.people import enrol
from plaza.directory.models import City, Person
from plaza.ingest.choices import Decision
from plaza.ingest.domain.materials import keep_materials, take_back_materials
from plaza.ingest.models import Proposal, ReadPage
from plaza.meetings.choices import AppearanceRole, MeetingKind, MeetingStatus
from plaza.meetings.domain.programme import add_meeting, open_series, put_on_stage
from plaza.meetings.models import Meeting, Session

MOST_TITLE = 300


@transaction.atomic
def accept(
    *,
    proposal: Proposal,
    by: User | None,
    title: str = "",
    kind: str = "",
    day: dt.date | None = None,
) -> Meeting | None:
    """Makes a meeting of a proposal, or finds the one there is: the same title on the same days. `title`, `kind` and
    `day` correct what was read. Accepted before, it stays as it was."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("page", "meeting").get(pk=proposal.pk)
    if row.decision == Decision.ACCEPTED:
        return row.meeting
    title = (title or row.title)[:MOST_TITLE]
    date = ImpreciseDate.of_day(day) if day else row.date
    meeting = _there_already(title, date)
    row.made_it = meeting is None
    if meeting is None:
        meeting = _made(row, title, kind or row.told["kind"], date, by)
    keep_materials(proposal=row, meeting=meeting, by=by)
    row.decision, row.meeting = Decision.ACCEPTED, meeting
    row.save(update_fields=["decision", "meeting", "made_it"])
    history.record(
        verb="accepted",
        by=by,
        subject=meeting,
        page=row.page_id,
        lines=[row.first_line, row.last_line],
        confidence=row.confidence,
    )
    return meeting


@transaction.atomic
def reject(*, proposal: Proposal, by: User | None) -> None:
    """This is no meeting of the network. What was accepted must be undone first."""
    changed = Proposal.objects.waiting().filter(pk=proposal.pk).update(decision=Decision.REJECTED)
    if changed:
        history.record(verb="rejected", by=by, subject=proposal.page, proposal=proposal.number)


@transaction.atomic
def undo(*, proposal: Proposal, by: User | None) -> None:
    """Back to waiting. A meeting that this proposal made, and to which nothing was added since, goes with it."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("meeting", "page").get(pk=proposal.pk)
    if row.decision == Decision.WAITING:
        return
    meeting, made_it = row.meeting, row.made_it
    row.decision, row.meeting, row.made_it = Decision.WAITING, None, False
    row.save(update_fields=["decision", "meeting", "made_it"])
    history.record(verb="taken back", by=by, subject=row.page, proposal=row.number)
    others = meeting is not None and meeting.told_by.exclude(pk=row.pk).exists()
    take_back_materials(proposal=row, by=by)
    works = meeting is not None and meeting.sessions.filter(works__isnull=False).exists()
    if meeting is not None and made_it and not others and not works:
        meeting.delete()


def accept_above(*, page: ReadPage, confidence: float, by: User | None) -> int:
    """Accepts what waits and is at least so sure, one after the other: who stops in the middle goes on where it
    stopped. Returns how many."""
    rows = list(page.proposals.waiting().filter(confidence__gte=confidence))
    for row in rows:
        accept(proposal=row, by=by)
    return len(rows)


def _there_already(title: str, date: ImpreciseDate | None) -> Meeting | None:
    alike = Meeting.objects.filter(title__iexact=title)
    alike = alike.filter(date_start=date.start, date_end=date.end) if date else alike.filter(date_start__isnull=True)
    return alike.order_by("pk").first()


def _made(row: Proposal, title: str, kind: str, date: ImpreciseDate | None, by: User | None) -> Meeting:
    told, language = row.told, known(row.page.language) or DEFAULT
    meeting = add_meeting(
        title=title,
        language=language,
        kind=MeetingKind(kind) if kind in MeetingKind.values else MeetingKind.EVENT,
        date=date,
        series=_series(row, language, by),
        status=MeetingStatus.ARCHIVED,
        by=by,
    )
    meeting.places.set(_cities(told["places"]))
    first = meeting.sessions.get()
    _fill(first, told["people"], by)
    for number, part in enumerate(told["sessions"], 2):
        session = meeting.sessions.create(number=number, language=language, title=(part["title"] or "")[:MOST_TITLE])
        _fill(session, part["people"], by)
    return meeting


def _series(row: Proposal, language: Any, by: User | None) -> Any:
    series = next((each for each in row.page.reading["series"] if each["id"] == row.told["series"]), None)
    name = series and (series["title"] or series["suggested_title"])
    return open_series(title=name[:MOST_TITLE], language=language, by=by) if name else None


def _fill(session: Session, people: list[dict[str, Any]], by: User | None) -> None:
    for told in people:
        put_on_stage(
            session=session,
            person=_person(told["name"], by),
            role=AppearanceRole.SPEAKER,
            affiliation=", ".join(filter(None, (told["role"], told["organisation"])))[:300],
            by=by,
        )


def _person(name: str, by: User | None) -> Person:
    """Somebody of that name who is known; a person sees to it later where two share one."""
    known_as = Person.objects.filter(name_sort=fold(name), merged_into__isnull=True).order_by("pk").first()
    return known_as or enrol(name=name[:200], by=by)


def _cities(places: list[dict[str, Any]]) -> list[City]:
    ids = [str(place["geonameid"]) for place in places if place["geonameid"]]
    return list(City.objects.filter(identifiers__geonames__in=ids))
