from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plaza.retrieval.text import titled
from plaza.search.domain.passages import MOST_WORDS, passages_of, told_passages


@dataclass
class Said:
    start: float
    end: float
    speaker_label: str
    text: str


segments = st.lists(
    st.builds(
        lambda words, speaker, ends: (" ".join(words) + ("." if ends else ""), speaker),
        st.lists(st.sampled_from(["agua", "río", "bus", "Sr", "3.5", "ciudad"]), min_size=1, max_size=40),
        st.sampled_from(["Ana", "Luis"]),
        st.booleans(),
    ),
    max_size=60,
)


@given(segments)
def test_every_word_is_in_exactly_one_passage_in_order(said):
    spoken = [Said(n * 4.0, n * 4.0 + 4, speaker, text) for n, (text, speaker) in enumerate(said)]

    passages = passages_of(spoken, "es", "public")

    assert " ".join(p.text for p in passages) == " ".join(text for text, _ in said)
    assert all(len(p.text.split()) < MOST_WORDS + 41 for p in passages)


@given(segments)
def test_every_sentence_begins_at_a_second_of_its_passage(said):
    spoken = [Said(n * 4.0, n * 4.0 + 4, speaker, text) for n, (text, speaker) in enumerate(said)]

    for passage in passages_of(spoken, "es", "public"):
        assert len(passage.sentence_places) == len(passage.spans)
        assert list(passage.sentence_places) == sorted(passage.sentence_places)
        assert passage.sentence_places[0] == passage.start


def test_a_new_speaker_begins_a_new_passage_once_something_was_said():
    long = " ".join(["palabra"] * 45)
    spoken = [Said(0, 5, "Ana", long), Said(5, 9, "Luis", "Otra cosa."), Said(9, 12, "Ana", "Y otra.")]

    assert [p.text for p in passages_of(spoken, "es", "public")] == [long, "Otra cosa. Y otra."]


def test_a_recording_with_no_words_has_no_passages():
    assert passages_of([], "es", "public") == []


def test_nobody_is_quoted_with_a_question_or_with_anothers_words():
    spoken = [
        Said(0, 4, "Paula", "¿Y hoy, cuánto tardan?"),
        Said(4, 6, "Julián", "40 minutos."),
        Said(6, 12, "Julián", "Con las sirenas pasamos de unas tres horas a cuarenta minutos."),
        Said(12, 14, "Marta", "Y sin un solo herido."),
    ]

    (passage,) = passages_of(spoken, "es", "public")

    assert [
        (place, passage.text[s.start : s.end].strip())
        for place, s in zip(passage.sentence_places, passage.spans, strict=True)
    ] == [
        (0, "¿Y hoy, cuánto tardan?"),
        (4, "40 minutos. Con las sirenas pasamos de unas tres horas a cuarenta minutos."),
        (12, "Y sin un solo herido."),
    ]


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("¿Quién limpia el río?", "¿Quién limpia el río? Se habló de aguas."),
        ("¡Sin heridos!", "¡Sin heridos! Se habló de aguas."),
        ("«¿Y mañana?»", "«¿Y mañana?» Se habló de aguas."),
        ("Un río y dos sirenas", "Un río y dos sirenas. Se habló de aguas."),
        ("Un río.", "Un río. Se habló de aguas."),
        ("", "Se habló de aguas."),
    ],
)
def test_a_title_that_ends_already_gets_no_second_end(title, whole):
    assert titled(title, "Se habló de aguas.") == whole
    assert [passage.text for passage in told_passages(title, "Se habló de aguas.", "es", "public")] == [whole]
