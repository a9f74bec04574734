"""What E5 learns from is whole: a passage for every question, in four languages, and none of what it is judged on."""

from collections import Counter
from itertools import accumulate

import numpy as np
import pytest

from plaza.core.languages import LANGUAGES
from plaza.retrieval.encoders.e5_adapter import FILE, Adapter
from plaza.retrieval.encoders.e5_weights import LAYERS, WIDENED, WIDTH
from tools.refusal.questions import KEPT_ASIDE, judged
from tools.refusal.talks import answered
from tools.tuning.talks import FOLDER, talks


@pytest.fixture(scope="module")
def told():
    return list(talks())


def test_every_question_that_is_answered_has_its_passage(told):
    assert len(told) == len(list(FOLDER.glob("*.txt"))) >= 560
    for talk in told:
        for question in talk.questions:
            assert question.passages, question.words
            assert max(question.passages) < len(talk.passages)


def test_every_question_has_the_stretches_of_its_turn(told):
    for talk in told:
        ends = list(accumulate((len(passage.stretches) for passage in talk.passages), initial=0))
        for question in talk.questions:
            assert question.stretches, question.words
            if not question.is_answered:
                continue
            its = [range(ends[number], ends[number + 1]) for number in question.passages]
            assert any(stretch in of_one for stretch in question.stretches for of_one in its), question.words


def test_stretches_are_of_what_was_said_and_not_of_the_title(told):
    for talk in told:
        for passage in talk.passages:
            starts = [each.start for each in passage.stretches]
            assert starts == sorted(starts)
            assert starts[0] > 0
            assert passage.text[starts[0] :].strip() == passage.text[starts[0] :]
            assert passage.stretches[-1].end == len(passage.text)


def test_each_language_is_spoken_and_asked_alike(told):
    spoken = Counter(talk.language for talk in told)
    asked = Counter(question.language for talk in told for question in talk.questions)

    assert set(spoken) == set(asked) == set(LANGUAGES)
    assert min(spoken.values()) > 0.9 * max(spoken.values())
    assert min(asked.values()) > 0.99 * max(asked.values())


def test_a_third_or_so_of_the_questions_is_not_answered(told):
    shares = Counter(question.is_answered for talk in told for question in talk.questions)

    assert 0.2 < shares[False] / shares.total() < 0.4


def test_nothing_is_learnt_that_is_judged(told):
    learnt = {question.words for talk in told for question in talk.questions}

    for judged_on in (judged(), judged(KEPT_ASIDE), answered()):
        assert not learnt & {each.words for each in judged_on}


def test_the_adapter_has_a_part_for_every_matrix():
    adapter = Adapter()

    for layer in range(LAYERS):
        for part, (outputs, inputs) in {
            "q": (WIDTH, WIDTH),
            "k": (WIDTH, WIDTH),
            "v": (WIDTH, WIDTH),
            "ao": (WIDTH, WIDTH),
            "fi": (WIDENED, WIDTH),
            "fo": (WIDTH, WIDENED),
        }.items():
            adapted = adapter.adapted(f"l{layer}.{part}", np.zeros((outputs, inputs), dtype=np.float32))
            assert np.isfinite(adapted).all()
            assert np.abs(adapted).max() > 0


def test_the_adapter_is_small():
    assert FILE.stat().st_size < 3_000_000
