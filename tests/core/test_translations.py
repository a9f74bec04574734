import pytest

from plaza.core import history
from plaza.core.models import Origin
from plaza.core.translations import Words, WouldOverwriteAPerson, translate


@pytest.fixture
def work(network):
    return network.recordings["river"].work


def test_words_fall_back_to_the_records_own_language(work):
    assert work.words("title", "fr") == Words("El río y las sirenas", "es", None)


def test_a_translation_is_shown_with_its_origin(work):
    translate(subject=work, field="title", language="fr", text="Le fleuve", origin=Origin.MACHINE, by=None)

    assert work.words("title", "fr") == Words("Le fleuve", "fr", Origin.MACHINE)
    assert work.words("title", "fr").is_machine


def test_a_machine_never_takes_the_place_of_a_person(work, network):
    translate(
        subject=work,
        field="title",
        language="fr",
        text="Le fleuve",
        origin=Origin.HUMAN,
        by=network.secretary,
    )

    with pytest.raises(WouldOverwriteAPerson):
        translate(subject=work, field="title", language="fr", text="La rivière", origin=Origin.MACHINE, by=None)

    assert work.words("title", "fr").text == "Le fleuve"


def test_a_field_that_is_not_translated_is_refused(work):
    with pytest.raises(ValueError, match="no translated field"):
        translate(subject=work, field="slug", language="fr", text="x", origin=Origin.HUMAN, by=None)


def test_what_happened_to_a_work_is_told_in_order(work):
    assert [entry.verb for entry in history.of(work)] == ["received", "transcribed", "published"]
