"""Copies of a newsletter: written a minute's worth at a time, and what became of their letters."""

import datetime as dt
import re
from typing import Final

from django.conf import settings
from django.db import DataError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from plaza.core import history, locks
from plaza.mail.choices import LetterState
from plaza.newsletters.choices import CopyState, IssueState, WhyEnded
from plaza.newsletters.domain.issues import write_copy
from plaza.newsletters.models import Copy, Issue, IssueText, Subscriber

AT_A_TIME: Final = 50
MINUTE: Final = dt.timedelta(minutes=1)
# One process at a time writes: two would be twice as fast as the mail server bears.
LOCK: Final = "newsletters: copies"
# What a server says of the address itself, and not of the letter or of us (RFC 3463: 5.1.x, 5.2.1; a full mailbox, 5.2.2, may
# be emptied). Without such a code, 550, 551 and 553 are said of addresses. An address that cannot be is ours to find out.
OF_THE_ADDRESS: Final = re.compile(r"5\d\d[ -]5\.(1\.\d+|2\.1)\b|55[013] (?!5\.)|ValueError|Unicode")
FORGOTTEN: Final = "The letter was forgotten before it was sent."


def write_due() -> int:
    """Writes what the minute still bears, and says how much. May be killed anywhere, and run by two at a time: a copy is
    written in the transaction of its letter."""
    written = 0
    while some := _write_some():
        written += some
    return written


@transaction.atomic
def _write_some() -> int:
    locks.hold(LOCK)
    lately = Copy.objects.filter(written_at__gt=timezone.now() - MINUTE).count()
    room = min(AT_A_TIME, settings.NEWSLETTERS_A_MINUTE - lately)
    if room <= 0:
        return 0
    waiting = Copy.objects.filter(issue__state=IssueState.SENDING, state=CopyState.WAITING)
    copies = list(waiting.select_related("subscriber").order_by("pk")[:room])
    rows = IssueText.objects.filter(issue__in={copy.issue_id for copy in copies})
    texts = {(text.issue_id, text.language): text for text in rows}
    for copy in copies:
        _write(copy, texts[copy.issue_id, copy.language])
    return len(copies)


def _write(copy: Copy, text: IssueText) -> None:
    copy.written_at = timezone.now()
    try:
        with transaction.atomic():
            copy.letter = write_copy(copy, text)
        copy.state = CopyState.WRITTEN if copy.letter else CopyState.LEFT
    except (ValueError, DataError) as error:  # one address that cannot be stops no other
        copy.state, copy.reason = CopyState.REFUSED, f"{type(error).__name__}: {error}"[:300]
    copy.save(update_fields=["state", "letter", "written_at", "reason"])


@transaction.atomic
def settle() -> None:
    """Takes over what became of the letters, before mail forgets them; puts aside addresses that are refused for good;
    closes what is done. Run twice, it changes nothing."""
    locks.hold(LOCK)
    open_copies = Copy.objects.filter(state__in=[CopyState.WRITTEN, CopyState.DOUBTFUL])
    open_copies.filter(letter__state=LetterState.SENT).update(state=CopyState.SENT, reason="")
    for copy in open_copies.filter(letter__state=LetterState.FAILED).select_related("letter", "subscriber"):
        copy.state, copy.reason = CopyState.REFUSED, _said_of(copy)
        copy.save(update_fields=["state", "reason"])
        if OF_THE_ADDRESS.match(copy.reason):
            put_aside(copy.subscriber, copy.reason)
    written = open_copies.filter(state=CopyState.WRITTEN)
    for copy in written.filter(letter__state__in=[LetterState.DOUBTFUL, LetterState.LEFT]).select_related("letter"):
        copy.state, copy.reason = CopyState.DOUBTFUL, _said_of(copy)
        copy.save(update_fields=["state", "reason"])
    written.filter(letter__isnull=True).update(state=CopyState.DOUBTFUL, reason=FORGOTTEN)
    undone = Copy.objects.filter(issue=OuterRef("pk"), state__in=[CopyState.WAITING, CopyState.WRITTEN])
    Issue.objects.filter(~Exists(undone), state=IssueState.SENDING).update(
        state=IssueState.SENT, closed_at=timezone.now()
    )


def _said_of(copy: Copy) -> str:
    return copy.letter.reason if copy.letter else ""


def put_aside(subscriber: Subscriber, reason: str) -> None:
    """No more letters to an address that is refused for good; her own link, or her account, brings it back."""
    ended = Subscriber.objects.filter(pk=subscriber.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), why_ended=WhyEnded.RETURNED, reason=reason
    )
    if ended:
        history.record(verb="put aside", by=None, subject=subscriber)
