"""Reports of BigBlueButton, downloaded, kept and sent: who was there, when, and how long."""

import json

from plaza.formats.attendance import as_json, read
from tests.formats.attendance_reports import people, report


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
