"""Polls are made, open, close; people vote once each, and may change their mind while it is open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Func, IntegerField

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.translations import translate_by_hand
from plaza.live.choices import PollState
from plaza.live.domain.rooms import RoomClosed, beat, held
from plaza.live.models import Poll, Room, Vote
from plaza.registration.models import Registration


class NotADraft(Exception):
    """People see it already: its words stay."""


class TooFewChoices(Exception):
    """Nothing to choose from."""


class PollClosed(Exception):
    """It takes no votes."""


class NoSuchChoice(Exception):
    """Nothing was chosen, more than may be, or what is not there."""


def _held(poll: Poll) -> Poll:
    held(poll.room)
    return Poll.objects.select_related("room__meeting").get(pk=poll.pk)


@transaction.atomic
def save_poll(
    *, room: Room, poll: Poll | None, takes_several: bool, shows_while_open: bool, by: User | None, **texts: str
) -> Poll:
    """`texts`: `question` and `choices` (one in each line) in the poll's own language, the others as `question_pt` …
    Raises NotADraft, TooFewChoices."""
    room = held(room)
    row = _held(poll) if poll is not None else Poll(room=room, language=texts.pop("language"))
    texts.pop("language", None)
    if row.state != PollState.DRAFT:
        raise NotADraft(row.state)
    row.question, row.choices = texts.pop("question"), texts.pop("choices")
    if len(set(row.choices.splitlines())) < 2:
        raise TooFewChoices
    row.takes_several, row.shows_while_open = takes_several, shows_while_open
    row.save()
    translate_by_hand(subject=row, texts=texts, by=by)
    history.record(verb="poll changed" if poll else "poll made", by=by, subject=row)
    return row


@transaction.atomic
def open_poll(*, poll: Poll, by: User | None) -> Poll:
    """People see it and vote, also where it was closed before."""
    row = _held(poll)
    if row.state != PollState.OPEN:
        _say(row, PollState.OPEN, by, "poll opened")
    return row


@transaction.atomic
def close_poll(*, poll: Poll, by: User | None) -> Poll:
    """Its result is shown from now on."""
    row = _held(poll)
    if row.state == PollState.OPEN:
        _say(row, PollState.CLOSED, by, "poll closed")
    return row


def _say(poll: Poll, state: PollState, by: User | None, verb: str) -> None:
    poll.state = state
    poll.save(update_fields=["state"])
    history.record(verb=verb, by=by, subject=poll)
    beat(poll.room)


@transaction.atomic
def remove_poll(*, poll: Poll, by: User | None) -> None:
    """One that nobody has seen. Raises NotADraft."""
    row = _held(poll)
    if row.state != PollState.DRAFT:
        raise NotADraft(row.state)
    history.record(verb="poll removed", by=by, subject=row.room)
    row.delete()


@transaction.atomic
def vote(*, poll: Poll, by: Registration, chosen: Collection[int]) -> Vote:
    """The last one counts. Raises RoomClosed, PollClosed, NoSuchChoice."""
    row = _held(poll)
    if not row.room.is_open:
        raise RoomClosed
    if row.state != PollState.OPEN:
        raise PollClosed(row.state)
    numbers = sorted(set(chosen))
    there = range(len(row.choices.splitlines()))
    if not numbers or not set(numbers) <= set(there) or (len(numbers) > 1 and not row.takes_several):
        raise NoSuchChoice(numbers)
    kept, _ = Vote.objects.update_or_create(poll=row, registration=by, defaults={"chosen": numbers})
    # The moderator sees it, also where the room does not.
    beat(row.room)
    return kept


@dataclass(frozen=True, slots=True)
class Result:
    """`votes` of each choice, in their order; `people`, how many voted."""

    votes: Sequence[int]
    people: int


def results_of(polls: Sequence[Poll]) -> dict[int, Result]:
    """Two queries, however many polls."""
    people = dict(Vote.objects.filter(poll__in=polls).order_by().values_list("poll").annotate(n=Count("pk")))
    choice = Func(F("chosen"), function="unnest", output_field=IntegerField())
    each = Vote.objects.filter(poll__in=polls).order_by().annotate(choice=choice).values_list("poll", "choice")
    votes = {(poll, number): n for poll, number, n in each.annotate(n=Count("pk"))}
    return {
        poll.pk: Result(
            [votes.get((poll.pk, number), 0) for number in range(len(poll.choices.splitlines()))],
            people.get(poll.pk, 0),
        )
        for poll in polls
    }
