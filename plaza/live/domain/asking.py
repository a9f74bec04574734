"""Asking and seconding. Of who asked nothing is written to the history: a question without a name stays without one."""

import hashlib
import re

from django.db import transaction
from django.db.models import Max

from plaza.core import history
from plaza.core.folding import fold
from plaza.core.plain import plain_text
from plaza.live.choices import QuestionState
from plaza.live.domain.rooms import RoomClosed, beat, held
from plaza.live.models import LONGEST_QUESTION, Question, Room, Seconding
from plaza.meetings.models import Session
from plaza.registration.models import Registration


class TooLate(Exception):
    """The question was answered or dismissed meanwhile."""


class NoWords(Exception):
    """A question of nothing but marks that are not kept."""


@transaction.atomic
def ask(
    *,
    room: Room,
    asker: Registration,
    words: str,
    language: str,
    is_named: bool = False,
    session: Session | None = None,
) -> Question:
    """The same words again are the question that stands; of somebody else, she seconds it. Raises RoomClosed, NoWords."""
    room = held(room)
    if not (room.is_open and room.takes_questions):
        raise RoomClosed
    words = plain_text(words)[:LONGEST_QUESTION].strip()
    if not words:
        raise NoWords
    key = _key_of(words)
    standing = room.questions.filter(key=key)
    own = standing.filter(asker=asker).first()
    if own is not None:
        return own
    same = standing.filter(state=QuestionState.ASKED).order_by("number").first()
    if same is not None:
        _add(same, asker)
        beat(room)
        return same
    question = room.questions.create(
        number=(room.questions.aggregate(last=Max("number"))["last"] or 0) + 1,
        session=session if session is not None and session.meeting_id == room.meeting_id else None,
        words=words,
        language=language,
        key=key,
        asker=asker,
        is_named=is_named,
        state=QuestionState.WAITING if room.waits_for_moderator else QuestionState.ASKED,
        is_passed=not room.waits_for_moderator,
    )
    history.record(verb="question asked in the room", by=None, subject=question)
    beat(room)
    return question


@transaction.atomic
def second(*, question: Question, by: Registration) -> Question:
    """Once, however often; nobody seconds her own. Of a question that went into another, that one. Raises RoomClosed,
    TooLate."""
    room = held(question.room)
    if not room.is_open:
        raise RoomClosed
    question = _ways_of(question)[-1]
    if question.state != QuestionState.ASKED:
        raise TooLate(question.state)
    if _add(question, by):
        beat(room)
    return question


@transaction.atomic
def take_back(*, question: Question, by: Registration) -> None:
    """Of a question that went into another, there too. Raises RoomClosed."""
    room = held(question.room)
    if not room.is_open:
        raise RoomClosed
    gone, _ = Seconding.objects.filter(question__in=_ways_of(question), registration=by).delete()
    if gone:
        beat(room)


def show_anew(registration: Registration) -> None:
    """Who asked by name changed it, or her city: boards that show it are old. Once it is written down, for who asks holds
    the pulse first and the registration then."""

    def beat_each() -> None:
        named = Question.objects.filter(asker=registration, is_named=True)
        for room in Room.objects.filter(pk__in=named.values("room")).order_by("pk"):
            beat(room)

    transaction.on_commit(beat_each)


def _ways_of(question: Question) -> list[Question]:
    """The question as it stands now, the one it went into, and so on."""
    question.refresh_from_db()
    ways = [question]
    while ways[-1].merged_into is not None:
        ways.append(ways[-1].merged_into)
    return ways


def _key_of(words: str) -> str:
    """The same for the same words, however they are written and marked."""
    bare = " ".join(re.findall(r"\w+", fold(words))) or words
    return hashlib.sha256(bare.encode()).hexdigest()


def _add(question: Question, by: Registration) -> bool:
    if question.asker_id == by.pk:
        return False
    _, is_new = Seconding.objects.get_or_create(question=question, registration=by)
    return is_new
