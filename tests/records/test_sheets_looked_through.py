"""A sheet is matched and looked through without writing: what it would do is shown and said."""

import pytest
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core.records import record_kinds
from plaza.directory.models import Person
from plaza.records.choices import Effect, SheetState
from plaza.records.domain.matching import suggested
from tests.records.forms import KINDS
from tests.records.sheets import PEOPLE, everything, foreseen, seen, taken_in

pytestmark = pytest.mark.usefixtures("in_spanish")


def test_a_dry_run_shows_each_row_and_writes_nothing(network):
    before = everything()

    sheet = seen(network, PEOPLE)

    assert foreseen(sheet) == [(2, Effect.CHANGED), (3, Effect.MADE), (4, Effect.SAME)]
    assert sheet.rows.get(number=2).differences == [["language", "Español", "Português"]]
    assert sheet.state == SheetState.SEEN
    assert everything() == before


def test_a_dry_run_knows_what_only_the_deed_refuses(network):
    before, jobs = everything(), ProcrastinateJob.objects.count()

    posts = seen(
        network, "Persona;Cargo;Ciudad;Desde;Hasta\nAna Ribera;Jefa;;;\nLuis Prado;Jefe;Riberas;2024;2023\n", "posts"
    )
    cities = seen(network, "Ciudad;País;Membresía\nRiberas;Ecuador;invitada\n", "cities")
    meetings = seen(network, "Título;Resumen\nEl río y las sirenas;Otro\nUno más;\n", "meetings")

    assert [row.foreseen for row in posts.rows.all()] == [Effect.ASIDE, Effect.ASIDE]
    assert [row.foreseen for row in cities.rows.all()] == [Effect.ASIDE]
    assert [row.foreseen for row in meetings.rows.all()] == [Effect.CHANGED, Effect.MADE]
    assert everything() == before
    assert ProcrastinateJob.objects.count() == jobs


@pytest.mark.parametrize(
    ("header", "kind", "matched"),
    [
        ("Título;Fecha;Ciudad;Notas internas", "meetings", {"0": "title", "1": "date", "2": "places"}),
        ("TITRE *;Date;Lieu", "meetings", {"0": "title", "1": "date", "2": "places"}),
        ("Nome completo;Língua", "people", {"0": "name", "1": "language"}),
        ("Name;Language;ID", "people", {"0": "name", "1": "language", "2": "id"}),
        ("Titulo;Titulo;Resumem", "meetings", {"0": "title", "2": "summary"}),
        ("foo;bar", "people", {}),
    ],
)
def test_columns_are_matched_by_what_people_call_them(header, kind, matched):
    assert suggested(record_kinds[kind], header.split(";")) == matched


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_our_own_headers_are_matched_in_each_language(kind, language):
    which = record_kinds[kind]
    with override(language):
        headers = ["id", *(str(column.label) for column in which.columns)]

    names = ["id", *(column.name for column in which.columns)]
    assert suggested(which, headers) == {str(at): name for at, name in enumerate(names)}


def test_titles_above_two_headers_and_names_that_come_twice_are_said(network):
    titles = "Red de Prueba;;\nPersonas de 2026;;\n\n"
    text = titles + "Nombre;Idioma;Nombre\nMarta;es;x\nNombre;Idioma;Nombre\nName;Language;\nJulia;pt;y\n"

    sheet = taken_in(network, text)

    assert (sheet.header_row, sheet.columns) == (4, ["Nombre", "Idioma", "Nombre"])
    assert [note[0] for note in sheet.notes] == ["titles", "twice", "headers", "headers"]
    assert [(row.number, row.effect) for row in sheet.rows.all()] == [
        (5, Effect.MADE), (6, Effect.ASIDE), (7, Effect.ASIDE), (8, Effect.MADE),
    ]  # fmt: skip
    assert not Person.objects.filter(name__in=["Nombre", "Name"]).exists()
