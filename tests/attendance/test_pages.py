"""The secretariat's pages: a report comes in, is asked about, looked through, and read."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from plaza.attendance.choices import Match
from plaza.attendance.models import AttendanceImport, AttendanceRow
from plaza.core.dates import ImpreciseDate
from plaza.core.languages import LANGUAGES
from plaza.directory.models import City
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.attendance import MOST_BYTES
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.doors import desk_of
from plaza.meetings.domain.programme import add_meeting, open_series
from plaza.meetings.models import Meeting
from tests.attendance.conftest import ANA, GUEST, HEAD, LUIS, PHONE, report_of

DESK = "/es/workspace/meetings/encuentro/attendance/"


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def send(client, data, name="reporte.csv"):
    return client.post(DESK, {"file": SimpleUploadedFile(name, data)})


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("reporte.csv", report_of(ANA))
    return out.getvalue()


def test_a_report_is_sent_settled_and_read(secretary, held, network):
    answer = send(
        secretary, report_of("L. Prado,,12/03/2026 10:00,12/03/2026 11:00,60,Riberas", PHONE.replace("Z", ""))
    )
    report = AttendanceImport.objects.get()
    page = f"/es/workspace/attendance/{report.pk}/"

    assert answer["Location"] == page
    asked = secretary.get(page).text
    assert '<option value="America/Guayaquil">' in asked
    assert [line for line in asked.splitlines() if "selected" in line and "Guayaquil" in line] == []
    assert secretary.post(page, {"deed": "times", "zone": ""}).status_code == 422
    assert secretary.post(page, {"deed": "times", "zone": "Nowhere/Land"}).status_code == 422
    assert secretary.post(page, {"deed": "times", "zone": "America/Guayaquil"}).status_code == 302

    row = report.rows.get(number=1)
    luis = network.people["Luis Prado"]
    shown = secretary.get(page).text
    assert (luis.name in shown, f'value="{luis.pk}"' in shown) == (True, True)
    refused = secretary.post(f"{page}1/", {"deed": "another", "r1-name": "Nadie Así"})
    assert (refused.status_code, "Nadie Así" in refused.text) == (422, True)
    assert secretary.post(f"{page}1/", {"deed": "this", "person": str(luis.pk)}).status_code == 302
    row.refresh_from_db()
    assert (row.match, row.person) == (Match.DECIDED, luis)
    read = secretary.get(DESK)
    assert [(each.name, each.minutes) for each, *_ in read.context["people"]] == [("iPhone", 30), ("Luis Prado", 60)]
    assert read.context["figures"].cities == [(network.cities["Riberas"], 1), (None, 1)]


BAD = {
    "100 MB CSV": (HEAD.encode() + b"\n" + b"x" * (MOST_BYTES + 1), "10 MB"),
    "zip named .csv": (zipped(), "archivo comprimido"),
    "NUL bytes": (b"\0" * 5000, ""),
    "nothing": (b"", ""),
    "something else": (b"Fecha;Titulo\n2026-03-12;Agua\n", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_sentence_and_nothing_is_kept(secretary, held, name):
    answer = send(secretary, BAD[name][0])

    assert answer.status_code == 422
    (sentence,) = answer.context["form"].errors["file"]
    assert sentence
    assert not AttendanceImport.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_report_in_another_encoding_is_the_same_report(secretary, held, encoding):
    send(
        secretary,
        report_of("João Mar,,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,Porto Mar").decode().encode(encoding),
    )

    assert AttendanceRow.objects.get().person.name == "João Mar"


def test_nul_bytes_and_marks_of_direction_in_a_name_are_gone(secretary, held):
    send(secretary, report_of(ANA.replace("Ana", "A\0n\u202ea")))

    assert AttendanceRow.objects.get().name == "Ana Ribera"


@pytest.mark.parametrize(
    ("day", "is_asked"), [("2026-03-12", False), ("2026-03-13", False), ("2026-03-19", True), ("2021-03-12", True)]
)
def test_a_report_of_another_day_than_the_meeting_is_asked_about(receive, secretary, day, is_asked):
    report = receive(ANA.replace("2026-03-12", day))

    assert ("¿Es el informe de esta reunión?" in secretary.get(report.get_absolute_url()).text) is is_asked


def test_who_registered_under_her_name_and_came_as_a_telephone_is_called_by_her_name(receive, secretary):
    report = receive(PHONE)
    report.rows.update(other_name="Julia Sendas")

    assert 'name="called" maxlength="200" value="Julia Sendas"' in secretary.get(report.get_absolute_url()).text
    assert "<bdi>Julia Sendas</bdi>" in secretary.get(DESK).text


def test_blank_addresses_are_not_one_person(secretary, held):
    send(secretary, report_of(ANA, LUIS, "Rose Hill,--,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,"))

    assert [(row.name, row.email) for row in AttendanceRow.objects.all()] == [
        ("Ana Ribera", ""), ("L. Prado", ""), ("Rose Hill", ""),
    ]  # fmt: skip


def test_the_same_file_twice_leads_to_the_report_that_is_here(secretary, held):
    first = send(secretary, report_of(ANA))

    again = send(secretary, report_of(ANA), name="otro nombre.csv")

    assert again["Location"] == first["Location"]
    assert AttendanceImport.objects.count() == 1


def test_a_meetings_desk_has_a_door_and_it_is_for_the_secretariat(receive, held, network, client):
    receive(LUIS)

    (door,) = [door for door in desk_of(held, network.secretary) if door.url.endswith(DESK[3:])]
    assert door.note
    assert desk_of(held, network.member) == []
    client.force_login(network.member)
    assert client.get(DESK).status_code == 404


def test_no_cell_of_a_sheet_is_a_formula(receive, secretary, held):
    report = receive('"=HYPERLINK(""http://x"")",,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,@Riberas', ',,"=1+1",,,')
    sheets = [
        f"{DESK}sheet.csv",
        f"/es/workspace/attendance/{report.pk}/put-aside.csv",
        "/es/workspace/attendance/sheet.csv",
        "/es/workspace/attendance/sheet.csv?of=cities",
    ]
    for address in sheets:
        cells = [
            cell for line in secretary.get(address).content.decode("utf-8-sig").splitlines() for cell in line.split(",")
        ]
        assert [cell for cell in cells if cell.strip('"').startswith(("=", "@", "+"))] == [], address
    book = secretary.get(f"{DESK}sheet.xlsx").content
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert '=HYPERLINK("http://x")' in str(read_in_sandbox("table", book))
    assert secretary.get(f"{DESK}sheet.exe").status_code == 404


def test_over_a_series_new_and_returning_people_and_cities_that_never_come(receive, secretary, held, network):
    series = open_series(title="Noches del agua", language="es", by=None)
    second = add_meeting(
        title="Segunda noche",
        language="es",
        kind=MeetingKind.WEBINAR,
        series=series,
        status=MeetingStatus.HELD,
        by=None,
        date=ImpreciseDate.of_day(dt.date(2026, 4, 9)),
    )
    Meeting.objects.filter(pk=held.pk).update(series=series)
    receive(ANA, GUEST)
    receive(ANA, "Rose Hill,,2026-03-12T15:00:00Z,2026-03-12T15:20:00Z,20,Hillside", meeting=second)

    found = secretary.get("/es/workspace/attendance/", {"series": series.pk}).context["found"]

    assert [
        (row.meeting, row.people, row.new, row.returning, row.stayed_share, row.cities) for row in found.meetings
    ] == [
        (held, 2, 2, 0, 100, 2),
        (second, 2, 1, 1, 50, 2),
    ]
    assert [(city.slug, people, times) for city, people, times in found.cities] == [
        ("hillside", 2, 2),
        ("riberas", 1, 2),
    ]
    assert ([city.slug for city in found.never], found.people, found.often) == (["porto-mar"], 3, 1)


@pytest.mark.parametrize("address", ["/es/workspace/attendance/", DESK, "report"])
def test_a_page_asks_as_much_for_3_rows_as_for_300(receive, secretary, held, address):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert secretary.get(address).status_code == 200
        return len(queries)

    report = receive(ANA, LUIS, GUEST)
    address = f"/es/workspace/attendance/{report.pk}/" if address == "report" else address
    asked()
    few = asked()
    template = report.rows.get(name="L. Prado")
    AttendanceRow.objects.bulk_create(
        AttendanceRow(
            report=report, number=number, name=f"Persona {number}", role="attendee", kind="person", seconds=60,
            match=Match.DOUBT, candidates=template.candidates, city=City.objects.order_by("?").first(), source_rows=[number],
        )
        for number in range(10, 310)
    )  # fmt: skip

    assert (asked(), few <= 12) == (few, True)


def test_the_pages_stand_in_four_languages(receive, secretary, held):
    report = receive(LUIS, "Ana Ribera,,03/04/2026 10:00,03/04/2026 11:00,60,Riberas")
    for language in LANGUAGES:
        for path in (DESK[3:], "/workspace/attendance/", f"/workspace/attendance/{report.pk}/"):
            with override(language):
                page = secretary.get(f"/{language}{path}")
            assert (page.status_code, "style=" in page.text) == (200, False)
