"""What was asked: kept without who asked, looked at by those who run the network, forgotten in time.
`grouping` puts together what asks the same."""

import datetime as dt
import logging
import re
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Prefetch, QuerySet, Sum
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core import history, locks
from plaza.core.folding import fold
from plaza.core.languages import Language
from plaza.directory.models import City
from plaza.retrieval.text import LONGEST_QUERY, safe, words
from plaza.search.choices import AskedState
from plaza.search.domain.grouping import LOCK
from plaza.search.models import AskedGroup, AskedQuestion
from plaza.topics.models import Topic

log: Final = logging.getLogger(__name__)

# What names a person more surely than any name: e-mail addresses, accounts, and numbers as long as a telephone's.
# A price of seven digits goes with them; better that than a number somebody answers.
PERSONAL: Final = re.compile(r"\S*@\S+|\+?\d(?:[ ().\-/–]{0,3}\d){6,}")
LEFT_OUT: Final = "…"

KEEP: Final = """
INSERT INTO search_askedquestion (question, folded, language, asked_on, times, is_answered, encoder)
VALUES (%s, %s, %s, %s, 1, %s, '')
ON CONFLICT (asked_on, language, question)
DO UPDATE SET times = search_askedquestion.times + 1, is_answered = EXCLUDED.is_answered
"""


def keep(*, question: str, language: Language, is_answered: bool) -> None:
    """Keeps the words of a question for today; the same words again only count up, and the last answer counts.

    Nothing is kept of the asker: ask `access.may_keep` first, and hand over no more than this. What goes wrong here
    is logged, without the words, and never raised: whoever asks gets her answer. One statement, no transaction: a page
    that answers has none.
    """
    try:
        kept = without_personal_data(question)
        if settings.QUESTIONS_KEPT_DAYS and words(kept):
            row = (kept, folded(kept), language, timezone.localdate(), is_answered)
            with connection.cursor() as cursor:
                cursor.execute(KEEP, row)
    except Exception as problem:
        log.warning("a question was not kept: %s", type(problem).__name__)


def without_personal_data(question: str) -> str:
    """The words as they may be kept. Names of persons cannot be told from other words; the page says so."""
    return PERSONAL.sub(LEFT_OUT, safe(question, LONGEST_QUERY))


def folded(question: str) -> str:
    return fold(" ".join(words(question)))[:LONGEST_QUERY]


@transaction.atomic
def forget_old() -> int:
    """Forgets questions older than the days they may be kept, and groups that have none left; how many questions.
    A group whose first question goes takes the words of the next: no words outlive their time."""
    locks.hold(LOCK)
    since = timezone.localdate() - dt.timedelta(days=settings.QUESTIONS_KEPT_DAYS)
    old = AskedQuestion.objects.filter(asked_on__lt=since)
    touched = list(AskedGroup.objects.filter(questions__in=old).distinct())
    forgotten = old.count()
    old.delete()
    AskedGroup.objects.filter(questions__isnull=True).delete()
    left = {
        row.group_id: row
        for row in AskedQuestion.objects.filter(group__in=touched).order_by("group_id", "pk").distinct("group_id")
    }
    for group in touched:
        if first := left.get(group.pk):
            group.question, group.language = first.question, first.language
            group.save(update_fields=["question", "language"])
    return forgotten


def note(*, group: AskedGroup, by: User, why: str = "") -> AskedGroup:
    """Somebody takes it on: a meeting, a recording or an exchange shall answer it. Raises PermissionError."""
    return _decide(group, AskedState.NOTED, by, why)


def dismiss(*, group: AskedGroup, by: User, why: str = "") -> AskedGroup:
    """Not for this network. Whoever asks the same again changes nothing about that. Raises PermissionError."""
    return _decide(group, AskedState.DISMISSED, by, why)


def reopen(*, group: AskedGroup, by: User, why: str = "") -> AskedGroup:
    """To be looked at again. Raises PermissionError."""
    return _decide(group, AskedState.OPEN, by, why)


VERBS: Final = {AskedState.NOTED: "noted", AskedState.DISMISSED: "dismissed", AskedState.OPEN: "reopened"}


@transaction.atomic
def _decide(group: AskedGroup, state: AskedState, by: User, why: str) -> AskedGroup:
    """Deciding what is decided already changes nothing and is not written down again."""
    if not is_staff(by):
        raise PermissionError("only those who run the network decide about what was asked")
    group = AskedGroup.objects.select_for_update().get(pk=group.pk)
    if group.state != state:
        group.state = state
        group.save(update_fields=["state"])
        history.record(verb=VERBS[state], by=by, subject=group, why=why[:400])
    return group


def groups_in_vain(
    user: Asker,
    *,
    month: dt.date | None = None,
    topic: Topic | None = None,
    city: City | None = None,
    state: str = AskedState.OPEN,
) -> QuerySet[AskedGroup]:
    """What was asked and not answered, the most asked first; nothing for who does not run the network.

    Each group has `asked` (how often), `spoken` (in how many languages), `last_asked` (the day) and `asked_in_vain`
    (its questions, the newest first), all of them within the month and the city. Two queries, however many groups.
    """
    questions = AskedQuestion.objects.visible_to(user).in_vain()
    if month is not None:
        questions = questions.in_month(month)
    if city is not None:
        questions = questions.filter(cities=city)
    groups = AskedGroup.objects.visible_to(user)
    if topic is not None:
        groups = groups.about(topic)
    shown = questions.only("group_id", "question", "language").order_by("-asked_on", "-pk")
    return (
        groups.filter(state=state, questions__in=questions)  # type: ignore[no-redef] # the model says what the prefetch fills in
        .annotate(
            asked=Sum("questions__times"),
            spoken=Count("questions__language", distinct=True),
            last_asked=Max("questions__asked_on"),
        )
        .select_related("topic")
        .prefetch_related(Prefetch("questions", shown, to_attr="asked_in_vain"))
        .order_by("-asked", "-last_asked", "pk")
    )
