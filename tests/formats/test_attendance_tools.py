"""Reports of each tool, in our own words: who was there, when, and how long. Each row of a file is accounted for."""

import json
from pathlib import Path

import pytest

from plaza.formats.attendance import as_json, read

SAMPLES = Path(__file__).parent / "attendance"
ALL = sorted(SAMPLES.glob("*.csv"))


def report(name: str, encoding: str = "utf-8"):
    text = (SAMPLES / name).read_bytes().decode("utf-8")
    return as_json(read(text.encode(encoding)))


def people(document, *fields):
    return [tuple(person[field] for field in fields) for person in document["people"]]


def filled_rows(path: Path) -> int:
    """Rows with anything in them; a line break inside quotation marks ends none."""
    pieces = path.read_text("utf-8").split('"')
    lines = "".join(
        piece.replace("\n", " ") if number % 2 else piece for number, piece in enumerate(pieces)
    ).splitlines()
    return sum(bool(line.strip(",;\t ")) for line in lines)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_row_of_a_report_is_somebodys_or_put_aside(path):
    document = as_json(read(path.read_bytes()))

    rows = [row for person in document["people"] for row in person["rows"]]
    rows += [left["row"] for left in document["put_aside"]]
    assert document["rows_in"] == len(rows) == len(set(rows)) == filled_rows(path)


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_the_first_report_of_teams_pairs_joining_and_leaving(encoding):
    document = report("teams_v1_en.csv", encoding)

    assert document["format"] == "teams-v1"
    assert people(document, "name", "minutes", "intervals", "rows") == [
        ("Ana Ribera", 60, [["2026-06-19T10:00:12", "2026-06-19T11:00:12"]], [2, 5, 6, 7]),
        ("Luis Prado", 40, [["2026-06-19T10:00:12", "2026-06-19T10:40:12"]], [3, 4]),
        ("João Mar", None, [["2026-06-19T10:30:00", None]], [8]),
    ]  # fmt: skip
    assert document["people"][2]["entries"][0]["notes"] == ["no time of leaving"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252"])
def test_the_second_report_of_teams_tells_a_persons_stays_in_another_section_than_her_address(encoding):
    document = report("teams_v2_es.csv", encoding)

    assert (document["format"], document["language"], document["meeting"]["title"]) == (
        "teams-v2",
        "es",
        "Taller de finanzas",
    )
    assert people(document, "name", "email", "role", "guest", "minutes", "rows") == [
        ("Ribera, Ana", "ana@ribera.example.org", "host", None, 73, [11, 17]),
        ("Luis Prado (Invitado)", None, "attendee", True, 35, [12, 18, 19]),
        ("João Mar", "joao@mar.example.org", "panelist", None, 30, [13]),
    ]  # fmt: skip
    assert document["people"][1]["intervals"] == [
        ["2025-11-26T16:30:00", "2025-11-26T16:50:00"], ["2025-11-26T16:55:00", "2025-11-26T17:10:00"],
    ]  # fmt: skip


def test_a_report_of_teams_in_a_language_nobody_told_us_is_read_by_its_numbered_sections():
    document = report("teams_v2_unknown_language.csv")

    assert (document["format"], document["meeting"]["title"], document["meeting"]["ended"]) == (
        "teams-v2", "Werkstatt", "2025-11-26T17:30:11",
    )  # fmt: skip
    assert people(document, "name", "email", "minutes") == [("Ribera, Ana", "ana@ribera.example.org", 73)]


def test_a_report_of_teams_without_numbers_is_read():
    data = (
        b"Meeting Summary\nTotal Number of Participants\t1\nMeeting Title\tShade\nMeeting Start Time\t6/19/2026, 9:55:00 AM\n\n"
        b"Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)\n"
        b"Rose Hill\t6/19/2026, 10:00:00 AM\t6/19/2026, 10:30:00 AM\t30m\t\tPresenter\trose@hill.example.org\n"
    )

    document = as_json(read(data))
    assert (document["format"], document["meeting"]["title"], document["meeting"]["participants"]) == (
        "teams-v2",
        "Shade",
        1,
    )
    assert people(document, "name", "email", "role", "minutes") == [
        ("Rose Hill", "rose@hill.example.org", "panelist", 30)
    ]


def test_a_live_event_of_teams_says_its_times_in_utc():
    data = (
        b"SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role\n"
        b"1,rose@hill.example.org,Rose Hill,Chrome,6/19/2026 3:00:00 PM,Joined,Attendee\n"
        b"1,rose@hill.example.org,Rose Hill,Chrome,6/19/2026 4:00:00 PM,Left,Attendee\n"
    )

    document = as_json(read(data))
    assert document["meeting"]["time_zone"] == "UTC"
    assert people(document, "email", "intervals") == [
        ("rose@hill.example.org", [["2026-06-19T15:00:00+00:00", "2026-06-19T16:00:00+00:00"]])
    ]


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


def test_a_stay_of_teams_without_an_address_is_nobodys_where_two_bear_the_name():
    data = (
        b"2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n"
        b"Ana\t6/19/26, 10:00\t6/19/26, 11:00\t1h\tana@ribera.example.org\tAttendee\n"
        b"Ana\t6/19/26, 10:20\t6/19/26, 10:30\t10m\t\tAttendee\n"
        b"3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n"
        b"Ana\t6/19/26, 10:20\t6/19/26, 10:30\t10m\t\tAttendee\n"
    )

    assert people(as_json(read(data)), "email", "minutes", "rows") == [
        ("ana@ribera.example.org", 60, [3]), (None, 10, [4, 7]),
    ]  # fmt: skip


def test_the_dashboard_of_bigbluebutton_tells_moderators_and_time_without_absences():
    document = report("bigbluebutton_en.csv")

    assert document["format"] == "bigbluebutton"
    assert people(document, "name", "role", "minutes", "rows") == [
        ("Ana Ribera", "host", 50, [2]), ("Luis Prado", "attendee", 55, [3]),
    ]  # fmt: skip
    assert document["people"][0]["answers"] == {"Is shade enough": "Shade"}
    assert document["people"][1]["entries"][0]["notes"] == ["the time of leaving comes from the duration"]
    assert document["put_aside"][1] == {
        "row": 4, "text": "Anonymous | Water Shade", "why": "answers without a name", "structure": False,
    }  # fmt: skip


def test_the_dashboard_of_bigbluebutton_as_its_server_keeps_it_tells_each_stay_in_utc():
    ten = 1_781_863_200_000  # 19 June 2026, 10:00
    minute = 60_000
    users = {
        "u1": {"name": "Ana Ribera", "isModerator": True, "intIds": {"a": {"sessions": [
            {"registeredOn": ten, "leftOn": ten + 10 * minute}, {"registeredOn": ten + 20 * minute, "leftOn": 0}]}}},
        "u2": {"name": "João", "isModerator": False, "intIds": {"b": {"registeredOn": ten, "leftOn": ten + 5 * minute}}},
        "u3": {"name": "João", "isModerator": False, "intIds": {"c": {"registeredOn": ten, "leftOn": ten + 7 * minute}}},
        "u4": {"name": None, "intIds": {"d": {"registeredOn": "soon"}, "e": 5}}, "u5": [],
    }  # fmt: skip
    data = json.dumps(
        {"name": "Agua", "extId": "room-1", "createdOn": ten, "endedOn": ten + 60 * minute, "users": users}
    )

    document = as_json(read(data.encode()))
    assert (document["format"], document["meeting"]["title"], document["meeting"]["time_zone"]) == (
        "bigbluebutton",
        "Agua",
        "UTC",
    )
    assert people(document, "name", "role", "minutes", "rows", "account") == [
        ("Ana Ribera", "host", 50, [1, 2], "u1"), ("João", "attendee", 5, [3], "u2"), ("João", "attendee", 7, [4], "u3"),
    ]  # fmt: skip
    assert document["people"][0]["intervals"] == [
        ["2026-06-19T10:00:00+00:00", "2026-06-19T10:10:00+00:00"], ["2026-06-19T10:20:00+00:00", "2026-06-19T11:00:00+00:00"],
    ]  # fmt: skip
    assert document["people"][0]["entries"][1]["notes"] == ["the time of leaving is the end of the meeting"]
    assert [(left["row"], left["why"]) for left in document["put_aside"]] == [(5, "no name and no address")]
    assert document["rows_in"] == 5


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


def test_an_action_of_teams_that_nobody_told_us_is_kept_and_said_so():
    data = b"Full Name\tUser Action\tTimestamp\nAna Ribera\tBeigetreten\t6/19/2026, 10:00:12 AM\n"

    (ana,) = as_json(read(data))["people"]
    assert (ana["attended"], ana["minutes"], ana["details"]) == (True, None, {"User Action": "Beigetreten"})
    assert ana["entries"][0]["notes"] == ["an action that is not known"]


def test_half_a_name_beside_the_other_half_and_seconds_in_a_column_of_seconds():
    data = "Prénom;Nom;Courriel;Durée (secondes)\nRose;Hill;rose@hill.example.org;90\n"

    assert people(as_json(read(data.encode())), "name", "seconds") == [("Rose Hill", 90)]


def test_a_sheet_of_ones_own_with_names_and_times_is_read_too():
    data = "Nombre;Correo;Entrada;Salida\nAna Ribera;ana@ribera.example.org;19/06/2026 10:00;19/06/2026 10:45\n".encode(
        "cp1252"
    )

    document = as_json(read(data))
    assert (document["format"], people(document, "name", "minutes")) == ("other", [("Ana Ribera", 45)])


def test_what_bigbluebutton_sends_after_the_end_tells_each_stay_of_each_account():
    attendees = [
        {"ext_user_id": "u1", "name": "Ana Ribera", "moderator": True, "duration": 3000, "engagement": {"chats": 1},
         "joins": ["2026-06-19T10:00:00.000+00:00", "2026-06-19 07:20:00 -0300"], "leaves": ["2026-06-19T10:10:00.000Z"]},
        {"ext_user_id": "u2", "name": "João", "moderator": False, "joins": ["2026-06-19 10:00:00 UTC"],
         "leaves": ["2026-06-19 10:05:00 UTC"]},
        {"ext_user_id": "u3", "name": "João", "moderator": False, "joins": ["2026-06-19T10:00:00Z"], "leaves": ["soon"]},
    ]  # fmt: skip
    sent = {"metadata": {"meeting_name": "Agua"}, "start": "2026-06-19T10:00:00Z", "finish": "2026-06-19T11:00:00Z"}
    data = json.dumps({"version": "1.0", "meeting_id": "room-1", "data": {**sent, "attendees": attendees}})

    document = as_json(read(data.encode()))
    assert (document["format"], document["meeting"]["title"], document["meeting"]["id"]) == (
        "bigbluebutton", "Agua", "room-1",
    )  # fmt: skip
    assert people(document, "name", "role", "minutes", "rows", "account") == [
        ("Ana Ribera", "host", 50, [1, 2], "u1"), ("João", "attendee", 5, [3], "u2"), ("João", "attendee", 60, [4], "u3"),
    ]  # fmt: skip
    assert document["people"][0]["intervals"][1] == ["2026-06-19T10:20:00+00:00", "2026-06-19T11:00:00+00:00"]
    assert (document["rows_in"], document["put_aside"]) == (4, [])
