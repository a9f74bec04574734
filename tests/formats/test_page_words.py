"""Figures, people and cities in single sentences."""

import pytest

from plaza.formats.page.cities import cities_in
from plaza.formats.page.figures import figures_in
from plaza.formats.page.gazetteer import gazetteer
from plaza.formats.page.lines import lines_of
from plaza.formats.page.names import mentions


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("more than 2,700 complaints were received, 71 cases", [2700, 71]),
        ("atiende hoy 1.240 familias y custa R$ 3,5 milhões", [1240, 3_500_000]),
        ("31 mil moradores votaram; 41% dos votos", [31_000, 41]),
        ("chegaram 2,4 mil avisos; 310 viraram boletim e 44 foram", [2400, 310, 44]),
        ("mil 385 municipios", [1385]),
        ("el 12 de marzo de 2021 a las 10:00 h, Ley 27 y la Agenda 2030", []),
        ("1st prize, 3º encontro, 2019", []),
        ("desde 2015", []),
    ],
)
def test_figures_count_something(text, values):
    assert [figure.value for figure in figures_in(text)] == values


@pytest.mark.parametrize(
    ("text", "comparator"),
    [("more than 30 cities", ">"), ("hasta un 18 %", "<="), ("unas 1.900 personas", "~"), ("9 años", None)],
)
def test_a_figure_says_whether_it_is_exact(text, comparator):
    assert figures_in(text)[0].comparator == comparator


def people(text, *, item=False, listed=False):
    return [(each.name, each.role) for each in mentions(text, gazetteer(), listed=listed, item=item)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Claudio Castro, Mayor of Renca, Chile", [("Claudio Castro", "Mayor")]),
        (
            "Richard Florida, urban planner and professor at the School of Cities",
            [("Richard Florida", "urban planner and professor")],
        ),
        ("Modera: Inés Valdelomar, periodista de Radio Junco Verde", [("Inés Valdelomar", "periodista")]),
    ],
)
def test_an_item_of_a_list_is_a_person_with_a_post(text, expected):
    assert people(text, item=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We share the presentation of IDB specialist, Nora Libertun.", [("Nora Libertun", "specialist")]),
        ("Mayor Federico Gutiérrez told us how", [("Federico Gutiérrez", "Mayor")]),
        (
            "from Luciano Rezende, Mayor of Vitoria; Osman Aguilar Ponce, Municipal Councilor",
            [("Luciano Rezende", "Mayor"), ("Osman Aguilar Ponce", "Municipal Councilor")],
        ),
        (
            "Participan: Laura Rincón, Dani Cabezas y Rafa Vidiella.",
            [("Laura Rincón", None), ("Dani Cabezas", None), ("Rafa Vidiella", None)],
        ),
        ("el alcalde de Aguaviva del Sur, Evaristo Montellano, explicó", [("Evaristo Montellano", "alcalde")]),
        ("Com Jandira Tavolara, ouvidora-geral de Barra do Ipezal.", [("Jandira Tavolara", "ouvidora-geral")]),
    ],
)  # fmt: skip
def test_people_in_running_text_are_found_with_what_they_are(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Inter-American Development Bank and the Cities Lab met in Buenos Aires.",
        "El foro «Orillas con Memoria» se hizo en la Universidad del Estero Largo.",
        "Discussed in Panama City with the Ministry of Foreign Affairs.",
        "Santo Domingo, República Dominicana",
    ],
)
def test_bodies_places_and_titles_are_no_people(text):
    assert people(text) == []


def cities(text):
    return [(city.name, city.country) for city in cities_in(lines_of(text), gazetteer())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the cases of Madrid, Medellin, Montevideo and Seville",
            [("Madrid", "ES"), ("Medellin", "CO"), ("Montevideo", "UY"), ("Seville", "ES")],
        ),
        ("Martin Llaryora, Mayor of Cordoba, Argentina", [("Cordoba", "AR")]),
        ("Guayaquil, 5 y 6 de octubre de 2017", [("Guayaquil", "EC")]),
        ("Workshop “X” - Washington D.C., September 2017", [("Washington", "US")]),
        ("directora de aguas de Cerro Bermejal", [("Cerro Bermejal", None)]),
    ],
)  # fmt: skip
def test_a_city_is_where_the_text_means_a_place(text, expected):
    assert cities(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Claudio Castro spoke of Colombia and El Salvador",
        "professor at the University of California",
        "Richard Florida, urban planner",
        "the Marco de Sendai and Nuevo León",
    ],
)
def test_a_surname_a_country_or_a_bodys_name_is_no_city(text):
    assert cities(text) == []
