"""Deciding about what a page proposes. Each deed may run twice; undoing leaves nothing behind that it made alone."""

from typing import Final

from django.db import transaction
from django.db.models import Q

from plaza.accounts.models import User
from plaza.core import history, jobs
from plaza.core.dates import ImpreciseDate
from plaza.ingest.choices import Decision
from plaza.ingest.domain.corrected import AS_TOLD, Corrected
from plaza.ingest.domain.known import known_to
from plaza.ingest.domain.making import MOST_TITLE, Making, forget_made
from plaza.ingest.domain.materials import keep_materials, take_back_materials
from plaza.ingest.models import Proposal, ReadPage
from plaza.meetings.domain.programme import remove_meeting
from plaza.meetings.models import Meeting

# What "sure" means on the button that accepts many at once, and how many are accepted while somebody waits.
SURE: Final = 0.8
AT_ONCE: Final = 40


@transaction.atomic
def accept(*, proposal: Proposal, by: User | None, corrected: Corrected = AS_TOLD) -> Meeting | None:
    """Makes a meeting of a proposal, or finds the one there is: the one a person chose, or the same title on the same
    days. Accepted before, it stays as it was; what is joined to another is that one's."""
    row = _locked(proposal)
    if row.decision in (Decision.ACCEPTED, Decision.JOINED):
        return row.meeting
    title = (corrected.title or row.title)[:MOST_TITLE]
    date = ImpreciseDate.of_day(corrected.day) if corrected.day else row.date
    meeting = corrected.same_as or _there_already(title, date)
    row.made_it = meeting is None
    if meeting is None:
        meeting = Making(row, corrected, by).meeting(title, date)
    keep_materials(proposal=row, meeting=meeting, by=by)
    row.decision, row.meeting = Decision.ACCEPTED, meeting
    row.save(update_fields=["decision", "meeting", "made_it", "made"])
    row.parts.update(meeting=meeting)
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
    """Back to waiting. A meeting that this proposal made, and to which nothing was added since, goes with it, and with
    that the people, bodies and series that nothing else needs. One for which people registered, or came, stays."""
    row = _locked(proposal)
    if row.decision == Decision.WAITING:
        return
    meeting, made_it, made = row.meeting, row.made_it, row.made
    row.decision, row.meeting, row.made_it, row.made, row.joined_to = Decision.WAITING, None, False, {}, None
    row.save(update_fields=["decision", "meeting", "made_it", "made", "joined_to"])
    row.parts.update(meeting=None)
    history.record(verb="taken back", by=by, subject=row.page, proposal=row.number)
    take_back_materials(proposal=row, by=by)
    if meeting is None or not made_it:
        return
    others = meeting.told_by.exclude(Q(pk=row.pk) | Q(joined_to=row)).exists()
    works = meeting.sessions.filter(works__isnull=False).exists()
    if not others and not works and not _has_people(meeting):
        remove_meeting(meeting=meeting, by=by)
        forget_made(made)


def _has_people(meeting: Meeting) -> bool:
    """Who registered, who came, and what they hold in their hands."""
    kept = (meeting.certificates, meeting.registrations, meeting.attendance_imports)
    return any(rows.exists() for rows in kept)


def accept_above(*, page: ReadPage, confidence: float, by: User | None) -> int:
    """Accepts what waits, is at least so sure and leaves no doubt who is meant, one after the other: who stops in the
    middle goes on where it stopped. Returns how many."""
    rows = list(page.proposals.waiting().filter(confidence__gte=confidence).prefetch_related("parts"))
    known = known_to(rows)
    sure = [row for row in rows if not known.doubts(row)]
    for row in sure:
        accept(proposal=row, by=by)
    return len(sure)


def accept_sure(*, page: ReadPage, by: User) -> None:
    """Accepts what is sure: a few at once, many by a job whose progress the page shows. Asking again while it works
    changes nothing."""
    count = page.proposals.waiting().filter(confidence__gte=SURE).count()
    if count <= AT_ONCE:
        accept_above(page=page, confidence=SURE, by=by)
        return
    with transaction.atomic():
        if ReadPage.objects.filter(pk=page.pk, accepting=0).update(accepting=count):
            jobs.later("plaza.ingest.tasks.accept_sure", page_id=page.pk, user_id=by.pk)


def go_on_accepting(page_id: int, user_id: int) -> None:
    """What the job does: it may be stopped anywhere and goes on from there."""
    page = ReadPage.objects.filter(pk=page_id).first()
    if page is None:
        return
    accept_above(page=page, confidence=SURE, by=User.objects.filter(pk=user_id).first())
    ReadPage.objects.filter(pk=page_id).update(accepting=0)


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("page", "meeting")
    return rows.prefetch_related("parts").get(pk=proposal.pk)


def _there_already(title: str, date: ImpreciseDate | None) -> Meeting | None:
    alike = Meeting.objects.filter(title__iexact=title)
    alike = alike.filter(date_start=date.start, date_end=date.end) if date else alike.filter(date_start__isnull=True)
    return alike.order_by("pk").first()
