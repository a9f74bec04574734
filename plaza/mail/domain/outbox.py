"""The outbox: a letter is a row, written in the transaction of the deed that it tells of."""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.template import Context, engines
from django.utils import timezone, translation

from plaza.core import history, jobs, site
from plaza.core.plain import plain_line
from plaza.mail.choices import LetterState
from plaza.mail.domain import lists
from plaza.mail.domain.attached import Attached
from plaza.mail.models import Letter

if TYPE_CHECKING:
    from plaza.accounts.models import User  # AUTH_USER_MODEL: the one exception of the house's order

LONGEST_SUBJECT: Final = 150
LONGEST_NAME: Final = 120


class NotDoubtful(Exception):
    """The letter is not one whose sending is in doubt, or somebody has decided already."""


@transaction.atomic
def write(
    *,
    to: str,
    language: str,
    template: str,
    values: dict[str, Any],
    name: str = "",
    list_name: str = "",
    about: str = "",
    attached: Iterable[Attached] = (),
) -> Letter | None:
    """Writes `mail/<template>.txt` in a language: its first line is the subject. Sent after the caller's transaction,
    or not at all if that fails. None where the receiver left the list the letter belongs to, or what of it the letter is
    `about`."""
    place = lists.place_of(list_name, to, about) if list_name else None
    if place and place.was_left:
        return None
    with translation.override(language):
        page = engines["django"].engine.get_template(f"mail/{template}.txt")  # type: ignore[attr-defined]
        # Nothing is escaped: what is written here is no markup.
        said = page.render(Context({**values, "network_name": site.network_name()}, autoescape=False))
        subject, _, text = said.strip().partition("\n")
        letter = Letter.objects.create(
            to=to,
            to_name=plain_line(name)[:LONGEST_NAME],
            language=language,
            template=template,
            list_name=list_name,
            subject=plain_line(subject)[:LONGEST_SUBJECT],
            text=text.strip() + "\n",
            message_id=f"<{secrets.token_hex(16)}@{site.host()}>",
            headers=lists.leaving_headers(place) if place else {},
            attachments=[asdict(each) for each in attached],
        )
    later(letter)
    return letter


def later(letter: Letter) -> None:
    jobs.later("plaza.mail.tasks.send", once_as=f"letter {letter.pk}", letter_id=letter.pk)


def forget(*, to: str, template: str) -> int:
    """Letters of one kind to one address: those that wait do not go out any more. One that is being sent at this moment
    stays, for its sender holds it."""
    return Letter.objects.filter(to__iexact=to, template=template).exclude(state=LetterState.SENDING).delete()[0]


@transaction.atomic
def send_again(*, letter: Letter, by: "User") -> None:
    """A person decides that a doubtful letter goes out once more; it keeps its Message-ID."""
    _decide(letter, LetterState.WAITING, by, "sent again")
    later(letter)


@transaction.atomic
def leave_unsent(*, letter: Letter, by: "User") -> None:
    """A person decides that a doubtful letter stays as it is."""
    _decide(letter, LetterState.LEFT, by, "left")


def _decide(letter: Letter, to: LetterState, by: "User", verb: str) -> None:
    now = timezone.now()
    moved = Letter.objects.filter(pk=letter.pk, state=LetterState.DOUBTFUL).update(
        state=to, try_at=now, moved_at=now, attempts=0
    )
    if not moved:
        raise NotDoubtful(letter.pk)
    history.record(verb=verb, by=by, subject=letter)


def forget_old() -> int:
    """Letters that were not moved for PLAZA_LETTERS_KEPT_DAYS, whatever became of them."""
    before = timezone.now() - dt.timedelta(days=settings.LETTERS_KEPT_DAYS)
    return Letter.objects.filter(moved_at__lt=before).exclude(state=LetterState.SENDING).delete()[0]
