"""Which day, which hour, how long: the whole file decides, or says that it does not."""

import datetime as dt

import pytest

from plaza.formats.attendance import as_json, in_order, order_on, read

HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)"


def document(*rows: str, above: str = ""):
    return as_json(read("\n".join([*([above, ""] if above else []), HEADER, *rows]).encode()))


def stay(joined: str, left: str = "", minutes: str = "", header: str = HEADER):
    (person,) = as_json(read(f'{header}\nAna Ribera,,"{joined}","{left}",{minutes}\n'.encode()))["people"]
    return person


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("06/19/2026 10:45:00 AM", "2026-06-19T10:45:00"),
        ("06/19/2026 12:05:00 AM", "2026-06-19T00:05:00"),
        ("Jun 19, 2026 19:13:27", "2026-06-19T19:13:27"),
        ("Jun 19, 2026 9:58 PM", "2026-06-19T21:58:00"),
        ("2026-06-19 10:45", "2026-06-19T10:45:00"),
        ("2026-06-19T10:45:00.250", "2026-06-19T10:45:00"),
        ("6/19/26, 4:16:54\u202fPM", "2026-06-19T16:16:54"),
        ("19/06/2026 01:05:00 p. m.", "2026-06-19T13:05:00"),
        ("19/6/2026 1:05 p.\xa0m.", "2026-06-19T13:05:00"),
        ("19/06/2026 12:30 a.m.", "2026-06-19T00:30:00"),
        ("19 jun. 2026 9:58:01 a. m.", "2026-06-19T09:58:01"),
        ("viernes, 19 de junio de 2026, 13:05", "2026-06-19T13:05:00"),
        ("19 de jun. de 2026 às 13:05:09", "2026-06-19T13:05:09"),
        ("19 juin 2026 à 13:05", "2026-06-19T13:05:00"),
        ("19.06.2026 13:05", "2026-06-19T13:05:00"),
        ("19-06-2026 13:05", "2026-06-19T13:05:00"),
    ],
)
def test_a_time_is_read_as_each_tool_and_language_writes_it(written, meant):
    assert [entry["joined"] for entry in stay(written)["entries"]] == [meant]


@pytest.mark.parametrize(
    "written", ["31/02/2026 10:00", "19/06/2026 25:00", "19/06/1926 10:00", "soon 10", "1" * 200, "00:61", "20260619"]
)
def test_a_time_that_cannot_be_read_keeps_its_words_and_its_person(written):
    person = stay(written, minutes="30")

    assert (person["attended"], person["intervals"]) == (True, [])
    assert person["entries"][0]["notes"] == ["a time cannot be read"]
    assert person["details"] == {"Join Time": written}


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("57", 3420), ("0", 0), ("0.5", 30), ("1,5", 90), ("1h 13m 42s", 4422), ("39m 58s", 2398), ("40m", 2400),
        ("1 hr 2 min", 3720), ("1h 3min", 3780), ("1h3min", 3780), ("1 hora e 3 minutos", 3780), ("2 horas y 5 minutos", 7500),
        ("1 h 3 min 4 s", 3784), ("1 heure et 3 minutes", 3780), ("58 min", 3480), ("1:00:00", 3600), ("32:14", 1934),
    ],
)  # fmt: skip
def test_a_duration_is_read_as_each_tool_and_language_writes_it(written, seconds):
    data = f"Name;User Email;Duration\nAna Ribera;ana@ribera.example.org;{written}\n"

    assert [person["told"] for person in as_json(read(data.encode()))["people"]] == [seconds]


@pytest.mark.parametrize("written", ["an hour", "1:75", "99999999999", "1000 h", "5 apples", "-3"])
def test_a_duration_that_cannot_be_read_keeps_its_words(written):
    data = f"Name;User Email;Duration\nAna Ribera;ana@ribera.example.org;{written}\n"

    (person,) = as_json(read(data.encode()))["people"]
    assert (person["minutes"], person["details"]) == (None, {"Duration": written})
    assert person["entries"][0]["notes"] == ["the duration cannot be read"]


def test_two_figures_with_a_colon_are_hours_where_the_times_say_so():
    assert stay("2026-06-19 10:00", "2026-06-19 11:30", "1:30")["told"] == 5400
    assert stay("2026-06-19 10:00", "2026-06-19 10:01:30", "1:30")["told"] == 90


def test_a_number_over_twelve_decides_for_the_whole_file():
    found = document(
        "Ana Ribera,,03/04/2026 10:00,03/04/2026 11:00,60", "Rose Hill,,03/25/2026 10:00,03/25/2026 11:00,60"
    )

    assert found["dates"] == {
        "order": "month first", "why": "a number over 12 can only be a day", "read_as": "month first", "have_days": True,
    }  # fmt: skip
    assert found["people"][0]["intervals"] == [["2026-03-04T10:00:00", "2026-03-04T11:00:00"]]
    assert found["otherwise"] is None


