"""Tables as people save them, and what is no table."""

import csv
import datetime as dt
import io
import random
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from plaza.core.sheets import as_xlsx, guarded, unguarded
from plaza.files.sandbox import NotReadable, read_in_sandbox
from plaza.formats.table import NotATable, WhyNot, read
from plaza.formats.table.header import header_of, is_header_again
from plaza.records.domain.writing import as_csv

ROWS = [["Título", "Ciudad"], ["Agua, lluvia", "São Luís"], ["El “río” y la ñ; sí", "Córdoba"]]


def rows_in(data, sheet=0):
    return [cells for _, cells in read(data)["sheets"][sheet]["rows"]]


def saved(rows, separator=",", encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(*sheets, **options):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_sheet_is_read_whatever_its_encoding_and_its_separator(separator, encoding):
    assert rows_in(saved(ROWS, separator, encoding)) == ROWS


def test_semicolons_with_commas_inside_as_a_spreadsheet_in_spanish_saves_them():
    assert rows_in("Título;Costo\nMercado;1,5\nAgua;2,75\n".encode("cp1252")) == [
        ["Título", "Costo"], ["Mercado", "1,5"], ["Agua", "2,75"],
    ]  # fmt: skip


def test_the_first_line_may_say_the_separator():
    assert read(b"sep=;\r\na;b\r\n1,2;3\r\n")["sheets"][0]["rows"] == [[2, ["a", "b"]], [3, ["1,2", "3"]]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them_and_empty_ones_left_out():
    data = b'a,b\r\n\r\n"one\r\ntwo",2\r\n,,\r\nthree,3,,\r\n'

    assert read(data)["sheets"][0]["rows"] == [[1, ["a", "b"]], [3, ["one\r\ntwo", "2"]], [5, ["three", "3"]]]


def test_nul_bytes_and_invisible_marks_are_gone():
    assert rows_in("a,b\nu\0no,\u200bdos\n".encode()) == [["a", "b"], ["uno", "dos"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", WhyNot.EMPTY),
        (b"\r\n;;;\r\n", WhyNot.EMPTY),
        (b"\0\0\0\0", WhyNot.EMPTY),
        (random.Random(4).randbytes(5000), WhyNot.BINARY),
        (b"%PDF-1.7 ...", WhyNot.OTHER),
        (b"\x1f\x8b\x08 packed", WhyNot.OTHER),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", WhyNot.OLD_WORKBOOK),
        (b"<html><table><tr><td>a</td></tr></table></html>", WhyNot.WEB_PAGE),
        (b"a,b\n" + b"x,y\n" * (10 << 18), WhyNot.TOO_LARGE),
        (b"a\n" + b"x\n" * 50_001, WhyNot.TOO_MANY_ROWS),
        (b",".join([b"x"] * 201), WhyNot.TOO_WIDE),
        (b'a,b\n1,"two\n3,4\n5,6\n', WhyNot.OPEN_QUOTE),
        (b"PK\x03\x04 broken", WhyNot.DAMAGED),
    ],
    ids=lambda value: value.name if isinstance(value, WhyNot) else "",
)
def test_what_is_no_sheet_says_why(data, why):
    with pytest.raises(NotATable) as refusal:
        read(data)

    assert refusal.value.why == why


def test_two_hundred_columns_are_not_too_many():
    assert len(rows_in(",".join(f"c{n}" for n in range(200)).encode())[0]) == 200


def test_fifty_thousand_rows_are_not_too_many():
    assert len(rows_in(b"a,b\n" * 50_000)) == 50_000


def test_a_workbook_is_read_as_text_dates_and_numbers_too():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Encuentros")
        page.merge_range(0, 0, 0, 3, "Red de Prueba: encuentros")
        page.write_row(2, 0, ["Título", "Día", "Número", "Sí"])
        page.write_row(3, 0, ["Agua", dt.date(2026, 3, 12), 3, True])
        page.write_row(4, 0, ["Río", dt.datetime(2026, 3, 12, 15, 30), 2.5, False])  # noqa: DTZ001 sheets know no zones

    assert read(out.getvalue())["sheets"] == [
        {
            "name": "Encuentros",
            "rows": [
                [1, ["Red de Prueba: encuentros"]],
                [3, ["Título", "Día", "Número", "Sí"]],
                [4, ["Agua", "2026-03-12", "3", "true"]],
                [5, ["Río", "2026-03-12 15:30:00", "2.5", "false"]],
            ],
            "formulas": 0,
        }
    ]


def test_every_sheet_with_rows_is_told_and_empty_ones_are_not():
    read_back = read(workbook([], [["a", "b"]], [["c", "d"]]))

    assert [(each["name"], each["rows"]) for each in read_back["sheets"]] == [
        ("Sheet2", [[1, ["a", "b"]]]), ("Sheet3", [[1, ["c", "d"]]]),
    ]  # fmt: skip


def test_a_formula_in_a_workbook_is_never_run_and_is_counted():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nombre", "Costo"])
        page.write_string(1, 0, "Ana")
        page.write_formula(1, 1, '=HYPERLINK("http://198.51.100.7/","x")', None, "7")

    (sheet,) = read(out.getvalue())["sheets"]
    assert (sheet["rows"][1], sheet["formulas"]) == ([2, ["Ana", "7"]], 1)


def packed(parts, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked():
    bomb = packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (201 << 20)})

    with pytest.raises(NotATable) as refusal:
        read(bomb)

    assert len(bomb) < 1 << 20
    assert refusal.value.why == WhyNot.UNPACKS_TOO_LARGE


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked_either():
    honest = packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (201 << 20)})
    lying = honest.replace((201 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))

    with pytest.raises(NotATable) as refusal:
        read(lying)

    assert refusal.value.why in (WhyNot.DAMAGED, WhyNot.UNPACKS_TOO_LARGE)


