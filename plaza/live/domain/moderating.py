"""What a moderator does with a question: lets it pass, answers, joins, dismisses it, and takes that back."""

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.plain import plain_line, plain_text
from plaza.live.choices import NEXT, UNANSWERED, QuestionState
from plaza.live.domain.rooms import beat, held
from plaza.live.models import LONGEST_ANSWER, LONGEST_REASON, Question, Seconding


class NotThatWay(Exception):
    """A question does not go from that state to this one."""


class AnsweredOtherwise(Exception):
    """Somebody else has written an answer, or another one, since the page was made. Holds that answer."""


def _held(question: Question) -> Question:
    held(question.room)
    return Question.objects.select_related("room__meeting").get(pk=question.pk)


def _move(question: Question, to: QuestionState) -> None:
    if to not in NEXT[QuestionState(question.state)]:
        raise NotThatWay(f"{question.state} → {to}")
    question.state = to
    question.decided_at = None if to in UNANSWERED else timezone.now()


def _keep(question: Question, *, verb: str, by: User | None, why: str = "", **details: int) -> None:
    question.save(
        update_fields=["state", "is_passed", "decided_at", "answer", "answer_language", "reason", "merged_into"]
    )
    history.record(verb=verb, by=by, subject=question, why=why, **details)
    beat(question.room)


@transaction.atomic
def let_pass(*, question: Question, by: User | None) -> Question:
    """The room sees it from now on. Raises NotThatWay for what was decided already; let pass twice is once."""
    row = _held(question)
    if row.state != QuestionState.ASKED:
        if row.state != QuestionState.WAITING:
            raise NotThatWay(row.state)
        _move(row, QuestionState.ASKED)
        row.is_passed = True
        _keep(row, verb="question let pass", by=by)
    return row


@transaction.atomic
def answer(
    *, question: Question, by: User | None, words: str | None = None, language: str = "", seen: str | None = None
) -> Question:
    """Aloud (None), which leaves what somebody else has written meanwhile; or with a word in writing, which may be written
    again. `seen`: the answer that its writer had before her, where that is known. Raises NotThatWay, AnsweredOtherwise."""
    row = _held(question)
    said = plain_text(words or "")[:LONGEST_ANSWER].strip()
    if not said and seen == "":
        words = None
    elif seen is not None and row.answer not in (said, plain_text(seen)):
        raise AnsweredOtherwise(row.answer)
    spoken = language if said else ""
    if row.state == QuestionState.ANSWERED and (words is None or (row.answer, row.answer_language) == (said, spoken)):
        return row
    if row.state != QuestionState.ANSWERED:
        _move(row, QuestionState.ANSWERED)
    row.answer, row.answer_language = said, spoken
    _keep(row, verb="question answered", by=by)
    return row


@transaction.atomic
def merge(*, question: Question, into: Question, by: User | None) -> Question:
    """Who seconds the one seconds the other, once; and so does who asked. Those who were erased stay as a number. Raises
    NotThatWay."""
    row = _held(question)
    into = Question.objects.get(pk=into.pk)
    if row.pk == into.pk or row.room_id != into.room_id or into.state != QuestionState.ASKED:
        raise NotThatWay(f"into {into.state}")
    _move(row, QuestionState.MERGED)
    row.merged_into = into
    everybody = list(row.secondings.values_list("registration", flat=True))
    named = {row.asker_id, *everybody} - {into.asker_id, None}
    Seconding.objects.bulk_create(
        [
            Seconding(question=into, registration_id=pk, through=row)
            for pk in (*named, *(pk for pk in everybody if pk is None))
        ],
        ignore_conflicts=True,
    )
    _keep(row, verb="question joined to another", by=by, into=into.number)
    return row


@transaction.atomic
def dismiss(*, question: Question, reason: str, by: User | None) -> Question:
    """With a reason that those who run the network read. Raises NotThatWay."""
    row = _held(question)
    _move(row, QuestionState.DISMISSED)
    row.reason = plain_line(reason)[:LONGEST_REASON]
    _keep(row, verb="question dismissed", by=by, why=row.reason)
    return row


@transaction.atomic
def undo(*, question: Question, by: User | None) -> Question:
    """It is asked again, or waits again where nobody had let it pass; who came with it to another goes back. Raises
    NotThatWay."""
    row = _held(question)
    if row.state == QuestionState.WAITING:
        raise NotThatWay(row.state)
    if row.state != QuestionState.ASKED:
        _go_back(row)
        _move(row, QuestionState.ASKED if row.is_passed else QuestionState.WAITING)
        row.merged_into, row.answer, row.answer_language, row.reason = None, "", "", ""
        _keep(row, verb="question asked again", by=by)
    return row


def _go_back(row: Question) -> None:
    """Who came with it to another is counted there no more, nor where that one went since; but who came with a third one
    too stays, by that one."""
    through, into = row, row.merged_into
    came = list(Seconding.objects.filter(question=into, through=through)) if into is not None else []
    while into is not None and came:
        others = Question.objects.filter(merged_into=into).exclude(pk=through.pk)
        ways = dict(others.exclude(asker=None).values_list("asker", "pk"))
        seconded = Seconding.objects.filter(question__in=others, registration__isnull=False)
        ways.update(seconded.values_list("registration", "question"))
        for seconding in came:
            if seconding.registration_id in ways:
                seconding.through_id = ways[seconding.registration_id]
        Seconding.objects.bulk_update([each for each in came if each.registration_id in ways], ["through"])
        gone = [each for each in came if each.registration_id not in ways]
        Seconding.objects.filter(pk__in=[each.pk for each in gone]).delete()
        through, into = into, into.merged_into
        copies = Seconding.objects.filter(question=into, through=through)
        nameless = sum(each.registration_id is None for each in gone)
        came = [
            *copies.filter(registration__in=[each.registration_id for each in gone if each.registration_id]),
            *copies.filter(registration=None)[:nameless],
        ]
