"""Names, numbers and quoted phrases are taken out of a question before it is translated, and put back after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plaza.retrieval.apertium import protecting
from plaza.retrieval.apertium.protecting import MARKED, known, protected, put_back

# The names of the network's own cities are asked for.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "marked", "kept"),
    [
        ("¿Qué hizo la ciudad de Quito?", "¿Qué hizo la ciudad de [0]?", ["Quito"]),
        ("que hizo quito con la basura", "que hizo [0] con la basura", ["quito"]),
        ("o lixo no rio de janeiro", "o lixo no [0]", ["rio de janeiro"]),
        ("o que disse Ana de Souza sobre o lixo?", "o que disse [0] sobre o lixo?", ["Ana de Souza"]),
        ("who paid 2,700 dollars in 2024", "who paid [0] dollars in [1]", ["2,700", "2024"]),
        ('quem disse "fila única" aqui', "quem disse [0] aqui", ['"fila única"']),
        ("COMO SE PAGA LA BASURA", "COMO SE PAGA LA BASURA", []),
        ("a ^b$ [7] {c} <d> @e \\f /g *h #i ~j \x00k", "a  b   [0]   c   d   e  f  g  h  i  j  k", ["7"]),
    ],
    ids=[
        "capital",
        "typed small",
        "several words",
        "a person",
        "numbers",
        "quoted",
        "all capitals",
        "marks of the stream",
    ],
)
def test_what_stays_goes_through_as_a_mark(question, marked, kept):
    assert protected(question) == (marked, kept)


def test_a_mark_that_was_never_made_is_nothing():
    assert put_back("the [0] of [7] and [99999999]", ["Quito"]) == "the Quito of   and  "


def test_words_that_apertium_does_not_know_are_left_out():
    assert known("the *recolección of @basura and ~the #fund") == "the of and the"


@given(st.text(max_size=200))
def test_whatever_is_typed_only_our_own_marks_reach_apertium_and_every_name_comes_back(text):
    marked, kept = protected(text)

    assert not set(MARKED.sub("", marked)) & set("^$[]{}<>@\\/*#~+\x00\n")
    assert [int(number) for number in MARKED.findall(marked)] == list(range(len(kept)))
    assert protecting.MARKS.sub(" ", put_back(marked, kept)) == protecting.MARKS.sub(" ", text)
