import pytest

from plaza.retrieval import index
from plaza.retrieval.passages import NewPassage, Within
from plaza.retrieval.phrases import has_phrase, phrases_of
from plaza.retrieval.query import Encoders, ask

CABLE = NewPassage(text="El cable aéreo de la ladera costó menos que el túnel. Nadie lo creía.", language="es")
APART = NewPassage(text="Un aéreo silencio; el cable cortado quedó en la calle, y costó menos.", language="es")
OTHER = NewPassage(text="O teleférico da encosta custou menos do que o túnel.", language="pt")


@pytest.fixture
def collection(db):
    made = index.collection_named("phrases")
    index.put(collection=made, source="recording", source_id="1", passages=[APART, OTHER, CABLE])
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('¿cuánto costó el "Cable Aéreo"?', ["cable aereo"]),
        ("“cable aéreo” «ladera»", ["cable aereo", "ladera"]),
        ("d'eau l'école", []),
        ('"', []),
        ('"" "  " "!!"', []),
        ('"uno" "dos" "tres" "cuatro"', ["uno", "dos", "tres"]),
    ],
)
def test_phrases_are_what_stands_in_marks(text, phrases):
    assert phrases_of(text) == phrases


def test_words_side_by_side_whatever_their_accents():
    assert has_phrase("El CABLE aéreo, sí.", "cable aereo")
    assert not has_phrase("los cables aéreos", "cable aereo")


def test_a_passage_with_the_phrase_comes_before_any_other(collection):
    found = ask(collection, 'costó menos "cable aéreo"', "es", Encoders())

    assert found[0].text == CABLE.text
    assert found[0].text[found[0].best.start : found[0].best.end].startswith("El cable aéreo")


def test_without_marks_the_words_count_wherever_they_stand(collection):
    plain = {hit.text: hit.score for hit in ask(collection, "cable aéreo", "es", Encoders())}
    quoted = {hit.text: hit.score for hit in ask(collection, '"cable aéreo"', "es", Encoders())}

    assert quoted[CABLE.text] > plain[CABLE.text] + 1
    assert quoted[APART.text] == pytest.approx(plain[APART.text])


def test_a_phrase_of_nothing_but_stop_words_changes_nothing(collection):
    assert ask(collection, '"de la" cable', "es", Encoders())


def test_a_phrase_that_nobody_said_leaves_what_comes_nearest(collection):
    assert ask(collection, '"cable submarino"', "es", Encoders())


def test_a_phrase_outside_the_part_that_is_looked_at_is_not_found(collection):
    assert ask(collection, '"cable aéreo"', "es", Encoders(), within=Within(language="pt")) == []
    assert ask(collection, '"cable aéreo"', "es", Encoders(), within=Within(sources=[("recording", "2")])) == []
    assert ask(collection, '"cable aéreo"', "es", Encoders(), within=Within(kind="meeting")) == []