@pytest.mark.parametrize(
    ("above", "row", "order"),
    [
        ("", "Ana Ribera,,03/04/2026 23:30,04/04/2026 00:30,60", "day first"),
        ("", "Ana Ribera,,03/04/2026 23:30,03/05/2026 00:30,60", "month first"),
        ("", "Ana Ribera,,01/12/2026 23:30,02/12/2026 00:30,", "day first"),
        (
            "Topic,Meeting ID,Start Time\nAgua,1,2026-04-03 10:00",
            "Ana Ribera,,03/04/2026 10:00,03/04/2026 11:00,60",
            "day first",
        ),
        (
            'Topic,Meeting ID,Start Time\nAgua,1,"Mar 4, 2026 10:00"',
            "Ana Ribera,,03/04/2026 10:00,03/04/2026 11:00,60",
            "month first",
        ),
        ("Report Generated:,2026-03-09 10:00", "Ana Ribera,,03/04/2026 10:00,03/04/2026 11:00,60", "month first"),
    ],
    ids=[
        "past midnight",
        "past midnight in English",
        "end before start",
        "a fact in ISO",
        "a fact in words",
        "generated",
    ],
)
def test_where_no_number_decides_the_times_of_the_file_do(above, row, order):
    found = document(row, above=above)

    assert (found["dates"]["order"], found["dates"]["why"]) == (order, "only so do the times agree with each other")
    assert found["otherwise"] is None


def test_a_date_that_is_both_day_and_month_gets_both_readings_and_is_never_guessed():
    found = document(
        "Ana Ribera,,05/08/2026 10:00,05/08/2026 11:00,60", "Rose Hill,,05/08/2026 10:10,05/08/2026 11:00,50"
    )

    assert found["dates"] == {
        "order": "ambiguous", "why": "both orders are possible", "read_as": "month first", "have_days": True,
    }  # fmt: skip
    assert [person["intervals"] for person in found["people"]] == [
        [["2026-05-08T10:00:00", "2026-05-08T11:00:00"]], [["2026-05-08T10:10:00", "2026-05-08T11:00:00"]],
    ]  # fmt: skip
    assert found["otherwise"]["read_as"] == "day first"
    assert [person["intervals"] for person in found["otherwise"]["people"]] == [
        [["2026-08-05T10:00:00", "2026-08-05T11:00:00"]], [["2026-08-05T10:10:00", "2026-08-05T11:00:00"]],
    ]  # fmt: skip
    assert [person["minutes"] for person in found["otherwise"]["people"]] == [60, 50]


def test_the_day_of_the_meeting_chooses_between_two_readings():
    found = document("Ana Ribera,,05/08/2026 10:00,05/08/2026 11:00,60")

    assert order_on(found, dt.date(2026, 8, 5), dt.date(2026, 8, 5)) == "day first"
    assert order_on(found, dt.date(2026, 5, 7), dt.date(2026, 5, 9)) == "month first"
    assert order_on(found, dt.date(2026, 1, 1), dt.date(2026, 1, 2)) is None
    assert order_on(found, dt.date(2026, 1, 1), dt.date(2026, 12, 31)) is None
    settled = in_order(found, "day first")
    assert settled["people"][0]["intervals"] == [["2026-08-05T10:00:00", "2026-08-05T11:00:00"]]
    assert settled["people"][0]["entries"][0]["joined"] == "2026-08-05T10:00:00"
    assert (settled["dates"]["order"], settled["otherwise"]) == ("day first", None)
    assert in_order(found, "month first")["people"] == found["people"]
    assert order_on(settled, dt.date(2026, 8, 5), dt.date(2026, 8, 5)) is None


def test_the_first_of_two_readings_is_the_one_usual_in_the_language_of_the_report():
    data = "Nombre (nombre original);E-mail del usuario;Hora de entrada;Hora de salida\nAna;;05/08/2026 10:00;05/08/2026 11:00\n"

    assert as_json(read(data.encode()))["dates"]["read_as"] == "day first"


def test_dates_of_both_orders_in_one_file_are_said_so():
    found = document(
        "Ana Ribera,,25/12/2026 09:00,25/12/2026 10:00,60",
        "Rose Hill,,12/25/2026 09:00,12/25/2026 10:00,60",
        "João Mar,,05/06/2026 09:00,05/06/2026 10:00,60",
    )

    assert (found["dates"]["order"], found["dates"]["why"]) == (
        "ambiguous", "some dates can only be read one way and some only the other",
    )  # fmt: skip
    assert [each["people"][2]["intervals"][0][0] for each in (found, found["otherwise"])] == [
        "2026-05-06T09:00:00", "2026-06-05T09:00:00",
    ]  # fmt: skip
    assert [each["people"][0]["intervals"][0][0] for each in (found, found["otherwise"])] == 2 * ["2026-12-25T09:00:00"]


