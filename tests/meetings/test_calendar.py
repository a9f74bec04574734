"""Meetings as calendars: what goes out is read back by two readers, and says what the programme says."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.utils import timezone

from plaza.core.dates import ImpreciseDate
from plaza.core.translations import Origin, translate
from plaza.directory.models import City
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.calendar import calendar_of, for_calendar
from plaza.meetings.domain.changes import add_session, change_meeting
from plaza.meetings.domain.programme import add_meeting, open_series
from plaza.meetings.models import Meeting, Session
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic

NETWORK = "/es/calendar/network.ics"
BOGOTA = ZoneInfo("America/Bogota")
SANTIAGO = ZoneInfo("America/Santiago")


def at(day: dt.date, hour: int, zone: ZoneInfo = BOGOTA) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), zone)


@pytest.fixture
def day() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def summit(network, day) -> Meeting:
    """Two days; a talk and a visit in a hall, and a break."""
    two_days = ImpreciseDate(day, day + dt.timedelta(days=1))
    meeting = add_meeting(
        title="Cumbre de riberas", language="es", kind=MeetingKind.SUMMIT, date=two_days, by=network.secretary,
        status=MeetingStatus.ANNOUNCED,
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=at(day, 9),
        ends_at=at(day + dt.timedelta(days=1), 17),
        timezone="America/Bogota",
        venue="Casa del Río",
    )
    hall = meeting.rooms.create(name="Sala Norte", language="es")
    for number, (title, hour, kind) in enumerate(
        [("Sirenas y barrios", 9, "talk"), ("Café", 11, "break"), ("Visita al dique", 14, "visit")], start=2
    ):
        session = add_session(meeting=meeting, language="es", by=network.secretary, number=number, title=title)
        Session.objects.filter(pk=session.pk).update(
            starts_at=at(day, hour), ends_at=at(day, hour + 1), kind=kind, room=hall
        )
    meeting.refresh_from_db()
    return meeting


def events(response) -> dict[str, icalendar.Event]:
    """By what it is called; strictly: a fault in one line is a fault."""
    calendar = icalendar.Calendar.from_ical(response.content)
    assert [fault for event in calendar.events for fault in event.errors] == []
    return {str(event["summary"]): event for event in calendar.events}


def test_two_readers_find_the_programme_in_the_calendar(client, summit, day):
    answer = client.get(f"/es/meetings/{summit.slug}/calendar.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    by_one = {name: (event.start, event.end) for name, event in events(answer).items()}
    by_other = {
        event.summary.value: (event.dtstart.value, event.dtend.value)
        for event in vobject.readOne(answer.content.decode()).vevent_list
    }
    assert by_one == by_other
    assert by_one == {
        "Cumbre de riberas": (at(day, 9), at(day + dt.timedelta(days=1), 17)),
        "Sirenas y barrios": (at(day, 9), at(day, 10)),
        "Visita al dique": (at(day, 14), at(day, 15)),
    }


def test_a_session_names_its_meeting_its_hall_and_its_zone(client, summit):
    answer = client.get(f"/es/meetings/{summit.slug}/calendar.ics")
    found = events(answer)
    whole, part = found["Cumbre de riberas"], found["Sirenas y barrios"]
    assert (part["related-to"], part["related-to"].params["reltype"]) == (whole["uid"], "PARENT")
    assert (part["location"], part["dtstart"].params["tzid"]) == ("Sala Norte, Casa del Río", "America/Bogota")
    assert "BEGIN:VTIMEZONE\r\nTZID:America/Bogota" in answer.content.decode()
    assert whole["summary"].params["language"] == "es"


def test_its_lines_are_as_long_as_they_may_be_and_end_as_they_must(client, summit, network):
    change_meeting(meeting=summit, by=network.secretary, summary="Ríos, diques y barrios; " * 40)
    body = client.get(f"/es/meetings/{summit.slug}/calendar.ics").content
    assert body.endswith(b"\r\n")
    lines = body.split(b"\r\n")
    assert (max(map(len, lines)) <= 75, any(b"\n" in line for line in lines)) == (True, False)


def test_the_hour_stands_where_the_clocks_change(client, network):
    """Santiago turns its clocks on 6 September 2026: nine in the morning is nine on both sides."""
    before, after = dt.date(2026, 9, 1), dt.date(2026, 9, 10)
    for name, when in (("antes", before), ("después", after)):
        meeting = add_meeting(
            title=name, language="es", kind=MeetingKind.WEBINAR, by=None, status=MeetingStatus.ANNOUNCED,
            date=ImpreciseDate.of_day(when),
        )  # fmt: skip
        Meeting.objects.filter(pk=meeting.pk).update(
            starts_at=at(when, 9, SANTIAGO), ends_at=at(when, 10, SANTIAGO), timezone="America/Santiago"
        )
    starts = {
        name: event.start
        for slug in ("antes", "despues")
        for name, event in events(client.get(f"/es/meetings/{slug}/calendar.ics")).items()
    }
    assert [starts[name].hour for name in ("antes", "después")] == [9, 9]
    assert [starts[name].utcoffset() for name in ("antes", "después")] == [
        dt.timedelta(hours=-4),
        dt.timedelta(hours=-3),
    ]


def test_a_meeting_of_which_only_the_day_is_known_is_a_whole_day_and_a_month_is_none(client, network, day):
    for name, date in (("Un día", ImpreciseDate.of_day(day)), ("Un mes", ImpreciseDate.of_month(day.year, day.month))):
        add_meeting(
            title=name, language="es", kind=MeetingKind.FORUM, by=None, date=date, status=MeetingStatus.ANNOUNCED
        )
    found = events(client.get(NETWORK))
    assert (found["Un día"].start, found["Un día"].end) == (day, day + dt.timedelta(days=1))
    assert "Un mes" not in found


def test_a_cancelled_meeting_stays_with_a_higher_number_and_a_draft_was_never_there(client, summit, network, day):
    add_meeting(title="Borrador", language="es", kind=MeetingKind.FORUM, by=None, date=ImpreciseDate.of_day(day))
    before = events(client.get(NETWORK))["Cumbre de riberas"]
    change_meeting(meeting=summit, by=network.secretary, status=MeetingStatus.CANCELLED)
    found = events(client.get(NETWORK))
    after = found["Cumbre de riberas"]
    assert (before["status"], after["status"], after["uid"]) == ("CONFIRMED", "CANCELLED", before["uid"])
    assert after["sequence"] > before["sequence"]
    assert found["Visita al dique"]["status"] == "CANCELLED"
    assert "Borrador" not in found


def test_those_who_run_the_network_do_not_subscribe_to_drafts_either(client, network, day):
    client.force_login(network.secretary)
    add_meeting(title="Borrador", language="es", kind=MeetingKind.FORUM, by=None, date=ImpreciseDate.of_day(day))
    assert "Borrador" not in events(client.get(NETWORK))


def test_a_title_that_tries_to_write_lines_of_its_own_writes_none(client, network, day):
    hostile = "Foro\r\nBEGIN:VEVENT\r\nATTACH:https://evil.example/x"
    add_meeting(
        title=hostile, language="es", kind=MeetingKind.FORUM, by=None, date=ImpreciseDate.of_day(day),
        status=MeetingStatus.ANNOUNCED,
    )  # fmt: skip
    calendar = icalendar.Calendar.from_ical(client.get(NETWORK).content)
    assert {event.get("attach") for event in calendar.events} == {None}


def test_a_reader_of_portuguese_gets_the_portuguese_words_and_is_told_where_they_are_not(client, summit):
    translate(subject=summit, field="title", language="pt", text="Cúpula de ribeiras", origin=Origin.HUMAN, by=None)
    found = events(client.get("/pt/calendar/network.ics"))
    assert found["Cúpula de ribeiras"]["summary"].params["language"] == "pt"
    assert found["Sirenas y barrios"]["summary"].params["language"] == "es"


def test_each_calendar_holds_what_it_is_called_by(client, summit, network, day):
    load_topics()
    leaf = Topic.objects.leaves().select_related("parent").first()
    other = add_meeting(
        title="Otra reunión", language="es", kind=MeetingKind.WEBINAR, by=None, date=ImpreciseDate.of_day(day),
        status=MeetingStatus.ANNOUNCED, series=open_series(title="Ríos", language="es", by=None), topics=[leaf],
    )  # fmt: skip
    city = City.objects.create(slug="lejana", names={"es": "Lejana"}, name_sort="lejana", is_fictional=True)
    other.places.add(city)
    calendars = (
        f"topics/{leaf.code}", f"topics/{leaf.parent.code}", "series/rios", f"cities/{city.slug}",
    )  # fmt: skip
    assert [list(events(client.get(f"/es/calendar/{name}.ics"))) for name in calendars] == [["Otra reunión"]] * 4
    missing = ("topics/nothing", "series/nothing", "cities/nothing")
    assert [client.get(f"/es/calendar/{name}.ics").status_code for name in missing] == [404] * 3


@pytest.mark.django_db(transaction=True)
def test_who_has_it_already_gets_nothing_again_until_it_changes(client, summit, network):
    first = client.get(NETWORK)
    assert client.get(NETWORK, headers={"if-none-match": first["ETag"]}).status_code == 304
    change_meeting(meeting=summit, by=network.secretary, title="Cumbre de los ríos")
    again = client.get(NETWORK, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, "Cumbre de los ríos" in events(again)) == (200, True)


def test_of_more_meetings_than_a_calendar_holds_the_oldest_are_missing(network, day, monkeypatch):
    monkeypatch.setattr("plaza.meetings.domain.calendar.MOST", 3)
    for number in range(5):
        add_meeting(
            title=f"Reunión {number}", language="es", kind=MeetingKind.WEBINAR, by=None,
            date=ImpreciseDate.of_day(day + dt.timedelta(days=number)), status=MeetingStatus.ANNOUNCED,
        )  # fmt: skip
    ours = Meeting.objects.filter(title__startswith="Reunión ")

    for rows in (for_calendar(ours, None), list(for_calendar(ours, None))):
        told = icalendar.Calendar.from_ical(calendar_of(rows, name="", language="es")).events
        assert [str(told[0]["summary"]), str(told[-1]["summary"]), len(told)] == ["Reunión 2", "Reunión 4", 3]


def test_it_costs_the_same_for_three_meetings_and_for_thirty(
    client, summit, network, day, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as few:
        client.get(NETWORK)
    for number in range(30):
        meeting = add_meeting(
            title=f"Reunión {number}", language="es", kind=MeetingKind.WEBINAR, by=None, date=ImpreciseDate.of_day(day),
            status=MeetingStatus.ANNOUNCED,
        )  # fmt: skip
        meeting.places.add(*City.objects.all()[:2])
    with django_assert_max_num_queries(12) as many:
        assert len(events(client.get(NETWORK))) == 34
    assert len(many) - len(few) <= 2  # the places, their countries: read where there is one
