import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plaza.retrieval.terms import query_terms, terms
from plaza.retrieval.text import LONGEST_QUERY, Span, safe, sentences, titled, under_title, words


@pytest.mark.parametrize(
    ("wild", "tame"),
    [
        ("\ufdfa" * 500, ""),
        ("agua\x00 limpia", "agua limpia"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        ("  muchos \n\t espacios ", "muchos espacios"),
        ("🌊", "🌊"),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("ｆｕｌｌ", "full"),
        ("e\u200b\u0301 o\u00ad\u0308", "é ö"),
        ("x" * 511 + " y", "x" * 511),
    ],
)
def test_wild_text_is_made_safe(wild, tame):
    assert safe(wild, LONGEST_QUERY) == tame


@given(st.text(max_size=6000))
def test_whatever_comes_in_what_goes_out_is_bounded_and_encodable(text):
    made = safe(text, LONGEST_QUERY)

    assert len(made) <= LONGEST_QUERY
    assert "\x00" not in made
    assert made.encode("utf-8").decode("utf-8") == made
    assert safe(made, LONGEST_QUERY) == made


@given(st.text(max_size=3000))
def test_sentences_cover_every_word_and_never_overlap(text):
    spans = sentences(text)

    assert "".join("".join(text[s.start : s.end] for s in spans).split()) == "".join(text.split())
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))
    assert all(span.end - span.start <= 600 for span in spans)


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("J. Pérez came. Who? He!", ["J. Pérez came. ", "Who? ", "He!"]),
        ("A... b. It costs 3.5 now", ["A... ", "b. It costs 3.5 now"]),
        ("«Sí.» Luego (no!) nada", ["«Sí.» ", "Luego (no!) ", "nada"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text, parted):
    assert [text[span.start : span.end] for span in sentences(text)] == parted


@pytest.mark.parametrize("text", ["." * 10_000, "?!" * 5_000, "..»" * 3_000])
def test_a_run_of_dots_is_looked_at_once(text):
    begun = time.process_time()

    sentences(text)

    assert time.process_time() - begun < 0.1


def test_a_number_is_the_same_however_its_thousands_stand():
    assert words("2,700 2.700 2700 3.5") == ["2700", "2700", "2700", "3", "5"]


def test_what_people_type_without_accents_meets_what_was_said():
    assert terms("inundaciones", "es") == terms("inundación", "es") == terms("inundacion", "es")
    assert terms("avaliações", "pt") == terms("avaliacao", "pt") == terms("avaliação", "pt")


def test_an_elision_hides_no_word():
    assert terms("l'eau d'Anse-Lumière", "fr") == terms("eau Anse Lumière", "fr")


def test_a_term_fits_the_index_in_any_script():
    assert [len(term) for term in terms("각" * 100, "es")] == [60]
    assert {len(term) for asked in query_terms("각" * 100, "pt") for term in asked.terms} == {60}


def test_stop_words_only_leave_nothing_to_look_for():
    assert query_terms("de la el que y o", "es") == []


def test_a_name_is_looked_for_under_every_languages_stem():
    (asked,) = query_terms("Quito", "pt")

    assert set(terms("Quito", "es")) <= asked.terms
    assert set(terms("Quito", "en")) <= asked.terms


def test_a_query_of_ten_thousand_words_is_bounded():
    assert len(query_terms(" ".join(f"palabra{n}" for n in range(10_000)), "es")) == 64


@pytest.mark.parametrize("title", ["", "Lluvias", "¿Y ahora?"])
@pytest.mark.parametrize("text", ["Suena la sirena. Salimos.", "Suena la sirena. Salimos.  \n"])
def test_stretches_are_the_same_words_under_a_title(title, text):
    stretches = [Span(0, 16), Span(17, 25)]

    whole, moved = under_title(title, text, stretches)

    assert whole == titled(title, text)
    assert [whole[each.start : each.end] for each in moved] == ["Suena la sirena.", "Salimos."]
