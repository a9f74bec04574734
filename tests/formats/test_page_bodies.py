"""The bodies of a page, and what a city runs under a name of its own."""

import pytest

from plaza.formats.page import read_text
from plaza.formats.page.body_words import type_of
from plaza.formats.page.figures import figures_in


def bodies(text):
    return [(body["name"], body["type"]) for body in read_text(text)["organisations"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The conference was organized by the World Bank, Northmarsh University and the IDB.",
            [("World Bank", "multilateral"), ("Northmarsh University", "academia"), ("IDB", "multilateral")],
        ),
        ("In a recent webinar in conjunction with UN-Habitat, we discussed data.", [("UN-Habitat", "multilateral")]),
        (
            "En un webinar, junto con la Fundación Remolino Claro, hablamos de parques.",
            [("Fundación Remolino Claro", "civil society")],
        ),
        (
            "Webinar feito em parceria com o Instituto Azulão e a Prefeitura de Serra Alta.",
            [("Instituto Azulão", "other"), ("Prefeitura de Serra Alta", "local government")],
        ),
        (
            "Un atelier organisé avec la Fondation Grange Ouverte et l’Université du Plateau.",
            [("Fondation Grange Ouverte", "civil society"), ("Université du Plateau", "academia")],
        ),
        (
            "Asistió la Secretaría de Innovación, Ciencia y Tecnología.",
            [("Secretaría de Innovación, Ciencia y Tecnología", "local government")],
        ),
        (
            "Organizado por Ethos y por Farolito, el taller reunió a todos.",
            [("Ethos", "other"), ("Farolito", "other")],
        ),
    ],
)
def test_who_holds_or_carries_a_meeting_is_a_body(text, found):
    assert bodies(text) == found


@pytest.mark.parametrize(
    "item",
    [
        "• Ana Ribera, Journalist, Director, Spain",
        "• Ana Ribera, Program Director for Latin America and the Caribbean, Spain",
        "• Ana Ribera, Manager of the Border with Venezuela",
        "• Ana Ribera, Secretary General for Immigration and Emigration, Spain",
        "• Ana Ribera, coordinadora nocturna, Quito",
    ],
)
def test_a_post_a_region_and_a_task_are_no_bodies(item):
    assert bodies(f"Workshop on cities\n• Juan Prado, mayor of Quito\n{item}") == []


def test_a_part_gives_way_to_the_body_it_belongs_to():
    text = "Workshop on cities\n• Ana Ribera, Vice President, Policy and Partnerships, European Investment Bank"

    assert bodies(text) == [("European Investment Bank", "multilateral")]


def test_a_well_known_body_is_one_under_its_names():
    [body] = read_text("The Inter-American Development Bank (IDB) told us more.\nIDB specialists spoke too.")[
        "organisations"
    ]

    assert body == {"name": "Inter-American Development Bank", "type": "multilateral", "lines": [1, 2]}


def test_a_meeting_has_the_bodies_of_its_lines():
    page = read_text(
        "Taller Mercados en marzo de 2021\n• Ana Ribera, profesora de la Universidad del Estero\n\n"
        "Taller Techos en abril de 2021\n• Juan Prado, director de la Fundación Techo Alto"
    )

    assert [meeting["organisations"] for meeting in page["meetings"]] == [
        ["Universidad del Estero"],
        ["Fundación Techo Alto"],
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministerio de Vivienda", "national government"),
        ("Embaixada da França", "national government"),
        ("Cámara de Diputados", "national government"),
        ("Government of Chile", "national government"),
        ("Government of Medellín", "local government"),
        ("Câmara Municipal de Itapetininga", "local government"),
        ("Port Ellerby Town Council", "local government"),
        ("Mayor's Office of Quito", "local government"),
        ("Red Tramarío de Ciudades Ribereñas", "network"),
        ("Union des Maires du Plateau", "network"),
        ("Revista Baldosa Floja", "media"),
        ("Viação Enseada Nova", "company"),
        ("Universidad Nacional", "academia"),
        ("CEPAL", "multilateral"),
        ("Holacode", "other"),
    ],
)
def test_the_words_of_a_name_say_its_type(name, kind):
    assert type_of(name) == kind


def test_shouting_names_no_body():
    assert bodies("WORKSHOP ON OAS AND BAD WEATHER") == []


def test_an_initiative_belongs_to_the_city_of_its_sentence_and_stands_once():
    page = read_text(
        "Quito and Lima met. The prevention strategy “Bájale al Acoso” of the Mayor's Office of Quito helps passengers. "
        "In Lima nothing of the kind is known.\nLearn about the “Bájale al Acoso” initiative: the strategy “Bájale al Acoso”."
    )

    assert page["initiatives"] == [{"name": "Bájale al Acoso", "city": "Quito", "line": 1}]


def test_an_initiative_without_a_city_has_none():
    assert read_text("La iniciativa «Calle Cometa» llegó lejos.")["initiatives"] == [
        {"name": "Calle Cometa", "city": None, "line": 1}
    ]


@pytest.mark.parametrize(
    ("text", "said", "unit"),
    [
        ("more than 2,700 complaints of harassment", "more than 2,700 complaints", "complaints"),
        ("más de 200 ciudades en la región", "más de 200 ciudades", "ciudades"),
        ("21 aggressors have been sentenced", "21 aggressors", "aggressors"),
        ("over 30 female officials and leaders", "over 30 female officials", "female officials"),
        ("unos 3.200 metros cúbicos al año", "unos 3.200 metros cúbicos", "metros cúbicos"),
        ("64 escuelas guardan agua", "64 escuelas", "escuelas"),
        ("más de 70 millones de pesos", "más de 70 millones de pesos", "pesos"),
        ("1,2 million d’euros pour", "1,2 million d’euros", "euros"),
        ("4.5 degrees at noon", "4.5 degrees", "degrees"),
        ("custa R$ 3,5 milhões por ano", "R$ 3,5 milhões", "R$"),
        ("hasta un 18 % del gasto", "hasta un 18 %", "%"),
        ("50 people moved", "50 people", "people"),
    ],
)
def test_a_figure_keeps_its_comparator_and_a_unit_that_is_one(text, said, unit):
    figure = figures_in(text)[0]

    assert (figure.text, figure.unit) == (said, unit)
