"""A word of a question meets the words of other languages, without anybody having written a dictionary."""

import pytest

from plaza.retrieval import index
from plaza.retrieval.dictionary import dictionary_of
from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.encoders.words import UseWords
from plaza.retrieval.models import Term, Word, WordVector
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.query import Encoders, ask

# What is read from the disk for all of them is read in one process only.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("retrieval dictionary")]

RIVER = NewPassage(text="Cuando hay inundación, la sirena avisa a los vecinos del barrio.", language="es")
BUSES = NewPassage(text="The budget for the buses and the trees was voted in March.", language="en")


@pytest.fixture(scope="module")
def words():
    return UseWords()


@pytest.fixture
def collection(words):
    collection = index.collection_named("tests")
    put(collection, words, RIVER, "1")
    put(collection, words, BUSES, "2")
    return collection


def put(collection, words, passage, source_id):
    index.put(collection=collection, source="recording", source_id=source_id, passages=[passage])
    while index.embed_words(collection, words):
        pass
    collection.refresh_from_db()


def meanings(collection, words, word, language):
    (found,) = dictionary_of(collection, words).compare(words.encode([word], [language], "query")).meanings(language)
    return dict(Term.objects.filter(pk__in=found).values_list("text", "pk")).keys() & {
        term.text for term in Term.objects.filter(pk__in=[term for term, near in found.items() if near > 0.4])
    }


@pytest.mark.parametrize(
    ("word", "language", "term"),
    [
        ("enchente", "pt", "inund"),
        ("neighbours", "en", "vecin"),
        ("quartier", "fr", "barri"),
        ("orçamento", "pt", "budget"),
        ("árboles", "es", "tree"),
        ("arbres", "fr", "tree"),
    ],
)
def test_a_word_means_what_another_language_says(collection, words, word, language, term):
    assert meanings(collection, words, word, language) == {term}


def test_a_word_of_nothing_that_was_said_means_nothing(collection, words):
    assert meanings(collection, words, "saxophone", "fr") == set()


def test_words_alone_find_a_passage_of_another_language(collection, words):
    (first, *_) = ask(collection, "alagamento bairro", "pt", Encoders(words=words))

    assert (first.text, first.parts.said) == (RIVER.text, 0.0)
    assert ask(collection, "alagamento bairro", "pt", Encoders()) == []


def test_a_dictionary_hears_of_words_that_came_later(collection, words):
    assert meanings(collection, words, "resíduos", "pt") == set()

    put(collection, words, NewPassage(text="Waste is collected by boat.", language="en"), "3")

    assert meanings(collection, words, "resíduos", "pt") == {"wast"}


def test_the_words_of_a_source_twice_are_kept_once(collection, words):
    before = (Word.objects.count(), WordVector.objects.count())

    put(collection, words, RIVER, "1")

    assert (Word.objects.count(), WordVector.objects.count()) == before
    assert index.embed_words(collection, words) == 0


def test_an_emptied_collection_keeps_no_words(collection):
    index.empty(collection)

    assert (Word.objects.count(), WordVector.objects.count()) == (0, 0)


def test_a_question_is_answered_where_the_encoder_of_words_is_away(collection):
    class Away(UseWords):
        def encode(self, texts, languages, role):
            raise EncoderAbsent("away")

    assert ask(collection, "sirena", "es", Encoders(words=Away()))[0].text == RIVER.text


def test_a_dictionary_that_has_nothing_new_costs_no_query(collection, words, django_assert_num_queries):
    dictionary_of(collection, words)

    with django_assert_num_queries(0):
        dictionary_of(collection, words)


@pytest.mark.parametrize("typed", ["sierna", "sirenna", "srena", "zirena"])
def test_a_slip_of_the_finger_still_finds_the_word(collection, words, typed):
    assert ask(collection, typed, "es", Encoders(words=words))[0].text == RIVER.text


@pytest.mark.parametrize("typed", ["sxxxxa", "2x4", "si", "xyzzy"])
def test_what_is_no_slip_of_anything_said_stands_for_nothing(collection, words, typed):
    assert dictionary_of(collection, words).meant_by_slip([typed]) == {}


def test_a_word_that_was_said_is_no_slip(collection, words):
    assert dictionary_of(collection, words).meant_by_slip(["siren"]) == {}
