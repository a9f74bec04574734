"""A sheet is taken in, with a line in the ledger for each row; what cannot be is put aside."""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.core import history
from plaza.core.models import HistoryEntry
from plaza.directory.models import Membership, Person
from plaza.formats.table import NotATable
from plaza.meetings.models import Meeting, Series
from plaza.records.choices import Effect
from plaza.records.domain import sheets
from plaza.records.domain.sheets import apply_sheet, counted, notes_of, take_in
from plaza.records.models import Sheet
from tests.records.sheets import PEOPLE, became, everything, foreseen, received, seen, taken_in

pytestmark = pytest.mark.usefixtures("in_spanish")


def test_what_was_seen_is_what_is_done(network):
    sheet = taken_in(network, PEOPLE)

    assert became(sheet) == [
        (2, Effect.CHANGED, "ana-ribera"), (3, Effect.MADE, "marta-lejana"), (4, Effect.SAME, "luis-prado"),
    ]  # fmt: skip
    assert Person.objects.get(slug="ana-ribera").language == "pt"
    assert history.of(Person.objects.get(slug="marta-lejana")).get().by == network.secretary
    assert [row.cells for row in sheet.rows.all()] == [[], [], []]


def test_the_same_file_twice_makes_nothing_new_and_changes_nothing(network):
    taken_in(network, PEOPLE)
    before, told = everything(), HistoryEntry.objects.exclude(verb__startswith="sheet").count()

    again = taken_in(network, PEOPLE)

    assert counted(again, "effect")[Effect.SAME] == 3
    assert everything() == before
    assert HistoryEntry.objects.exclude(verb__startswith="sheet").count() == told
    assert "ya se incorporó" in notes_of(again)[0] or "taken in" in notes_of(again)[0]


def test_titles_that_make_one_address_are_one_series(network):
    taken_in(network, "Título\nRíos\n", "series")

    assert [row.effect for row in taken_in(network, "Título\nRíos!\n", "series").rows.all()] == [Effect.CHANGED]
    assert [row.effect for row in taken_in(network, "Título\nRíos!\n", "series").rows.all()] == [Effect.SAME]
    assert Series.objects.get().title == "Ríos!"


def test_a_post_that_is_there_twice_is_no_obstacle(network):
    for _ in range(2):
        network.cities["Riberas"].posts.create(label="Jefa", language="es")

    sheet = taken_in(network, "Persona;Cargo;Ciudad\nAna Ribera;Jefa;Riberas\n", "posts")

    assert [row.effect for row in sheet.rows.all()] == [Effect.MADE]


def test_two_rows_of_one_record_the_second_is_put_aside(network):
    sheet = taken_in(
        network, "id;Nombre;Idioma\nana-ribera;;pt\n;Ana Ribera;fr\n;Nueva Persona;es\n;nueva  persona;pt\n"
    )

    assert became(sheet) == [
        (2, Effect.CHANGED, "ana-ribera"), (3, Effect.ASIDE, "ana-ribera"), (4, Effect.MADE, "nueva-persona"),
        (5, Effect.ASIDE, ""),
    ]  # fmt: skip
    assert ["2" in sheet.rows.get(number=3).why, "4" in sheet.rows.get(number=5).why] == [True, True]
    assert foreseen(sheet) == [(2, "changed"), (3, "aside"), (4, "made"), (5, "aside")]


