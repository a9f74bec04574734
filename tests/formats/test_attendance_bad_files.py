"""Reports that are damaged, hostile, enormous, or something else altogether."""

import io
import random
import zipfile

import pytest
import xlsxwriter

from plaza.files.sandbox import read_in_sandbox
from plaza.formats.attendance import MOST_BYTES, NotAttendance, WhyNot, as_json, read
from plaza.formats.attendance.terms import COLUMNS, FACTS, SECTIONS, TITLES, folded

HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)"
ANA = "Ana Ribera,ana@ribera.example.org,2026-06-19 10:00,2026-06-19 11:00,60"


def document(*rows: str, header: str = HEADER):
    return as_json(read("\n".join([header, *rows]).encode()))


def refusal(data: bytes) -> WhyNot:
    with pytest.raises(NotAttendance) as caught:
        read(data)
    assert isinstance(caught.value.why, WhyNot)
    return caught.value.why


def zip_file() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("report.csv", f"{HEADER}\n{ANA}\n")
    return held.getvalue()


def workbook(*sheets) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


NO_REPORTS = {
    "empty file": (b"", WhyNot.EMPTY),
    "blank rows": (b"\r\n,,,\r\n", WhyNot.EMPTY),
    "100 MB CSV": (f"{HEADER}\n".encode() + b"x" * (100 << 20), WhyNot.TOO_LARGE),
    "a byte too many": (b"x" * (MOST_BYTES + 1), WhyNot.TOO_LARGE),
    "zip named .csv": (zip_file(), WhyNot.ARCHIVE),
    "gzip named .csv": (b"\x1f\x8b\x08 packed", WhyNot.ARCHIVE),
    "pdf": (b"%PDF-1.7\n1 0 obj", WhyNot.OTHER),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", WhyNot.OLD_WORKBOOK),
    "damaged workbook": (workbook(("A", [["Name"]]))[:-300], WhyNot.DAMAGED),
    "web page": (b"<!DOCTYPE html><table><tr><td>Name</td></tr></table>", WhyNot.WEB_PAGE),
    "json": (b'[{"name": "Ana", "email": "a@b.example.org"}]', WhyNot.DATA),
    "json cut off": (b'{"users": {"u1": {"name": "Ana"', WhyNot.DATA),
    "json without end": (b'{"users":' * 100_000, WhyNot.DATA),
    "json with nobody": (b'{"users": {}}', WhyNot.NOBODY),
    "binary noise": (random.Random(3).randbytes(20_000), WhyNot.BINARY),
    "quote never closed": (f'{HEADER}\n"Ana,x,y\n{ANA}\n{ANA}\n'.encode(), WhyNot.OPEN_QUOTE),
    "201 columns": (b",".join([b"x"] * 201), WhyNot.TOO_WIDE),
    "50,001 rows": (b"x\n" * 50_001, WhyNot.TOO_MANY_ROWS),
    "list of meetings": (b"Fecha;Titulo;Ciudad\n2026-06-19;Agua;Quito\n", WhyNot.NO_REPORT),
    "list of addresses": (b"Name,Email\nAna,ana@ribera.example.org\n", WhyNot.NO_REPORT),
    "each meeting with its host": (
        b"Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants\n"
        b"Agua,1,Ana,ana@ribera.example.org,2026-06-19 10:00,2026-06-19 11:00,60,4\n",
        WhyNot.NO_REPORT,
    ),
    "a text with numbered headings": (
        b"1. Summary\nWho, what, where, when\n\n2. Rights\nWhoever comes, stays, reads, asks, and goes, 3 times, may come\n"
        b"3. Duties\nOf all, of each, and of " + 80 * b"x" + b", of us, of them, of you\n",
        WhyNot.NO_REPORT,
    ),
    "saved chat": (b"10:02:11\t From  Ana : Hola\n10:03:00 From Luis to Everyone:\n", WhyNot.NO_REPORT),
    "captions": (b"WEBVTT\n\n00:01.000 --> 00:02.000\nAna: Hola\n", WhyNot.NO_REPORT),
    "0 rows": (f"{HEADER}\n".encode(), WhyNot.NOBODY),
    "0 rows and a total": (f"{HEADER}\nTotal,,,,0\n".encode(), WhyNot.NOBODY),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_REPORTS)
