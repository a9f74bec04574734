"""Nothing lost, nothing counted twice: in each sample, and whatever dirt hypothesis makes of it."""

import datetime as dt
import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plaza.formats.attendance import NotAttendance, as_json, in_order, order_on, read, seconds_in, union
from tests.formats.attendance_reports import ALL, filled_rows

MOMENTS = st.sampled_from(
    ["", "--", "2026-06-19 10:00", "05/08/2026 10:00", "13/13/2026", "10:00", "12:05 a. m.", "6/19/2026, 3:00:00 PM UTC",
     "19 jun. 2026 9:58", "2026-06-19T10:00:00-05:00", "25/12/2026 09:00", "12/25/2026 09:00", "x"]
)  # fmt: skip
WORDS = st.text(st.sampled_from("aÑ =+@'\"\t\r\n;,0-1\0\u202e"), max_size=8)
CELLS = st.one_of(
    MOMENTS, WORDS,
    st.sampled_from(["Ana Ribera", "iPhone", "ana@ribera.example.org", "Total", "Yes", "No", "1. Resumen", "2. Personas",
                     "3. Otros", "Host Details", "Topic", "60", "1h 3min", "Joined", "Left", "1:30"]),
)  # fmt: skip
HEADERS = st.sampled_from(
    ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)", "Full Name,User Action,Timestamp",
     "Attended,User Name (Original Name),First Name,Last Name,Email,Pregunta,Join Time,Leave Time,Is Guest",
     "Name,Moderator,Join,Left,Duration", "Topic,Meeting ID,Start Time,Time Zone", "Nombre;Apellido;Correo;Entrada;Salida"]
)  # fmt: skip
SEPARATORS = st.sampled_from([",", ";", "\t"])
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"])
INTERVALS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=12)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_row_of_a_report_is_somebodys_or_put_aside(path):
    document = as_json(read(path.read_bytes()))

    rows = [row for person in document["people"] for row in person["rows"]]
    rows += [left["row"] for left in document["put_aside"]]
    assert document["rows_in"] == len(rows) == len(set(rows)) == filled_rows(path)


def balances(data: bytes) -> None:
    """Read or refused; and each row of what is read is in one place only."""
    try:
        report = read(data)
    except NotAttendance:
        return
    document = as_json(report)
    rows = [(row, "") for person in document["people"] for row in person["rows"]]
    rows += [(left["row"], left.get("sheet", "")) for left in document["put_aside"]]
    assert document["rows_in"] == len(rows) == len(set(rows))
    assert (document["otherwise"] is None) == (document["dates"]["order"] != "ambiguous")
    assert all(person["minutes"] is None or person["minutes"] >= 0 for person in document["people"])
    assert all("\n" not in person["name"] and "\r" not in person["name"] for person in document["people"])
    json.dumps(document, allow_nan=False)
    assert in_order(document, "day first")["otherwise"] is None
    order_on(document, dt.date(2026, 5, 8), dt.date(2026, 5, 9))


@given(st.lists(st.one_of(HEADERS, st.lists(CELLS, max_size=9)), max_size=12), SEPARATORS, ENCODINGS)
@settings(max_examples=300, deadline=None)
def test_rows_of_anything_are_all_accounted_for(rows, separator, encoding):
    lines = [row if isinstance(row, str) else separator.join(row) for row in rows]
    balances("\n".join(line.replace(",", separator) for line in lines).encode(encoding, "replace"))


@given(st.sampled_from(ALL), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), CELLS), max_size=6), ENCODINGS)
@settings(max_examples=200, deadline=None)
def test_a_report_with_wounds_is_still_accounted_for(path, wounds, encoding):
    text = path.read_text("utf-8")
    for place, gone, grown in wounds:
        at = int(place * len(text))
        text = text[:at] + grown + text[at + gone :]
    balances(text.encode(encoding, "replace"))


@given(st.binary(max_size=2000))
@settings(deadline=None)
def test_whatever_comes_is_a_report_or_a_refusal(data):
    balances(data)


@given(INTERVALS)
def test_a_union_holds_each_second_once_and_no_other(intervals):
    seconds = {second for start, end in intervals for second in range(start, end)}

    assert seconds_in(intervals) == len(seconds)
    assert {second for start, end in union(intervals) for second in range(int(start), int(end))} == seconds


@given(INTERVALS, st.randoms())
def test_a_union_has_gaps_between_its_pieces_and_does_not_care_for_order(intervals, chance):
    pieces = union(intervals)
    shuffled = [*intervals]
    chance.shuffle(shuffled)

    assert all(first[1] < second[0] for first, second in pairwise(pieces))
    assert union(shuffled) == pieces == union(pieces)
