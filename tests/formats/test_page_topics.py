"""What a meeting is about, by its words."""

import json
from pathlib import Path

import pytest

from plaza.formats.page import read
from plaza.formats.page.lines import lines_of
from plaza.formats.page.topics import MOST, topics_of
from tools.pages.about import about, total
from tools.topics import MADE, TAXONOMY

PAGES = Path(__file__).parent / "pages"
LEAVES = {
    f"{topic['id']}/{leaf['id']}"
    for topic in json.loads(TAXONOMY.read_text("utf-8"))["topics"]
    for leaf in topic["leaves"]
}


def about_text(text, title=None, **told):
    return topics_of(title, lines_of(text), **told)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Hablamos de la recolección selectiva de residuos y de las recicladoras.", ["water/waste"]),
        ("Falamos da coleta seletiva do lixo e das catadoras.", ["water/waste"]),
        ("We talked about landfills and about those who recycle.", ["water/waste"]),
        ("Nous avons parlé des déchets et du compostage.", ["water/waste"]),
        ("Cómo reducir la huella de carbono", ["climate/decarbonization"]),
        ("Bornes de recharge pour véhicules électriques", ["mobility/electromobility"]),
        (
            "Affordable housing for those who rent: rent control and tenants",
            ["housing/rental-finance"],
        ),
        ("Budget participatif et conseils de quartier", ["governance/participation"]),
    ],
)
def test_a_topic_is_heard_in_four_languages(text, topics):
    assert about_text(text) == topics


@pytest.mark.parametrize(
    "text",
    [
        "Aguaviva y Marco Bosque saludaron a los invitados.",
        "The business of the day was business as usual.",
        "Curso de formación para los nuevos miembros del equipo",
        "Una red de conocimiento urbano y municipal",
        "We are a network of cities: knowledge for urban life",
        "Reunião ordinária, quarta-feira, 10 de março",
        "Data: 12 de maio",
        "Lugar: Parque de las Aguas, calle del Mercado 12",
        "Un metro de tela por persona",
        "We will walk you through the agenda.",
        "Photos de la séance, ordre du jour, questions diverses",
        "Plaza limitada: inscríbase en la app.",
        "… --- …",
        "",
    ],
)
def test_common_words_say_nothing(text):
    assert about_text(text) == []


def test_accents_case_and_plurals_do_not_matter():
    assert about_text("INUNDACIONES") == about_text("inundación") == ["risk/floods-drainage"]


def test_two_words_far_apart_on_a_line_say_together_what_neither_says():
    assert about_text("¿Cómo se denuncia el acoso en un bus?")[0] == "inclusion/harassment-transport"
    assert "housing/housing-women" in about_text("Que las mujeres tengan una vivienda a su nombre")


def test_the_title_comes_before_the_text():
    assert about_text("Vimos también un parque.", title="Catastro y predial")[0] == "finance/own-revenue"


def test_names_of_bodies_cities_and_people_are_not_what_it_is_about():
    text = "Presentó la directora de la Fundación Agua Potable de Puerto Turismo."

    assert about_text(text) != []
    assert about_text(text, names=["Fundación Agua Potable", "Puerto Turismo"]) == []


def test_what_a_speaker_sees_to_counts_less_than_what_is_spoken_of():
    text = "Bicicletas para todos\n• Ana Ribera, secretaria de turismo, Riberas"

    assert about_text(text, of_people=frozenset([2])) == ["mobility/active-mobility"]


def test_three_topics_at_most():
    text = "Turismo, migrantes, biodiversidad, catastro, inundaciones, residuos, bicicletas"

    assert len(about_text(text)) == MOST


def test_every_code_is_a_leaf_and_the_words_of_the_taxonomy_are_those_of_today():
    own = {line[1:-1] for line in (MADE.parent / "topics.txt").read_text("utf-8").splitlines() if line.startswith("[")}

    assert own == LEAVES
    assert {row.split("\t")[0] for row in MADE.read_text("utf-8").splitlines()} == LEAVES


def test_the_annotated_pages_are_classified_well_enough():
    told = [
        about(read((PAGES / f"{truth.name[:-10]}.txt").read_bytes()), json.loads(truth.read_text("utf-8")))
        for truth in sorted(PAGES.glob("*.gold.json"))
        if (PAGES / f"{truth.name[:-10]}.txt").exists()
    ]
    found = total(told)

    assert found["topics"].precision >= 0.75
    assert found["topics"].f1 >= 0.70
    assert min(found["organisations"].precision, found["organisations"].recall) >= 0.85
    assert found["types of organisations"].precision >= 0.85
