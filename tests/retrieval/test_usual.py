"""What usual questions have with a passage is no merit of it."""

from typing import ClassVar

import numpy as np
import pytest

from plaza.core.languages import LANGUAGES
from plaza.retrieval import index
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.encoders.use import Use
from plaza.retrieval.fusion import MOSTLY, Near
from plaza.retrieval.models import Vector
from plaza.retrieval.passages import NewPassage
from plaza.retrieval.query import Encoders, outcome
from plaza.retrieval.refusal import strength
from plaza.retrieval.usual import note_usual, usual_of, usual_questions

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("retrieval index")]

ANYTHING = NewPassage(text="Votar es la parte fácil.", language="es")
SIRENS = NewPassage(text="As sirenes tocam quando o rio sobe.", language="pt")


class Drawn:
    """Vectors as they are drawn here: every question asks for a voice, the question of the test for a river too."""

    name = "drawn"
    dimensions = 3
    AT: ClassVar = {
        "voice": (1.0, 0.0, 0.0),
        ANYTHING.text: (0.8, 0.0, 0.6),
        SIRENS.text: (0.0, 0.6, 0.8),
        "río": (0.6, 0.8, 0.0),
    }

    def encode(self, texts, languages, role):
        return np.array([self.AT.get(text, self.AT["voice"]) for text in texts], dtype=np.float32)


@pytest.fixture
def collection():
    return index.collection_named("tests")


def put(collection, encoder, *passages):
    index.put(collection=collection, source="recording", source_id="1", passages=passages)
    index.embed(collection, encoder, index.waiting(collection, encoder, most=100))
    collection.refresh_from_db()


def test_a_passage_that_is_near_to_every_question_is_no_stronger_for_it(collection):
    put(collection, Drawn(), ANYTHING, SIRENS)

    found = {hit.text: hit for hit in outcome(collection, "río", "es", Encoders(quick=Drawn())).hits}

    near = {text: found[text].parts.use for text in found}
    assert near[ANYTHING.text].usual == pytest.approx(0.8)
    assert near[SIRENS.text].usual == pytest.approx(0.0)
    # As cosines they are alike.
    assert near[ANYTHING.text].cosine == pytest.approx(near[SIRENS.text].cosine, abs=1e-3)
    assert strength(found[SIRENS.text].parts) > strength(found[ANYTHING.text].parts) + 1
    assert found[SIRENS.text].score > found[ANYTHING.text].score


def test_vectors_from_before_it_was_measured_count_as_most_and_are_measured_later(collection):
    put(collection, Drawn(), ANYTHING, SIRENS)
    measured = list(Vector.objects.order_by("pk").values_list("usual", flat=True))
    Vector.objects.update(usual=None)
    (before, _) = outcome(collection, "río", "es", Encoders(quick=Drawn())).hits

    assert before.parts.use.usual == MOSTLY
    assert Near(0.5).above(1.0) == Near(0.5).above(0.3) == 0.5
    assert note_usual(collection, Drawn()) == 2
    again = list(Vector.objects.order_by("pk").values_list("usual", flat=True))
    # Vectors are kept in half precision.
    assert np.array(again) == pytest.approx(np.array(measured), abs=1e-3)
    assert note_usual(collection, Drawn()) == 0


@pytest.mark.parametrize("engine", [E5, Use])
def test_what_is_kept_of_the_usual_questions_is_what_the_encoder_makes_of_them(engine):
    encoder = engine()
    (passage,) = encoder.encode([SIRENS.text], ["pt"], "passage")
    asked = [words for language, words in usual_questions() if language == "fr"]
    nearest = np.sort(encoder.encode(asked, ["fr"] * len(asked), "query") @ passage)[-3:]

    (usual,) = usual_of(encoder, passage[None])

    assert usual[LANGUAGES.index("fr")] == pytest.approx(nearest.mean(), abs=1e-3)
    assert len({*usual}) == len(LANGUAGES)