def test_something_else_is_refused_with_the_reason(name):
    data, why = NO_REPORTS[name]

    assert refusal(data) == why


def test_a_document_of_an_office_program_is_no_archive(docx_page):
    assert refusal(docx_page) == WhyNot.OTHER


def test_a_refusal_comes_out_of_the_sandbox_with_its_reason():
    with pytest.raises(NotAttendance) as caught:
        read_in_sandbox("attendance", zip_file())

    assert caught.value.why is WhyNot.ARCHIVE


def test_a_report_read_in_the_sandbox_is_the_report_read_outside():
    data = f"{HEADER}\n{ANA}\n".encode()

    assert read_in_sandbox("attendance", data) == as_json(read(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_report_is_the_same_in_every_encoding_and_with_every_separator(encoding, separator):
    rows = [HEADER, ANA.replace("Ana Ribera", "Íñigo Muñoz (Alcaldía de São Paulo)")]
    data = "\r\n".join(rows).replace(",", separator).encode(encoding)

    (person,) = as_json(read(data))["people"]
    assert (person["name"], person["minutes"]) == ("Íñigo Muñoz (Alcaldía de São Paulo)", 60)


def test_nul_bytes_and_marks_of_direction_are_gone():
    data = f"{HEADER}\n{ANA}\n".replace("Ribera", "Rib\0e\u202era").encode()

    assert as_json(read(data))["people"][0]["name"] == "Ana Ribera"


def test_a_workbook_is_read_and_rows_of_its_other_sheets_are_put_aside():
    data = workbook(("Notas", [["Nota", "x"], ["no tocar"]]), ("Informe", [HEADER.split(","), ANA.split(",")]))

    found = as_json(read(data))
    assert [(person["name"], person["minutes"], person["rows"]) for person in found["people"]] == [
        ("Ana Ribera", 60, [2])
    ]
    assert [(left["row"], left["why"], left.get("sheet")) for left in found["put_aside"]] == [
        (1, "names of the columns", None), (1, "on another sheet", "Notas"), (2, "on another sheet", "Notas"),
    ]  # fmt: skip
    assert found["rows_in"] == 4


def test_rows_that_a_spreadsheet_saved_as_one_cell_are_read():
    data = (
        '"Nombre (nombre original),E-mail del usuario,Hora de entrada,Hora de salida,""Duración (minutos)"""\n'
        '"Ana Ribera,ana@ribera.example.org,""19 jun. 2026 10:00"",""19 jun. 2026 11:00"",60"\n'
    )

    (person,) = as_json(read(data.encode()))["people"]
    assert (person["email"], person["minutes"]) == ("ana@ribera.example.org", 60)


def test_formulas_in_a_name_are_kept_as_text():
    names = ['=HYPERLINK("http://198.51.100.7/")', "+52 Ana", "-Ana", "@Ana"]
    rows = ['"' + name.replace('"', '""') + '",,2026-06-19 10:00,2026-06-19 11:00,60' for name in names]

    assert [person["name"] for person in document(*rows)["people"]] == names


def test_a_header_injected_by_a_line_break_in_a_name_is_one_line():
    (person,) = document('"Ana\r\nBcc: all@x.example.org",ana@ribera.example.org,2026-06-19 10:00,2026-06-19 11:00,60')[
        "people"
    ]

    assert (person["name"], person["entries"][0]["notes"]) == (
        "Ana Bcc: all@x.example.org", ["line breaks in the name or the address"],
    )  # fmt: skip


def test_an_address_with_a_line_break_is_no_address_and_its_words_are_kept():
    (person,) = document('Ana,"ana@ribera.example.org\r\nBcc: all@x.example.org",2026-06-19 10:00,,60')["people"]

    assert (person["email"], person["answers"]) == (
        None,
        {"User Email": "ana@ribera.example.org Bcc: all@x.example.org"},
    )


@pytest.mark.parametrize("nothing", ["", "--", "-", " ", "N/A"])
def test_a_blank_address_is_none(nothing):
    (person,) = document(f"Ana Ribera,{nothing},2026-06-19 10:00,2026-06-19 11:00,60")["people"]

    assert (person["email"], person["answers"], person["entries"][0]["notes"]) == (None, {}, [])


def test_columns_of_ones_own_between_the_standard_ones_are_answers_also_where_their_names_come_twice():
    header = "Name (Original Name),¿Ciudad?,User Email,Join Time,¿Ciudad?,Leave Time,Email,"
    row = "Ana,Quito,ana@ribera.example.org,2026-06-19 10:00,Cusco,2026-06-19 11:00,otra,sin título"
    (person,) = document(row, header=header)["people"]

    assert (person["email"], person["minutes"]) == ("ana@ribera.example.org", 60)
    assert person["answers"] == {"¿Ciudad?": "Quito", "¿Ciudad? (5)": "Cusco", "Email": "otra", "8": "sin título"}


def test_an_answer_that_was_changed_on_a_later_row_stands_beside_the_first():
    header = HEADER + ",¿Ciudad?"
    (person,) = document(ANA + ",Quito", ANA.replace("10:00", "10:30") + ",Cusco", header=header)["people"]

    assert person["answers"] == {"¿Ciudad?": "Quito", "¿Ciudad? (3)": "Cusco"}


def test_rows_of_nobody_are_put_aside_with_the_reason():
    found = document(
        ANA, ",,2026-06-19 10:00,2026-06-19 11:00,60", "Datos de la red",
        "Prueba, Ana,ana@ribera.example.org,2026-06-19 10:00,60",
        "Total,,,,60", ANA + ",beyond", HEADER, "Luis Prado,,2026-06-19 10:00,2026-06-19 11:00,60",
    )  # fmt: skip

    assert [(left["row"], left["why"], left["structure"]) for left in found["put_aside"]] == [
        (1, "names of the columns", True), (3, "no name and no address", False), (4, "nothing but a name", False),
        (5, "the cells do not fit the columns", False), (6, "total", True), (8, "names of the columns", True),
    ]  # fmt: skip
    assert found["put_aside"][3]["text"] == "Prueba | Ana | ana@ribera.example.org | 2026-06-19 10:00 | 60"
    assert [(person["name"], person["rows"]) for person in found["people"]] == [
        ("Ana Ribera", [2, 7]),
        ("Luis Prado", [9]),
    ]
    assert found["people"][0]["answers"] == {"6": "beyond"}


def test_one_address_with_several_names_is_one_person_and_said_so():
    (person,) = document(ANA, ANA.replace("Ana Ribera", "Luis Prado").replace("10:00", "10:30"))["people"]

    assert (person["name"], person["minutes"], person["notes"]) == (
        "Ana Ribera", 60, ["several devices at once", "one address, several names"],
    )  # fmt: skip


def test_one_name_with_and_without_an_address_stays_two():
    found = document(
        ANA, "Ana Ribera,,2026-06-19 10:00,2026-06-19 11:00,60", "ANA RIBERA,,2026-06-19 11:05,2026-06-19 11:10,5"
    )

    assert [(person["email"], person["minutes"], person["rows"]) for person in found["people"]] == [
        ("ana@ribera.example.org", 60, [2]), (None, 65, [3, 4]),
    ]  # fmt: skip


def test_the_same_row_twice_counts_once():
    (person,) = document(ANA, ANA)["people"]

    assert (person["minutes"], person["told"], person["entries"][1]["notes"]) == (60, 3600, ["the same row twice"])


def test_programs_that_take_notes_are_told_apart():
    found = document(
        "read.ai meeting notes,,2026-06-19 10:00,2026-06-19 11:00,60", "SM-A135M,,2026-06-19 10:00,,60", ANA,
        "Copiloto de Ana,,2026-06-19 10:00,2026-06-19 11:00,60",
    )  # fmt: skip

    assert [person["kind"] for person in found["people"]] == ["program", "device", "person", "person"]


def test_every_word_of_the_reports_is_written_as_it_is_compared():
    words = [word for kind in (COLUMNS, FACTS, SECTIONS, TITLES) for word in kind]

    assert [word for word in words if word != folded(word)] == []


def test_each_reason_is_a_sentence_for_a_person():
    assert [str(why) for why in WhyNot if not (why[0].isupper() and why.endswith("."))] == []