def test_a_day_that_is_the_same_in_both_orders_needs_no_deciding():
    assert document("Ana Ribera,,05/05/2026 10:00,05/05/2026 11:00,60")["dates"]["order"] is None


def test_times_without_a_zone_are_said_to_have_none():
    found = document("Ana Ribera,,2026-06-19 10:00,2026-06-19 11:00,60")

    assert found["meeting"]["time_zone"] is None
    assert found["people"][0]["intervals"] == [["2026-06-19T10:00:00", "2026-06-19T11:00:00"]]


@pytest.mark.parametrize(
    ("above", "header", "joined", "zone", "meant"),
    [
        ("", HEADER, "2026-06-19 10:00 UTC", "UTC", "2026-06-19T10:00:00+00:00"),
        ("", HEADER, "2026-06-19T10:00:00Z", "UTC", "2026-06-19T10:00:00+00:00"),
        ("", HEADER, "6/19/2026 10:00 AM GMT-5", "UTC-05:00", "2026-06-19T10:00:00-05:00"),
        ("", HEADER, "2026-06-19 10:00 (UTC-03:00)", "UTC-03:00", "2026-06-19T10:00:00-03:00"),
        (
            "",
            HEADER.replace("Join Time", "Join Time (UTC-04:00)"),
            "2026-06-19 10:00",
            "UTC-04:00",
            "2026-06-19T10:00:00-04:00",
        ),
        ("Time Zone,America/Lima", HEADER, "2026-06-19 10:00", "America/Lima", "2026-06-19T10:00:00-05:00"),
        ("Time Zone,(UTC-05:00) Quito", HEADER, "2026-06-19 10:00", "(UTC-05:00) Quito", "2026-06-19T10:00:00-05:00"),
        ("", HEADER, "2026-06-19 10:00 EST", None, "2026-06-19T10:00:00"),
    ],
)
def test_a_zone_that_the_report_says_is_kept_and_an_unsure_one_is_not_guessed(above, header, joined, zone, meant):
    found = as_json(read(f"{above}\n{header}\nAna Ribera,,{joined},,\n".encode()))

    assert (found["meeting"]["time_zone"], found["people"][0]["entries"][0]["joined"]) == (zone, meant)


def test_a_duration_that_does_not_agree_with_the_times_is_noted_and_the_times_count():
    person = stay("2026-06-19 10:00", "2026-06-19 11:00", "20")

    assert (person["minutes"], person["told"], person["entries"][0]["notes"]) == (
        60, 1200, ["the duration and the times do not agree"],
    )  # fmt: skip


def test_times_without_a_day_go_past_midnight_and_never_around_the_clock():
    night, backwards = stay("11:30 PM", "12:15 AM", "45"), stay("10:30", "10:00", "30")

    assert (night["intervals"], night["minutes"]) == ([["23:30:00", "00:15:00"]], 45)
    assert (backwards["intervals"], backwards["entries"][0]["notes"]) == ([], ["leaves before joining"])


def test_a_row_without_its_day_among_others_keeps_its_hour_and_they_their_days():
    found = document("Ana Ribera,,2026-06-19 10:00,2026-06-19 11:00,60", "Rose Hill,,10:00,10:30,30")

    assert found["dates"]["have_days"] is False
    assert [person["intervals"] for person in found["people"]] == [
        [["2026-06-19T10:00:00", "2026-06-19T11:00:00"]], [["10:00:00", "10:30:00"]],
    ]  # fmt: skip


def test_who_leaves_before_joining_is_noted_and_the_duration_counts():
    person = stay("2026-06-19 11:00", "2026-06-19 10:00", "60")

    assert (person["minutes"], person["intervals"], person["entries"][0]["notes"]) == (
        60,
        [],
        ["leaves before joining"],
    )


def test_a_stay_without_an_end_ends_after_its_duration_or_stays_open():
    told, open_end = stay("2026-06-19 10:00", "--", "25"), stay("2026-06-19 10:00", "--", "--")

    assert (told["intervals"], told["minutes"]) == ([["2026-06-19T10:00:00", "2026-06-19T10:25:00"]], 25)
    assert (open_end["intervals"], open_end["minutes"]) == ([["2026-06-19T10:00:00", None]], None)
    assert open_end["entries"][0]["notes"] == ["no time of leaving"]
