"""What is seen in a room: questions, those most wanted first; polls and their results. As many queries for three questions as
for three hundred."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import QuerySet

from plaza.core.translations import Words
from plaza.live.choices import PollState, QuestionState
from plaza.live.domain.polls import results_of
from plaza.live.models import Poll, Question, Room, Seconding, Vote
from plaza.registration.models import Registration
from plaza.ui.charts import Chart, chart

MOST_ASKED: Final = 60
MOST_ANSWERED: Final = 30


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a room is somebody's own; the board that everybody is handed has none."""

    seconded: Collection[int] = frozenset()
    asked: Collection[int] = frozenset()
    voted: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the room sees it. `n`: how many second it. `is_own`, `is_seconded`: by whoever looks."""

    question: Question
    n: int
    session: Words | None
    is_own: bool
    is_seconded: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """`n` voted for it; `percent` of those who voted: more than 100 together where several may be chosen."""

    number: int
    words: Words
    n: int
    percent: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Polled:
    """`chart` None: its result is not to be seen (yet)."""

    poll: Poll
    question: Words
    choices: Sequence[Choice]
    people: int
    chart: Chart | None
    has_voted: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What the room sees now: `asked` the most wanted first, `more` of them beyond what is shown; `answered` the latest first."""

    room: Room
    asked: Sequence[Asked]
    answered: Sequence[Asked]
    more: int
    open_polls: Sequence[Polled]
    closed_polls: Sequence[Polled]


def board_of(room: Room, language: str, marks: Marks | None = None) -> Board:
    """In a language; with what somebody has seconded, asked and voted."""
    marks = marks or Marks()
    rows = room.questions.for_list()
    asked = list(rows.filter(state=QuestionState.ASKED).most_wanted_first())
    answered = rows.filter(state=QuestionState.ANSWERED).counted().order_by("-decided_at", "-number")
    polls = polled(room.polls.exclude(state=PollState.DRAFT), language, marks)
    return Board(
        room,
        [_shown(row, language, marks) for row in asked[:MOST_ASKED]],
        [_shown(row, language, marks) for row in answered[:MOST_ANSWERED]],
        max(0, len(asked) - MOST_ASKED),
        [each for each in polls if each.poll.state == PollState.OPEN],
        [each for each in reversed(polls) if each.poll.state == PollState.CLOSED],
    )


def _shown(row: Question, language: str, marks: Marks) -> Asked:
    session = row.session.words("title", language) if row.session and row.session.title else None
    return Asked(row, getattr(row, "n", 0), session, row.pk in marks.asked, row.pk in marks.seconded)


def polled(polls: "QuerySet[Poll]", language: str, marks: Marks, *, is_all_shown: bool = False) -> list[Polled]:
    """Polls with their results, where these may be seen; to the moderator (`is_all_shown`) always.
    As many queries however many polls."""
    rows = list(polls.prefetch_related("translations"))
    results = results_of(rows)
    found = []
    for poll in rows:
        result, chosen = results[poll.pk], marks.voted.get(poll.pk, ())
        lines = poll.lines("choices", language)
        choices = [
            Choice(number, words, n, round(100 * n / result.people) if result.people else 0, number in chosen)
            for number, (words, n) in enumerate(zip(lines, result.votes, strict=True))
        ]
        question = poll.words("question", language)
        is_shown = is_all_shown or poll.shows_while_open or poll.state == PollState.CLOSED
        drawn = chart(question.text, [(each.words.text, each.n) for each in choices]) if is_shown else None
        found.append(Polled(poll, question, choices, result.people, drawn, bool(chosen)))
    return found


def marks_of(room: Room, registration: Registration) -> Marks:
    """Three queries."""
    seconded = Seconding.objects.filter(question__room=room, registration=registration)
    asked = Question.objects.filter(room=room, asker=registration)
    voted = Vote.objects.filter(poll__room=room, registration=registration)
    return Marks(
        frozenset(seconded.values_list("question", flat=True)),
        frozenset(asked.values_list("pk", flat=True)),
        dict(voted.values_list("poll", "chosen")),
    )
