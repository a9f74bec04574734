import math

from plaza.retrieval.measures import Measure, measure, ndcg


def test_the_right_order_is_worth_one():
    assert ndcg(["a", "b"], {"a": 2, "b": 1}) == 1.0


def test_the_wrong_order_is_worth_less_by_the_formula():
    got = (2**1 - 1) / math.log2(2) + (2**2 - 1) / math.log2(3)
    best = (2**2 - 1) / math.log2(2) + (2**1 - 1) / math.log2(3)

    assert ndcg(["b", "a"], {"a": 2, "b": 1}) == got / best


def test_relevant_passages_of_other_languages_are_passed_over():
    table = measure(
        {"q": ["es1", "pt1", "en9"]},
        {"q": {"es1": 1, "pt1": 1}},
        {"q": "pt"},
        {"es1": "es", "pt1": "pt", "en9": "en"},
    )

    assert table == {
        "across": Measure(1, 1.0, 1.0, 1.0),
        "pt->es": Measure(1, 1.0, 1.0, 1.0),
        "pt->pt": Measure(1, 1.0, 1.0, 1.0),
        "same": Measure(1, 1.0, 1.0, 1.0),
        "pairs across": Measure(1, 1.0, 1.0, 1.0),
    }


def test_a_question_that_was_not_answered_counts_nothing():
    table = measure({}, {"q": {"es1": 1}}, {"q": "es"}, {"es1": "es"})

    assert table["same"] == Measure(1, 0.0, 0.0, 0.0)