def test_a_cell_at_the_end_of_the_world_is_not_reached_for():
    good = workbook([["a", "b"]])
    with zipfile.ZipFile(io.BytesIO(good)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    page = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = page.replace(
        b"</row>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 1
    )

    with pytest.raises(NotATable) as refusal:
        read(packed(parts))

    assert refusal.value.why == WhyNot.TOO_MANY_ROWS


@pytest.mark.parametrize("parts", [{"word/document.xml": b"<w/>"}, {"a.txt": b"x"}])
def test_another_kind_of_package_is_told_apart(parts):
    with pytest.raises(NotATable) as refusal:
        read(packed(parts))

    assert refusal.value.why == WhyNot.OTHER


def test_a_damaged_workbook_says_so():
    good = workbook([["a", "b"]])

    for data in (good[:-200], packed({"xl/workbook.xml": b"<workbook"})):
        with pytest.raises(NotATable) as refusal:
            read(data)
        assert refusal.value.why in (WhyNot.DAMAGED, WhyNot.EMPTY)


@given(st.binary(max_size=3000))
def test_whatever_comes_is_a_table_or_a_refusal(data):
    try:
        found = read(data)
    except NotATable:
        return
    assert all(sheet["rows"] for sheet in found["sheets"])


def test_it_is_read_in_the_sandbox_and_refused_from_there():
    assert read_in_sandbox("table", saved(ROWS))["sheets"][0]["rows"][1] == [2, ROWS[1]]
    assert read_in_sandbox("table", workbook(ROWS), megabytes=1536)["sheets"][0]["rows"][1] == [2, ROWS[1]]
    with pytest.raises((NotATable, NotReadable)):
        read_in_sandbox("table", b"")


LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "'=1", "''=1", "-", "=", "'"]


@pytest.mark.parametrize("text", LIVE[:9])
def test_what_a_spreadsheet_would_run_is_written_with_an_apostrophe(text):
    assert guarded(text) == "'" + text


TEXTS = st.text(
    st.sampled_from("=+-@'\"\t\r\n;, aZñ0＝|") | st.characters(exclude_categories=["Cs", "Cc", "Cf"]), max_size=20
)


@given(TEXTS)
def test_the_apostrophe_and_nothing_else_is_taken_away_again(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_a_sheet_that_is_written_is_read_back_as_it_was(rows):
    rows = [["id", "name"], *rows]
    written = "".join(as_csv(rows)).encode()

    assert rows_in(written) == [_cut(row) for row in rows if _cut(row)]


def _cut(row):
    while row and not row[-1].strip():
        row = row[:-1]
    return row


@pytest.mark.parametrize("text", LIVE)
def test_a_workbook_that_is_written_holds_text_and_no_formula(text):
    (sheet,) = read(b"".join(as_xlsx([["id", "name"], ["x", text]])))["sheets"]

    assert sheet["formulas"] == 0
    assert sheet["rows"][1][1][1].replace("\r", "\n") == text.replace("\r", "\n")


def test_titles_above_the_header_are_no_header():
    rows = [
        (1, ["Red de Prueba"]), (2, ["Encuentros de 2026", "", "borrador"]),
        (4, ["Título", "Día", "Lugar", "Nota"]), (5, ["Agua", "2026", "Quito", ""]),
    ]  # fmt: skip

    assert header_of(rows, lambda text: text in ("Título", "Día")) == 2
    assert header_of(rows[:1] + rows[2:], lambda text: False) == 1


def test_a_header_that_comes_again_is_seen():
    header = ["Título", "Día", "Lugar"]

    assert is_header_again(["título ", "DÍA", "Lugar"], header, lambda text: False)
    assert is_header_again(["Title", "Day", ""], header, lambda text: text in ("Title", "Day"))
    assert not is_header_again(["Agua", "2026", "Lugar"], header, lambda text: False)
