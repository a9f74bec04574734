"""Sending: the letter is marked and that is committed before the server is spoken to, so that a send whose outcome
is unknown after a crash is flagged and never repeated blindly."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from plaza.core import jobs
from plaza.mail.choices import LetterState
from plaza.mail.domain.line import Outcome, hand_over
from plaza.mail.models import Letter

# After each refusal "for now"; when all are used up, the letter has failed.
PAUSES: Final = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)]
# The first key of our locks in PostgreSQL; the second is the letter.
LOCK: Final = 0x6D61696C
LOST: Final = "The program ended while it was sending this letter."
AT_A_TIME: Final = 500


def can_send() -> bool:
    return settings.MAIL_SERVER is not None


def send(letter_id: int) -> None:
    """Sends a letter that waits. May be called twice, or at the same time: it is sent once."""
    if not can_send():
        return
    with _held(letter_id) as is_held:
        letter = _take(letter_id) if is_held else None
        if letter is not None:
            _keep(letter, hand_over(letter))


@transaction.atomic(durable=True)
def _take(letter_id: int) -> Letter | None:
    """Marks the letter as being sent. Durable: that is on the disk before the server hears of it."""
    letter = Letter.objects.select_for_update().due().filter(pk=letter_id).first()
    if letter is None:
        return None
    letter.state, letter.attempts, letter.moved_at = LetterState.SENDING, letter.attempts + 1, timezone.now()
    letter.save(update_fields=["state", "attempts", "moved_at"])
    return letter


@transaction.atomic
def _keep(letter: Letter, outcome: Outcome) -> None:
    now = timezone.now()
    letter.moved_at, letter.reason = now, outcome.reason
    if outcome.kind == "sent":
        letter.state, letter.text, letter.attachments = LetterState.SENT, "", []
    elif outcome.kind == "later" and letter.attempts <= len(PAUSES):
        letter.state, letter.try_at = LetterState.WAITING, now + PAUSES[letter.attempts - 1]
    else:
        letter.state = LetterState.DOUBTFUL if outcome.kind == "unknown" else LetterState.FAILED
    letter.save(update_fields=["state", "text", "attachments", "reason", "try_at", "moved_at"])


def take_up_due() -> None:
    """Letters whose pause is over, or that were written before there was a mail server."""
    if can_send():
        for pk in Letter.objects.due().order_by("try_at").values_list("pk", flat=True)[:AT_A_TIME]:
            jobs.later("plaza.mail.tasks.send", once_as=f"letter {pk}", letter_id=pk)


def doubt_lost() -> int:
    """A letter that is being sent, and nobody holds it: its sender died. Nobody knows whether it went out."""
    lost = 0
    for pk in Letter.objects.filter(state=LetterState.SENDING).values_list("pk", flat=True):
        with _held(pk) as is_held:
            if is_held:
                lost += Letter.objects.filter(pk=pk, state=LetterState.SENDING).update(
                    state=LetterState.DOUBTFUL, reason=LOST, moved_at=timezone.now()
                )
    return lost


@contextmanager
def _held(letter_id: int) -> Iterator[bool]:
    """Whether this process alone has the letter in hand. PostgreSQL lets go of the lock when a process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s::int, %s::int)", [LOCK, letter_id])
        (is_held,) = cursor.fetchone()
    try:
        yield bool(is_held)
    finally:
        if is_held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s::int, %s::int)", [LOCK, letter_id])
