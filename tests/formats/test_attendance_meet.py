"""Reports of Google Meet, and sheets of one's own: who was there, when, and how long."""

from plaza.formats.attendance import as_json, read
from tests.formats.attendance_reports import people, report


def test_a_meeting_of_meet_that_ends_past_midnight_has_the_days_of_its_header():
    document = report("meet_header_en.csv")

    assert (document["format"], document["meeting"]["started"], document["meeting"]["ended"]) == (
        "meet", "2026-05-31T23:00:00", "2026-06-01T00:32:00",
    )  # fmt: skip
    assert people(document, "name", "minutes", "intervals") == [
        ("Ana Ribera", 62, [["2026-05-31T23:00:00", "2026-06-01T00:02:00"]]),
        ("Luis Prado", 20, [["2026-06-01T00:10:00", "2026-06-01T00:30:00"]]),
    ]  # fmt: skip


def test_a_report_of_meet_without_a_day_says_that_it_has_none():
    document = report("meet_names_en.csv")

    assert document["dates"]["have_days"] is False
    assert people(document, "name", "minutes", "intervals") == [
        ("Ana Ribera", 62, [["10:00:00", "11:02:00"]]), ("João", 58, [["10:02:00", "11:00:00"]]),
    ]  # fmt: skip


def test_the_oldest_report_of_meet_has_minutes_and_seconds_and_says_where_they_could_be_hours():
    document = report("meet_legacy_en.csv")

    assert people(document, "name", "seconds", "intervals") == [("Ana Ribera", 1934, []), ("Luis Prado", 450, [])]
    assert [person["entries"][0]["notes"] for person in document["people"]] == [
        [], ["the duration may be minutes and seconds, or hours and minutes"],
    ]  # fmt: skip


def test_a_report_of_meet_in_spanish_is_read():
    data = (
        "Nombre,Apellido,Correo electrónico,Duración,Hora de entrada,Hora de salida\n"
        "Ana,Ribera,ana@ribera.example.org,1 h 2 min,10:00 a. m.,11:02 a. m.\n"
    )

    document = as_json(read(data.encode()))
    assert (document["format"], people(document, "name", "minutes")) == ("meet", [("Ana Ribera", 62)])


def test_half_a_name_beside_the_other_half_and_seconds_in_a_column_of_seconds():
    data = "Prénom;Nom;Courriel;Durée (secondes)\nRose;Hill;rose@hill.example.org;90\n"

    assert people(as_json(read(data.encode())), "name", "seconds") == [("Rose Hill", 90)]


def test_a_sheet_of_ones_own_with_names_and_times_is_read_too():
    data = "Nombre;Correo;Entrada;Salida\nAna Ribera;ana@ribera.example.org;19/06/2026 10:00;19/06/2026 10:45\n".encode(
        "cp1252"
    )

    document = as_json(read(data))
    assert (document["format"], people(document, "name", "minutes")) == ("other", [("Ana Ribera", 45)])
