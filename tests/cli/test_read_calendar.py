"""`plaza read calendar`: one document for programs, a line an event for people, one sentence where it is no calendar."""

import json

from tests.formats.test_calendars import OWN


def test_a_calendar_is_read_as_the_contract_says(plaza):
    done = plaza("read", "calendar", str(OWN), "--json")

    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(document) == [
        "name", "method", "time_zone", "events", "events_in", "left_out", "put_aside", "more_put_aside",
    ]  # fmt: skip
    assert [event["uid"].partition("@")[0] for event in document["events"]] == ["taller-1", "serie", "serie", "cumbre"]


def test_people_get_a_line_an_event_and_are_told_what_was_put_aside(plaza):
    done = plaza("read", "calendar", str(OWN), LANG="en_US.UTF-8")

    assert done.returncode == 0
    assert done.stdout.splitlines()[1] == "2026-09-10T09:00:00  America/Bogota            Serie de conversaciones  +1"
    assert done.stderr.splitlines() == [
        "Line 58 was put aside: no event: a task, a journal or free time",
        "Events: 4. Read: 4; put aside: 0; beyond what is read: 0. Nothing was kept.",
    ]


def test_another_file_is_told_in_a_sentence(plaza):
    done = plaza("read", "calendar", "LICENSE", LANG="en_US.UTF-8")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "This is not a calendar: no event was found in it (BEGIN:VEVENT)."
