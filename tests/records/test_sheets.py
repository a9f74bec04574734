"""A sheet comes in: matched, looked through without writing, taken in, with a line in the ledger for each row."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core import history
from plaza.core.models import HistoryEntry, Origin
from plaza.core.records import record_kinds
from plaza.core.sheets import as_xlsx
from plaza.core.translations import translate
from plaza.directory.models import City, Membership, Person
from plaza.formats.table import NotATable
from plaza.meetings.models import Meeting, Series
from plaza.records.choices import Effect, SheetState
from plaza.records.domain import sheets, writing
from plaza.records.domain.matching import suggested
from plaza.records.domain.sheets import apply_sheet, counted, look_through, match, notes_of, receive_sheet, take_in
from plaza.records.models import Sheet, SheetRow
from tests.records.test_by_hand import KINDS

PEOPLE = """Nombre;Idioma
Ana Ribera;português
Marta Lejana;es
Luis Prado;es
"""


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


@pytest.fixture(autouse=True)
def _in_spanish():
    with override("es"):
        yield


def received(network, text, kind="people", language="es"):
    data = text if isinstance(text, bytes) else text.encode()
    return receive_sheet(kind=record_kinds[kind], data=data, name="hoja.csv", language=language, by=network.secretary)


def seen(network, text, kind="people", empties=False):
    sheet = received(network, text, kind)
    match(sheet=sheet, matching=sheet.matching, empties=empties, by=network.secretary)
    look_through(sheet)
    return Sheet.objects.get(pk=sheet.pk)


def taken_in(network, text, kind="people", empties=False):
    sheet = seen(network, text, kind, empties)
    apply_sheet(take_in(sheet=sheet, by=network.secretary))
    return Sheet.objects.get(pk=sheet.pk)


def foreseen(sheet):
    return [(row.number, row.foreseen) for row in sheet.rows.all()]


def became(sheet):
    return [(row.number, row.effect, row.record) for row in sheet.rows.all()]


def exported(kind, network):
    rows = record_kinds[kind].visible_to(network.secretary)
    return "".join(writing.as_csv(writing.rows_of(record_kinds[kind], rows))).encode()


def everything():
    """All that is kept, but for the sheets themselves."""
    return (
        list(Person.objects.order_by("pk").values()),
        list(Meeting.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        list(City.objects.order_by("pk").values()),
    )


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


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_back_without_a_difference(network, kind):
    for language in ("pt", "fr"):
        translate(
            subject=network.meetings["river"], field="title", language=language, text=f"=rio ({language})",
            origin=Origin.MACHINE, by=None,
        )  # fmt: skip
    before = everything()

    sheet = taken_in(network, exported(kind, network), kind)

    assert {row.effect for row in sheet.rows.all()} <= {Effect.SAME}
    assert everything() == before


def test_a_workbook_comes_back_without_a_difference_in_another_language(network):
    with override("fr"):
        rows = record_kinds["meetings"].visible_to(network.secretary)
        data = b"".join(as_xlsx(writing.rows_of(record_kinds["meetings"], rows)))
    before = everything()

    sheet = taken_in(network, data, "meetings")

    assert [row.effect for row in sheet.rows.all()] == [Effect.SAME] * 3
    assert everything() == before


NAMES = st.text(
    st.sampled_from("=+-@'\" ,;|\t\nÑé") | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_no_name_is_changed_by_going_out_and_coming_back(network, name):
    Person.objects.filter(pk=network.people["Ana Ribera"].pk).update(name=name)

    sheet = taken_in(network, exported("people", network))

    assert {row.effect for row in sheet.rows.all()} == {Effect.SAME}
    assert Person.objects.get(pk=network.people["Ana Ribera"].pk).name == name


@pytest.mark.parametrize("live", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://198.51.100.7/")'])
def test_a_formula_that_comes_in_is_words_and_never_goes_out_alive(network, live):
    taken_in(network, "Nombre\n" + '"' + live.replace('"', '""') + '"\n')

    assert Person.objects.get(name=live)
    cells = [cell for row in csv.reader(io.StringIO(exported("people", network).decode())) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert f"'{live}" in cells


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
def test_columns_are_matched_by_what_people_call_them(network, header, kind, matched):
    assert suggested(record_kinds[kind], header.split(";")) == matched


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_our_own_headers_are_matched_in_each_language(network, kind, language):
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


def test_a_long_sheet_is_left_to_a_job(network):
    text = "Nombre\n" + "".join(f"Persona {n}\n" for n in range(101))
    sheet = received(network, text)

    match(sheet=sheet, matching=sheet.matching, empties=False, by=network.secretary)

    assert ProcrastinateJob.objects.filter(task_name="plaza.records.tasks.look_through").count() == 1


def test_a_sheet_is_brought_in_by_its_pages(network, secretary):
    file = SimpleUploadedFile("personas.csv", PEOPLE.encode("cp1252"))
    there = secretary.post("/es/workspace/records/people/sheet/", {"file": file})["Location"]
    assert SheetRow.objects.count() == 3

    assert "Nombre" in secretary.get(there).text
    secretary.post(there, {"deed": "match", "c0": "name", "c1": "language"})
    assert "Marta" not in " ".join(Person.objects.values_list("name", flat=True))
    secretary.post(there, {"deed": "take in"})

    assert Person.objects.filter(name="Marta Lejana").count() == 1
    rows = list(
        csv.reader(io.StringIO(b"".join(secretary.get(f"{there}ledger.csv").streaming_content).decode("utf-8-sig")))
    )
    assert [(row[0], row[2]) for row in rows[1:]] == [("2", "ana-ribera"), ("3", "marta-lejana"), ("4", "luis-prado")]


def test_rows_put_aside_are_taken_away_mended_and_sent_again(network, secretary):
    sheet = taken_in(network, "Nombre;Idioma\nMarta Lejana;klingon\nJulia;es\n")

    data = b"".join(secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/aside.csv").streaming_content)
    mended = taken_in(network, data.replace(b"klingon", b"pt"))

    assert became(mended) == [(2, Effect.MADE, "marta-lejana")]


@pytest.mark.parametrize("matching", [{}, {"c0": "name", "c1": "name"}, {"c0": "password"}])
def test_a_matching_that_cannot_be_is_said(network, secretary, matching):
    sheet = received(network, PEOPLE)

    answer = secretary.post(f"/es/workspace/records/sheets/{sheet.pk}/", {"deed": "match"} | matching)

    assert answer.status_code == 422
    assert Sheet.objects.get().state == SheetState.RECEIVED


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\x03" * 900, b"%PDF-1.4", b"a" * (10 * 1024 * 1024 + 1)])
def test_what_is_no_sheet_is_said_and_nothing_is_kept(network, secretary, data):
    answer = secretary.post("/es/workspace/records/people/sheet/", {"file": SimpleUploadedFile("x.csv", data)})

    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.text
    assert not Sheet.objects.exists()


def test_cells_are_forgotten_in_time_and_the_ledger_stays(network):
    sheet = taken_in(network, "Nombre;Idioma\nMarta Lejana;klingon\nJulia;es\n")
    Sheet.objects.update(at=timezone.now() - dt.timedelta(days=91))

    assert sheets.forget_cells(timezone.now()) == 1
    assert [(row.number, row.effect, row.cells) for row in sheet.rows.all()] == [(2, "aside", []), (3, "made", [])]
    assert sheet.rows.get(number=2).why


def test_markup_in_a_sheet_stays_words(network, secretary):
    sheet = seen(network, "Nombre\n<script>alert(1)</script>\n")

    assert "<script>alert(1)" not in secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/").text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_costs_the_same_for_few_records_and_for_many(network, secretary, form, django_assert_max_num_queries):
    counts = []
    for times in (3, 27):
        for n in range(times):
            Meeting.objects.create(title="M", slug=f"m-{times}-{n}", language="es").places.add(
                network.cities["Riberas"]
            )
        secretary.get("/es/workspace/records/")
        with django_assert_max_num_queries(12) as asked:
            b"".join(secretary.get(f"/es/workspace/records/meetings/export.{form}").streaming_content)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_page_of_a_sheet_costs_the_same_for_few_rows_and_for_many(
    network, secretary, django_assert_max_num_queries
):
    counts = []
    for rows in (3, 30):
        sheet = seen(network, "Nombre\n" + "".join(f"Persona {n}\n" for n in range(rows)))
        secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/")
        with django_assert_max_num_queries(12) as asked:
            secretary.get(f"/es/workspace/records/sheets/{sheet.pk}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
