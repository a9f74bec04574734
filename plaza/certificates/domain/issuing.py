"""Issuing: to all who stayed long enough, by a job; to one by hand, with a reason; and what becomes of one later."""

import logging
import uuid
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone, translation

from plaza.accounts.models import User
from plaza.certificates.choices import CertificateState
from plaza.certificates.domain import letters
from plaza.certificates.domain.candidates import Candidate, Roll, read_again, roll_of
from plaza.certificates.domain.codes import new_code
from plaza.certificates.domain.links import token_of
from plaza.certificates.domain.rules import has_been_held, held
from plaza.certificates.models import LONGEST_REASON, LONGEST_TITLE, Certificate, CertificateRule
from plaza.core import history, jobs
from plaza.core.dates import ImpreciseDate
from plaza.core.plain import plain_line
from plaza.core.secret_links import hash_of
from plaza.core.site import network_name
from plaza.meetings.models import Meeting
from plaza.registration.models import LONGEST_NAME

log = logging.getLogger(__name__)


class NotOver(Exception):
    """The meeting is still to come, or will not be."""


class HasOne(Exception):
    """A standing certificate of hers is there already."""

    def __init__(self, certificate: Certificate) -> None:
        super().__init__(certificate.code)
        self.certificate = certificate


class Gone(Exception):
    """She erased herself, or asked not to be named, since the roll was read."""


class NotValid(Exception):
    """The certificate was revoked, replaced or withdrawn meanwhile."""


@transaction.atomic
def ask_issuing(*, meeting: Meeting, by: User) -> None:
    """A job issues them; asked ten times, each gets one. Raises NotOver."""
    if not has_been_held(meeting):
        raise NotOver(meeting.status)
    history.record(verb="certificates asked for", by=by, subject=meeting)
    once_as = f"certificates {meeting.pk}"
    jobs.later("plaza.certificates.tasks.issue", once_as=once_as, meeting_id=meeting.pk, by_id=by.pk)


def issue_all(meeting_id: int, by_id: int) -> int:
    """To all who qualify and never had one. May be killed anywhere and run by two at once: each is issued in a transaction
    of its own, with its letter. Says how many; the desk is told how many could not be issued."""
    meeting = Meeting.objects.for_titles().get(pk=meeting_id)
    by = User.objects.filter(pk=by_id).first()
    return issue_due(roll_of(meeting), by)


def issue_due(roll: Roll, by: User | None) -> int:
    """What ends one ends not the others. A database that is gone ends them all: the job comes again."""
    issued = failed = 0
    for each in roll.due:
        try:
            issued += _issue_due(roll, each, by)
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # whatever is wrong with one of them
            log.exception("a certificate of meeting %s was not issued to %s", roll.meeting.pk, each.key)
            failed += 1
    CertificateRule.objects.filter(meeting=roll.meeting).exclude(failed=failed).update(failed=failed)
    return issued


@transaction.atomic
def _issue_due(roll: Roll, who: Candidate, by: User | None) -> bool:
    held(roll.meeting)
    now = read_again(who)
    if now is None or _of(roll.meeting, now).exists():
        return False
    _issue(roll, now, by=by)
    return True


@transaction.atomic
def issue_by_hand(*, roll: Roll, who: Candidate, why: str, by: User) -> Certificate:
    """Also to whoever did not stay long enough, or had one revoked. Raises HasOne, NotOver, Gone."""
    if not has_been_held(roll.meeting):
        raise NotOver(roll.meeting.status)
    held(roll.meeting)
    now = read_again(who)
    if now is None:
        raise Gone(who.key)
    if standing := _of(roll.meeting, now).valid().first():
        raise HasOne(standing)
    return _issue(roll, now, by=by, why=plain_line(why)[:LONGEST_REASON])


@transaction.atomic
def revoke(*, certificate: Certificate, why: str, by: User) -> bool:
    """She is told why; whoever verifies is told that it is. Revoked twice is revoked once."""
    row = _locked(certificate)
    if not row.is_valid:
        return False
    row.state, row.ended_at, row.ended_why = CertificateState.REVOKED, timezone.now(), plain_line(why)[:LONGEST_REASON]
    row.save(update_fields=["state", "ended_at", "ended_why"])
    history.record(verb="certificate revoked", by=by, subject=row, why=row.ended_why)
    letters.write(row, "revoked", is_proved=letters.is_proved(row), why=row.ended_why)
    return True


@transaction.atomic
def correct_name(*, certificate: Certificate, name: str, by: User) -> Certificate:
    """A new certificate with a new code, and all else as it was; the old code says that it was replaced. Raises NotValid."""
    old = _locked(certificate)
    if not old.is_valid:
        raise NotValid(old.state)
    name = plain_line(name)[:LONGEST_NAME]
    if name == old.name:
        return old
    old.state, old.ended_at = CertificateState.REPLACED, timezone.now()
    old.save(update_fields=["state", "ended_at"])
    new = Certificate.objects.get(pk=old.pk)
    new.pk, new._state.adding, new.letter = None, True, None
    new.state, new.ended_at, new.name = CertificateState.VALID, None, name
    new.issued_at, new.issued_by = timezone.now(), by
    _save_new(new)
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    history.record(verb="certificate replaced", by=by, subject=old, new=new.pk)
    history.record(verb="certificate corrected", by=by, subject=new, old=old.pk)
    _tell(new, "corrected", is_proved=letters.is_proved(new))
    return new


def _issue(roll: Roll, who: Candidate, *, by: User | None, why: str = "") -> Certificate:
    meeting = roll.meeting
    title = meeting.words("title", who.language)
    is_course = bool(roll.modules)
    with translation.override(who.language):
        issuer = network_name()
    row = Certificate(
        meeting=meeting,
        registration_id=who.registration,
        person_id=who.person,
        language=who.language,
        name=plain_line(who.name)[:LONGEST_NAME],
        city=who.place[:300],
        email=who.email,
        title=plain_line(title.text)[:LONGEST_TITLE],
        title_language=title.language,
        kind=meeting.kind,
        issuer=plain_line(issuer)[:120],
        seconds=roll.stayed(who),
        length=roll.length,
        modules=who.done if is_course else None,
        all_modules=len(roll.modules) if is_course else None,
        issued_by=by,
        why=why,
    )
    row.date = meeting.date or _days_of(roll.modules)
    _save_new(row)
    history.record(verb="certificate issued", by=by, subject=row, why=why)
    _tell(row, "issued", is_proved=who.is_proved)
    return row


def _save_new(row: Certificate) -> None:
    row.uuid, row.code = uuid.uuid4(), new_code()
    row.token_hash = hash_of(token_of(row))
    row.save(force_insert=True)


def _tell(row: Certificate, template: str, *, is_proved: bool) -> None:
    row.letter = letters.write(row, template, is_proved=is_proved)
    if row.letter is not None:
        row.save(update_fields=["letter"])


def _of(meeting: Meeting, who: Candidate) -> Any:
    """All that she ever had of this meeting, by her registration or her record."""
    hers = Q(pk__in=[])
    if who.registration:
        hers |= Q(registration=who.registration)
    if who.person:
        hers |= Q(person=who.person)
    return Certificate.objects.filter(hers, meeting=meeting)


def _locked(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("meeting", "registration")
    return rows.get(pk=certificate.pk)


def _days_of(modules: list[Meeting]) -> ImpreciseDate | None:
    """From the first to the last of a course that has no date of its own."""
    starts = [each.date_start for each in modules if each.date_start]
    ends = [each.date_end for each in modules if each.date_end]
    return ImpreciseDate(min(starts), max(ends)) if starts and ends else None
