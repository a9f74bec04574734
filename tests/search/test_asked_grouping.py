"""Questions that ask the same come together, in whatever language; with their topic and the cities they name."""

import itertools
from collections import Counter

import pytest

from plaza.core.languages import LANGUAGES
from plaza.demo.recordings import DATA
from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.query import Encoders
from plaza.search.choices import AskedState
from plaza.search.domain import grouping
from plaza.search.domain.asked import dismiss
from plaza.search.domain.grouping import group_waiting
from plaza.search.models import AskedGroup, AskedQuestion
from plaza.topics.domain.vocabulary import load_topics
from tests.search.questions import ALIKE, CEMETERY, DOGS, ask, ask_in_all, grouped, table


def test_questions_come_together_across_languages(db):
    ask_in_all(DOGS)
    ask_in_all(CEMETERY)

    group_waiting()

    assert grouped() == {frozenset(DOGS.values()), frozenset(CEMETERY.values())}
    assert [(group.question, group.language) for group in AskedGroup.objects.order_by("pk")] == [
        (DOGS["es"], "es"),
        (CEMETERY["es"], "es"),
    ]


def test_grouping_again_changes_nothing(db):
    ask_in_all(DOGS)
    ask("¿Qué hacer con los PERROS callejeros?")
    group_waiting()
    before = list(AskedQuestion.objects.order_by("pk").values())

    group_waiting()

    assert list(AskedQuestion.objects.order_by("pk").values()) == before
    assert AskedGroup.objects.count() == 1


def test_what_is_asked_later_joins_what_was_asked_before(db, network):
    ask(DOGS["es"])
    group_waiting()
    dismiss(group=AskedGroup.objects.get(), by=network.secretary)

    ask(DOGS["fr"], "fr")
    group_waiting()

    assert AskedGroup.objects.get().state == AskedState.DISMISSED


class AwayEncoder:
    name = "away"
    dimensions = 512

    def encode(self, texts, languages, role):
        raise EncoderAbsent("nobody answers")


@pytest.mark.parametrize("quick", [None, AwayEncoder()], ids=["not installed", "does not answer"])
def test_without_the_encoder_the_same_words_come_together_and_the_rest_once_it_answers(db, monkeypatch, quick):
    ask(DOGS["es"])
    ask("¿QUÉ HACER CON LOS PERROS CALLEJEROS?", days_ago=1)
    ask(DOGS["fr"], "fr")
    with monkeypatch.context() as away:
        away.setattr(grouping, "encoders", lambda: Encoders(careful=None, quick=quick, words=None))
        group_waiting()
    apart = AskedGroup.objects.count()

    group_waiting()

    assert (apart, AskedGroup.objects.count()) == (2, 1)
    assert not AskedQuestion.objects.filter(group=None).exists()


def test_of_what_asks_the_same_four_in_five_come_together_and_of_what_does_not_hardly_any(db):
    meaning = {}
    for number, said in enumerate(ALIKE):
        meaning |= dict.fromkeys(zip(said, LANGUAGES, strict=True), number)
    meaning |= {(question, language): question for _, language, question, _ in table(DATA / "questions.tsv")}
    # By their last letters: so no meaning comes in one piece, and every run sees the same order.
    for question, language in sorted(meaning, key=lambda each: each[0][::-1]):
        ask(question, language)

    group_waiting()

    rows = AskedQuestion.objects.values_list("question", "language", "group")
    found = [(meaning[question, language], group) for question, language, group in rows]
    pairs = Counter((one[0] == other[0], one[1] == other[1]) for one, other in itertools.combinations(found, 2))
    right = pairs[True, True] / (pairs[True, True] + pairs[True, False])
    false = pairs[False, True] / (pairs[False, True] + pairs[True, True])
    assert right >= 0.80, f"{right:.1%} of the pairs that ask the same"
    assert false <= 0.03, f"{false:.1%} of the pairs put together"


def test_a_question_gets_its_topic_or_none(db):
    load_topics()
    ask("alumbrado público led, cuánto se ahorra")
    ask(DOGS["pt"], "pt")

    group_waiting()

    assert list(AskedGroup.objects.order_by("pk").values_list("topic", flat=True)) == [
        "climate/energy-efficiency",
        None,
    ]


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("¿Cómo avisan en Riberas y en Porto Mar?", ["Porto Mar", "Riberas"]),
        ("¿Cómo avisan en las riberas?", []),
        ("¿Y en Riberasola, o en PortoMar?", []),
        ("what does Hillside do", ["Hillside"]),
    ],
)
def test_a_question_belongs_to_the_member_cities_it_names(network, question, cities):
    ask(question)

    group_waiting()

    assert sorted(city.called for city in AskedQuestion.objects.get().cities.all()) == cities
