"""Where a meeting was held, as apart from what it was about."""

import pytest

from plaza.formats.page import read_text


def held(text):
    return [(meeting["places"] and [place["name"] for place in meeting["places"]], meeting["cities"])
            for meeting in read_text(text)["meetings"]]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mercados abiertos\nTaller, Guayaquil, 12 de marzo de 2021", ["Guayaquil"]),
        ("• Forum «Petites gares», Gand, Belgique, mai 2016. Publication", ["Gand"]),
        ("• Nov 2017 | Workshop \"Reading a balance sheet\" | Leeds | Report\n"
         "• June 2017 | Course \"Traffic counts\" | Durban | Agenda", ["Leeds", "Durban"]),
        ("Housing for newcomers\nA conference held in mid-September 2019 in Montevideo asked what a town owes.",
         ["Montevideo"]),
        ("Um fórum\nA conferência Fronteira, realizada em Belém e Manaus em maio de 2019, tratou da chegada.",
         ["Belém", "Manaus"]),
        ("Parler du deuil\nC'était le sujet d'une conversation tenue au printemps 2019, à Genève.", ["Genève"]),
        ("Panel at the Climate Conference 2019 - COP25. Madrid, December 2019\nThe path of a resilient city", ["Madrid"]),
    ],
)  # fmt: skip
def test_a_place_is_where_the_page_says_it_was_held(text, expected):
    assert [place for places, _ in held(text) for place in places] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Street lights\nWebinar, 9 February 2021. Guests: Joseph Otwendo, head of parks in Quito, and others.",
        "¿Puede un techo dar agua?\nEl webinar del 12 de marzo contó lo aprendido en Guayaquil, donde 64 escuelas ahorran.",
        "Webinar: alcaldes\nHablamos con:\n• Ana Ribera, alcaldesa de Quito, Ecuador\n• Luis Prado, alcalde de Bogotá, Colombia",
    ],
)
def test_a_city_that_was_spoken_of_is_not_where_it_was_held(text):
    found = held(text)

    assert [places for places, _ in found if places] == []
    assert any(cities for _, cities in found)


def test_a_day_of_a_week_was_held_where_the_week_was():
    text = "SEMANA DE LA MOVILIDAD\nRosario, del 3 al 7 de junio de 2019\n\nLunes 3. Taller «Calles para jugar»\nCon vecinos.\n"

    assert [places for places, _ in held(text)][-1] == ["Rosario"]


@pytest.mark.parametrize("word", ["Online", "Virtual", "Zoom", "Fotos", "Agenda"])
def test_a_word_that_is_no_place_is_none(word):
    text = f"• Nov 2017 | Workshop «Reading a balance sheet» | {word}\n• June 2017 | Course «Traffic counts» | Durban"

    assert held(text) == [([], []), (["Durban"], [])]


def test_a_city_placed_once_is_meant_wherever_it_stands_alone():
    text = (
        "Taller de seguridad\nMedellín es una ciudad que cambió. Vimos cómo Medellín enfrentó el miedo.\n\n"
        "Otro taller\nAprendimos otra vez de lo que Medellín hizo.\nGrabación"
    )

    assert [(city["name"], city["lines"]) for city in read_text(text)["cities"]] == [("Medellín", [2, 5])]
