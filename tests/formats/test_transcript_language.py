"""The language of a transcript: its header, its small words, and the model for the short ones."""

import pytest

from plaza.formats.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Limpieza barrial: ¿cuándo empezamos?"),
        ("pt", "Prefeitura, bairro, chuva, não."),
        ("en", "Flood warnings save lives."),
        ("fr", "Prévention des inondations, quartier par quartier."),
    ],
)
def test_a_line_too_short_for_small_words_is_known_by_the_model(language: str, text: str):
    assert language_of(None, [text]) == language


def test_a_header_of_ours_is_believed_and_one_of_others_is_not():
    text = ["the streets of the city and the people that live in it"]

    assert (language_of("pt-BR", text), language_of("de", text)) == ("pt", "en")


def test_a_greeting_in_another_language_does_not_decide():
    rest = "la ciudad y los vecinos que viven junto al río con sus hijos"

    assert language_of(None, ["good morning to all of you and welcome", *[rest] * 50]) == "es"


def test_two_words_and_any_sounds_have_no_language():
    assert language_of(None, ["[Música de fondo]", "Muchas gracias", "(aplausos)"]) is None
