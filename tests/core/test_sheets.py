import csv
import io

import pytest

from plaza.core.sheets import as_csv, still


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠a", "\0=1"]
)
def test_a_cell_that_would_be_a_formula_is_text(cell):
    assert still(cell) == "'" + cell.replace("\0", "")


@pytest.mark.parametrize(("cell", "written"), [("Quito", "Quito"), ("a=b", "a=b"), ("", ""), (None, ""), (7, "7")])
def test_any_other_cell_stands_as_it_is(cell, written):
    assert still(cell) == written


def test_a_table_is_read_back_by_a_spreadsheet():
    written = as_csv(["Título", "Línea"], [["Agua, “luz”\ny más", 7], ["=cmd|' /C calc'!A0", None]])

    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))) == [
        ["Título", "Línea"],
        ["Agua, “luz”\ny más", "7"],
        ["'=cmd|' /C calc'!A0", ""],
    ]
