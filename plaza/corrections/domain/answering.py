"""What those who run the network do with a request: take it up, answer, close it."""

from django.db import transaction
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.corrections.choices import OUTCOMES, CorrectionState
from plaza.corrections.domain.writing import tell
from plaza.corrections.models import Correction
from plaza.directory.domain.withdrawing import hide
from plaza.directory.models import Person


class ClosedAlready(Exception):
    """Somebody has closed it, or the asker has withdrawn it."""


@transaction.atomic
def take_up(*, correction: Correction, by: User) -> Correction:
    """Taking up what is in work changes nothing."""
    here = _open(correction, by)
    _in_work(here, by)
    return here


@transaction.atomic
def answer(*, correction: Correction, text: str, by: User) -> Correction:
    """Answers and goes on working: a question back, or word of how far it is."""
    here = _open(correction, by)
    _in_work(here, by)
    here.words.create(is_answer=True, by=by, text=text)
    history.record(verb="answered", by=by, subject=here)
    tell(here, "answer", text)
    return here


@transaction.atomic
def close(
    *, correction: Correction, to: CorrectionState, text: str, by: User, hides: Person | None = None
) -> Correction:
    """Ends it as corrected, removed or refused; the words say what was done, or why not. `hides`: a person who is named
    nowhere from then on; her desk shows her again."""
    if to not in OUTCOMES or not text:
        raise ValueError(f"a request does not end as {to!r} without a word")
    here = _open(correction, by)
    here.state, here.closed_at = to, timezone.now()
    here.save(update_fields=["state", "closed_at"])
    here.words.create(is_answer=True, by=by, text=text)
    history.record(verb=str(to), by=by, subject=here)
    if hides is not None and to == CorrectionState.REMOVED:
        hide(person=hides, by=by, why=here.number)
    tell(here, "answer", text)
    return here


def _open(correction: Correction, by: User) -> Correction:
    if not is_staff(by):
        raise PermissionError("only those who run the network answer")
    here = Correction.objects.select_for_update().get(pk=correction.pk)
    if not here.is_open:
        raise ClosedAlready(here.number)
    return here


def _in_work(here: Correction, by: User) -> None:
    if here.state == CorrectionState.RECEIVED:
        here.state = CorrectionState.IN_WORK
        here.save(update_fields=["state"])
        history.record(verb="taken up", by=by, subject=here)
