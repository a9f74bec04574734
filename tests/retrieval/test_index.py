import pytest

from plaza.retrieval import index
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.models import Collection, Passage, Posting, Term, Vector
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.query import Encoders, ask

# What is read from the disk for all of them is read in one process only.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("retrieval index")]

RIVER = NewPassage(
    text="Cuando el río crece, las sirenas avisan a todos los barrios. Luego salimos todos a pie hacia la escuela alta.",
    language="es",
    start=5.0,
    end=12.0,
    sentence_places=(5.0, 9.5),
)
BUSES = NewPassage(text="Os ônibus elétricos carregam à noite.", language="pt")


@pytest.fixture
def collection():
    return index.collection_named("tests")


@pytest.fixture(scope="module")
def quick():
    return Use()


def put(collection, *passages, source_id="1"):
    ids = index.put(collection=collection, source="recording", source_id=source_id, passages=passages)
    collection.refresh_from_db()
    return ids


def fill(collection, encoder):
    rows = index.waiting(collection, encoder, most=100)
    index.embed(collection, encoder, rows)


def test_a_source_put_twice_keeps_its_passages_and_vectors(collection, quick):
    first = put(collection, RIVER, BUSES)
    fill(collection, quick)

    assert put(collection, RIVER, BUSES) == first
    assert Vector.objects.count() == 2
    assert collection.passages == 2


def test_a_source_put_anew_leaves_nothing_of_the_old(collection, quick):
    put(collection, RIVER)
    fill(collection, quick)

    put(collection, BUSES)

    assert list(Passage.objects.values_list("text", flat=True)) == [BUSES.text]
    assert Vector.objects.count() == 0
    assert set(Term.objects.filter(passages__gt=0).values_list("text", flat=True)) == {
        term.text for term in Term.objects.filter(pk__in=Posting.objects.values("term"))
    }


def test_words_are_counted_once_a_passage(collection):
    put(collection, RIVER, RIVER)

    assert set(Term.objects.filter(collection=collection).values_list("passages", flat=True)) == {2}


def test_taking_out_what_is_not_there_changes_nothing(collection):
    put(collection, RIVER)

    index.remove(collection=collection, source="recording", source_id="99")

    assert Passage.objects.count() == 1


def test_a_question_in_another_language_finds_the_sentence_and_its_second(collection, quick):
    put(collection, RIVER)
    put(collection, BUSES, source_id="2")
    fill(collection, quick)

    hit = ask(collection, "quando o rio sobe, como avisam as pessoas?", "pt", Encoders(quick=quick))[0]

    assert (hit.text, hit.best_place, hit.best_end) == (RIVER.text, 5.0, 9.5)
    assert (
        hit.text[hit.best.start : hit.best.end].strip()
        == "Cuando el río crece, las sirenas avisan a todos los barrios."
    )


def test_without_any_encoder_words_still_find(collection):
    put(collection, RIVER)
    put(collection, BUSES, source_id="2")

    assert [hit.text for hit in ask(collection, "sirenas", "es", Encoders())] == [RIVER.text]


def test_passages_for_another_audience_are_not_found(collection, quick):
    put(collection, NewPassage(text=RIVER.text, language="es", audience="members"))
    fill(collection, quick)

    assert ask(collection, "sirenas río", "es", Encoders(quick=quick)) == []
    assert len(ask(collection, "sirenas río", "es", Encoders(quick=quick), audiences=["public", "members"])) == 1


@pytest.mark.parametrize(
    "question",
    [
        "x" * 10_000,
        "agua " * 5000,
        "🌊",
        "\ufdfa" * 500,
        "agua\x00limpia",
        "' OR 1=1 --",
        "de la que el",
        "",
        "\ud800",
        "%s {} \\",
    ],
    ids=["10,000 letters", "5,000 words", "emoji", "U+FDFA", "NUL", "SQL", "stop words", "empty", "surrogate", "signs"],
)
def test_any_question_is_answered_or_has_no_answer(collection, quick, question):
    put(collection, RIVER, BUSES)
    fill(collection, quick)

    assert all(hit.text in (RIVER.text, BUSES.text) for hit in ask(collection, question, "es", Encoders(quick=quick)))


def test_a_search_with_no_corpus_finds_nothing(collection, quick):
    assert ask(collection, "sirenas", "es", Encoders(quick=quick)) == []


def test_an_empty_collection_leaves_no_row_behind(collection, quick):
    put(collection, RIVER, BUSES)
    fill(collection, quick)

    index.empty(collection)

    assert (Passage.objects.count(), Term.objects.count(), Posting.objects.count(), Vector.objects.count()) == (
        0,
        0,
        0,
        0,
    )
    assert Collection.objects.get(name="tests").passages == 0