MEETINGS = "Título;Fecha;Ciudad;Tipo\n{}\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Agua;31/02/2026;;", "31/02/2026"),
        ("Agua;2026-13-01;;", "2026-13-01"),
        ("Agua;el jueves;;", "el jueves"),
        ("Agua;2026;Atlántida;", "Atlántida"),
        ("Agua;2026;Riberas;fiesta", "fiesta"),
        (";2026;Riberas;taller", "Título"),
        ("x" * 301 + ";2026;;", "300"),
    ],
)
def test_a_row_that_cannot_be_is_put_aside_and_the_others_are_taken_in(network, row, said):
    sheet = taken_in(network, MEETINGS.format(row) + "Bosque;12/03/2026;Riberas;taller\n", "meetings")

    (bad, good) = sheet.rows.all()
    assert (bad.effect, good.effect) == (Effect.ASIDE, Effect.MADE)
    assert said in bad.why
    assert bad.cells == row.rstrip(";").split(";")
    meeting = Meeting.objects.get(title="Bosque")
    assert (meeting.kind, str(meeting.date.start), meeting.places.get().slug) == ("workshop", "2026-03-12", "riberas")


def test_a_name_that_several_have_is_put_aside_with_the_ids_to_choose_from(network):
    Person.objects.create(name="Ana Ribera", slug="ana-ribera-2")

    sheet = taken_in(
        network, "Persona;Cargo;Ciudad\nAna Ribera;Jefa;Riberas\nAna Ribera (ana-ribera-2);Jefa;Riberas\n", "posts"
    )

    assert [row.effect for row in sheet.rows.all()] == [Effect.ASIDE, Effect.MADE]
    assert "ana-ribera, ana-ribera-2" in sheet.rows.get(number=2).why
    assert Membership.objects.get(post__label="Jefa").person.slug == "ana-ribera-2"


def test_an_id_that_nobody_has_makes_no_new_record(network):
    before = Person.objects.count()

    sheet = taken_in(network, "id;Nombre\nnadie;Nadie\n")

    assert became(sheet) == [(2, Effect.ASIDE, "")]
    assert Person.objects.count() == before


def test_an_empty_cell_leaves_what_is_there_unless_it_is_to_empty_it(network):
    text = "id;Idioma\nana-ribera;\n"

    with pytest.raises(NotATable):
        received(network, b";;\n")
    assert foreseen(seen(network, text)) == [(2, Effect.SAME)]
    assert foreseen(taken_in(network, text, empties=True)) == [(2, Effect.CHANGED)]
    assert Person.objects.get(slug="ana-ribera").language == ""


def test_rows_in_are_made_and_changed_and_same_and_put_aside(network):
    sheet = taken_in(network, PEOPLE + "x;klingon\n;\nAna Ribera;es\n")

    counts = counted(sheet, "effect")
    assert sum(counts.values()) == sheet.rows.count() == 5
    assert counts[Effect.WAITING] == 0


def test_who_is_stopped_in_the_middle_goes_on_and_doubles_nothing(network, monkeypatch):
    text = "Nombre\n" + "".join(f"Persona {n}\n" for n in range(90))
    sheet = take_in(sheet=seen(network, text), by=network.secretary)
    real, calls = sheets.do, []

    def stopped(*words):
        calls.append(words)
        if len(calls) == 53:
            raise KeyboardInterrupt
        return real(*words)

    monkeypatch.setattr(sheets, "do", stopped)
    with pytest.raises(KeyboardInterrupt):
        apply_sheet(sheet)
    assert Person.objects.filter(name__startswith="Persona").count() == sheet.rows.filter(effect="made").count() == 40

    monkeypatch.setattr(sheets, "do", real)
    apply_sheet(sheet)
    apply_sheet(sheet)

    assert Person.objects.filter(name__startswith="Persona").count() == 90
    assert set(sheet.rows.values_list("effect", flat=True)) == {"made"}


def test_cells_are_forgotten_in_time_and_the_ledger_stays(network):
    sheet = taken_in(network, "Nombre;Idioma\nMarta Lejana;klingon\nJulia;es\n")
    Sheet.objects.update(at=timezone.now() - dt.timedelta(days=91))

    assert sheets.forget_cells(timezone.now()) == 1
    assert [(row.number, row.effect, row.cells) for row in sheet.rows.all()] == [(2, "aside", []), (3, "made", [])]
    assert sheet.rows.get(number=2).why
