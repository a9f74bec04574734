"""How likely an answer is thought, by what is fitted and shipped."""

from dataclasses import replace

import pytest

from plaza.retrieval.fusion import Parts
from plaza.retrieval.passages import Hit
from plaza.retrieval.refusal import evidence, fitted, likelihood
from plaza.retrieval.text import Span

QUESTION = "how do the sirens warn the neighbourhoods when the river rises"
NOISE = 0.6
HIT = Hit(
    passage_id=1,
    source="recording",
    source_id="1",
    position=0,
    language="es",
    text="Las sirenas avisan.",
    score=1.4,
    start=0.0,
    end=2.0,
    best=Span(0, 19),
    best_place=0.0,
    best_end=2.0,
    parts=Parts(e5=0.4, use=0.5, said=0.1, meant=0.3),
)


def likely(hit: Hit, strange: float = 0.0) -> float:
    return likelihood(QUESTION, [hit], None, strange, NOISE)


def test_with_an_encoder_away_a_passage_that_says_it_answers_and_noise_does_not():
    noise = replace(HIT, score=NOISE, parts=Parts(e5=0.1, use=0.2, said=0.0, meant=0.05))

    assert likely(HIT) > fitted().answered > likely(noise)


@pytest.mark.parametrize(
    "better",
    [replace(HIT, score=1.8), replace(HIT, parts=replace(HIT.parts, meant=0.4))],
    ids=["nearer", "more of its words"],
)
def test_the_more_a_passage_has_of_the_question_the_likelier_it_answers(better):
    assert likely(better) > likely(HIT)


def test_a_word_that_nobody_here_has_said_makes_an_answer_less_likely():
    assert likely(HIT, strange=0.5) < likely(HIT)


def test_nothing_found_is_no_answer():
    assert likelihood(QUESTION, [], None, 0.0, NOISE) == 0.0


def test_a_long_question_is_no_likelier_to_be_answered_than_one_of_five_words():
    five, many, two = "sirens warn river barrios night", QUESTION, "river sirens"

    seen = [evidence(question, [HIT], 0.0, NOISE) for question in (five, many, two)]

    assert seen[0] == seen[1]
    assert seen[2][2] < seen[0][2]
