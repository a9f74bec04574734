"""Reports of Zoom: who was there, when, and how long."""

from plaza.formats.attendance import as_json, read
from tests.formats.attendance_reports import people, report


def test_a_webinar_of_zoom_in_spanish_has_its_sections_rejoins_and_a_question_between_the_columns():
    document = report("zoom_webinar_es.csv")

    assert (document["format"], document["language"], document["dates"]["order"]) == ("zoom-webinar", "es", None)
    assert document["meeting"] == {
        "title": "El río y sus barrios", "id": "822 0000 1111", "started": "2026-06-19T21:58:00", "ended": None,
        "scheduled": None, "time_zone": None, "host": None, "minutes": 92, "participants": 3, "registered": 4,
        "generated": "2026-06-20T09:14:00",
    }  # fmt: skip
    assert people(document, "name", "email", "role", "attended", "minutes", "rows", "kind") == [
        ("Secretaría de la red", "secretaria@red.example.org", "host", True, 92, [7], "person"),
        (
            "Alcaldía de Puerto Sereno (Marta Quiroga)", "marta@sereno.example.org", "panelist", True, 88, [10, 11], "person",
        ),
        ("Ana R.", "ana@ribera.example.org", "attendee", True, 120, [14, 15], "person"),
        ("Luis Prado", "luis@prado.example.org", "attendee", False, 0, [16], "person"),
        ("Teléfono 5***21", None, "attendee", True, 30, [19], "phone"),
    ]  # fmt: skip
    ana = document["people"][2]
    assert ana["intervals"] == [
        ["2026-06-19T22:00:00", "2026-06-19T22:30:00"], ["2026-06-19T22:35:00", "2026-06-20T00:05:00"],
    ]  # fmt: skip
    assert ana["answers"] == {'¿De qué ciudad viene? (si de ninguna, "ninguna")': "Córdoba, Argentina"}
    assert (ana["registered_name"], ana["registered"], ana["status"], ana["country"], ana["guest"]) == (
        "Ana Ribera", "2026-06-10T15:04:11", "aprobado", "Argentina", True,
    )  # fmt: skip
    assert document["people"][1]["notes"] == ["several devices at once"]


def test_rows_of_the_report_itself_are_named_as_such():
    document = report("zoom_webinar_2026_en.csv")

    assert [(left["row"], left["why"], left["structure"]) for left in document["put_aside"]] == [
        (1, "title of the report", True), (2, "fact of the meeting", True), (3, "fact of the meeting", True),
        (4, "fact of the meeting", True), (5, "heading of a section", True), (6, "names of the columns", True),
        (8, "heading of a section", True), (9, "names of the columns", True),
    ]  # fmt: skip


def test_a_renamed_person_of_a_webinar_in_the_layout_of_2026_keeps_both_names_and_the_phone():
    (_, rose) = report("zoom_webinar_2026_en.csv")["people"]

    assert (rose["name"], rose["original_name"], rose["phone"], rose["minutes"]) == (
        "Rose [Rose Hill]", "Rose Hill", "+1 876 000 0000", 57,
    )  # fmt: skip


def test_a_meeting_of_zoom_in_portuguese_counts_no_waiting_room_and_joins_no_telephones():
    document = report("zoom_meeting_pt.csv")

    assert (document["format"], document["language"]) == ("zoom-meeting", "pt")
    assert document["meeting"]["host"] == {"name": None, "email": "mesa@rede.example.org"}
    assert people(document, "name", "role", "kind", "minutes", "rows") == [
        ("Mesa da rede", "host", "person", 70, [5]), ("João Mar", "attendee", "person", 55, [6, 7]),
        ("iPhone", "attendee", "device", 30, [8]), ("iPhone", "attendee", "device", 10, [9]),
    ]  # fmt: skip
    joao = document["people"][1]
    assert joao["entries"][0] == {
        "row": 6, "joined": "2026-06-19T10:00:00", "left": "2026-06-19T10:08:00", "told": 480,
        "notes": ["in the waiting room"],
    }  # fmt: skip
    assert joao["details"] == {"Consentimento para gravação": "S"}


def test_who_was_only_in_the_waiting_room_is_counted_and_said_so():
    data = (
        b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),In Waiting Room\n"
        b"Ana Ribera,,2026-06-19 10:00,2026-06-19 10:30,30,Yes\n"
    )

    (ana,) = as_json(read(data))["people"]
    assert (ana["minutes"], ana["entries"][0]["notes"]) == (30, ["in the waiting room"])


def test_a_meeting_of_zoom_in_french_is_read():
    document = report("zoom_meeting_fr.csv")

    assert (document["format"], document["language"]) == ("zoom-meeting", "fr")
    assert people(document, "name", "minutes", "guest") == [("Rose Hill", 60, False)]


def test_totals_of_zoom_have_minutes_and_no_times():
    document = report("zoom_totals_en.csv")

    assert document["format"] == "zoom-totals"
    assert people(document, "name", "role", "attended", "minutes", "intervals", "guest") == [
        ("The network", "host", True, 60, [], False), ("Rose Hill", "attendee", True, 41, [], True),
    ]  # fmt: skip


def test_a_registration_report_says_who_registered_and_not_who_came():
    document = report("zoom_registration_en.csv")

    assert (document["format"], document["meeting"]["scheduled"]) == ("zoom-registration", "2026-07-01T10:00:00")
    assert people(document, "name", "attended", "minutes", "status", "country") == [
        ("Rose Hill", None, None, "approved", "Jamaica"), ("João Mar", None, None, "cancelled by registrant", "Brazil"),
    ]  # fmt: skip
    assert document["people"][0]["answers"] == {
        "Organization": "Parish, Office of Streets",
        "Interpretation?": "Yes, Spanish",
    }


def test_an_address_in_two_sections_of_a_webinar_is_one_person_with_the_higher_role():
    data = (
        b"Panelist Details\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)\n"
        b"Yes,Rose,rose@hill.example.org,2026-06-19 10:30,2026-06-19 11:00,30\n"
        b"Attendee Details\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)\n"
        b"Yes,Rose,ROSE@hill.example.org,2026-06-19 10:00,2026-06-19 10:30,30\n"
    )

    assert people(as_json(read(data)), "email", "role", "minutes", "rows", "notes") == [
        ("rose@hill.example.org", "panelist", 60, [3, 6], [])
    ]
