"""Questions as they are asked in these tests, and what is kept of them."""

import csv
import datetime as dt
from pathlib import Path

from django.utils import timezone

from plaza.core.languages import LANGUAGES
from plaza.search.domain.asked import keep
from plaza.search.models import AskedQuestion

HERE = Path(__file__).resolve().parent


def table(file):
    with file.open(encoding="utf-8") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


# The same question in Spanish, Portuguese, English and French, line by line.
ALIKE = table(HERE / "asked_alike.tsv")
DOGS = dict(zip(LANGUAGES, ALIKE[3], strict=True))
CEMETERY = dict(zip(LANGUAGES, ALIKE[12], strict=True))


def ask(question, language="es", *, days_ago=0, is_answered=False, times=1):
    """A question as `keep` would have kept it some days ago."""
    for _ in range(times):
        keep(question=question, language=language, is_answered=is_answered)
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    AskedQuestion.objects.filter(question=question, asked_on=timezone.localdate()).update(asked_on=day)


def ask_in_all(questions, **more):
    for language, question in questions.items():
        ask(question, language, **more)


def kept():
    return list(AskedQuestion.objects.order_by("pk").values_list("question", "language", "times", "is_answered"))


def grouped():
    """The groups there are, each as the set of the questions in it."""
    rows = AskedQuestion.objects.values_list("group", "question")
    return {frozenset(words for key, words in rows if key == group) for group, _ in rows}
