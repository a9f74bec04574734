"""The clock on the wall and the instant: hours that are skipped or come twice, meetings that change their clocks."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override

from plaza.meetings.domain.clocks import HourTwice, NoSuchHour, instant
from plaza.meetings.domain.hours import Keeps, date_of, move_to_zone
from plaza.meetings.domain.states import move_meeting
from plaza.meetings.domain.told import in_words
from plaza.meetings.domain.versions import untold
from plaza.meetings.zones import AMERICAS, ELSEWHERE, is_zone
from tests.meetings.conftest import ZONE, at

SANTIAGO = "America/Santiago"  # forward on 5 September 2027 at midnight, back on 4 April at midnight
NEW_YORK = "America/New_York"  # forward on 14 March 2027 at two, back on 7 November at two


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def wall(text):
    return dt.datetime.fromisoformat(text)


def test_an_hour_that_the_clocks_skip_is_none():
    with pytest.raises(NoSuchHour):
        instant(wall("2027-03-14T02:30"), NEW_YORK)


def test_an_hour_that_comes_twice_is_asked_for_and_each_of_the_two_can_be_had():
    with pytest.raises(HourTwice):
        instant(wall("2027-11-07T01:30"), NEW_YORK)

    both = [instant(wall("2027-11-07T01:30"), NEW_YORK, which=which).isoformat() for which in (0, 1)]
    assert both == ["2027-11-07T05:30:00+00:00", "2027-11-07T06:30:00+00:00"]


def test_every_zone_that_is_offered_is_one_of_the_tz_database():
    assert [name for name in (*AMERICAS, *ELSEWHERE) if not is_zone(name)] == []
    assert not is_zone("../../etc/passwd")


def test_what_ends_at_midnight_does_not_touch_the_next_day():
    assert str(date_of(at(5, "18:00"), at(6, "00:00"), ZONE).end) == "2027-10-05"


def test_a_meeting_moved_to_another_zone_after_people_registered_keeps_its_wall_clock_and_they_are_told(summit):
    move_meeting(meeting=summit.meeting, to="announced", by=None)
    move_to_zone(meeting=summit.meeting, zone="America/Sao_Paulo", keeps=Keeps.WALL_CLOCK, by=None)

    summit.meeting.refresh_from_db()
    assert summit.meeting.hours == "09:00 (São Paulo)"
    assert summit.session("Sirenas").starts_at == at(6, "09:00", "America/Sao_Paulo")
    said = in_words(untold(summit.meeting), summit.meeting.timezone)
    assert said[0] == "The hours of the meeting are now told by the clocks of São Paulo, not of Quito."
    assert len(said) == 2 + len(summit.sessions)


def test_a_meeting_moved_to_another_zone_after_people_registered_keeps_the_instant_and_they_are_told(summit):
    move_meeting(meeting=summit.meeting, to="announced", by=None)
    move_to_zone(meeting=summit.meeting, zone="America/Sao_Paulo", keeps=Keeps.INSTANT, by=None)

    summit.meeting.refresh_from_db()
    assert summit.meeting.hours == "11:00 (São Paulo)"
    assert summit.session("Sirenas").starts_at == at(6, "09:00")
    assert [change["what"] for change in untold(summit.meeting)] == ["meeting timezone"]


def test_keeping_the_instant_can_move_the_date(summit):
    move_to_zone(meeting=summit.meeting, zone="Asia/Tokyo", keeps=Keeps.INSTANT, by=None)

    summit.meeting.refresh_from_db()
    assert (str(summit.meeting.date_start), str(summit.meeting.date_end)) == ("2027-10-05", "2027-10-08")


def test_a_zone_that_skips_an_hour_of_the_programme_moves_nothing_and_says_which(summit, network, client):
    session = summit.add("De madrugada", 5, "09:00", "10:00")
    # 14 March 2027, 02:30 in Guayaquil.
    type(session).objects.filter(pk=session.pk).update(
        starts_at=instant(wall("2027-03-14T02:30"), ZONE), ends_at=instant(wall("2027-03-14T04:00"), ZONE)
    )
    client.force_login(network.secretary)
    answer = client.post(
        reverse("meetings:zone", args=["cumbre"]), {"zone": NEW_YORK, "keeps": Keeps.WALL_CLOCK.value},
        headers={"accept-language": "en"},
    )  # fmt: skip

    summit.meeting.refresh_from_db()
    assert (answer.status_code, summit.meeting.timezone, summit.meeting.starts_at) == (422, ZONE, at(5, "09:00"))


def hours(zone, day, begins, ends, **more):
    return {"timezone": zone, "first_day": day, "first_hour": begins, "last_hour": ends} | more


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (hours(NEW_YORK, "2027-03-14", "02:30", "04:00"), "first_hour"),
        (hours(SANTIAGO, "2027-09-05", "00:15", "03:00"), "first_hour"),
        (hours(NEW_YORK, "2027-11-07", "00:30", "01:30"), "last_hour"),
        (hours(ZONE, "2027-10-05", "10:00", "09:00"), "last_hour"),
        (hours(ZONE, "2027-10-05", "10:00", "12:00", last_day="2027-10-04"), "last_hour"),
        (hours("Mars/Olympus", "2027-10-05", "10:00", "12:00"), "timezone"),
        (hours(ZONE, "5 de octubre", "10:00", "12:00"), "first_day"),
    ],
    ids=["skipped", "skipped at midnight", "twice", "end before start", "ends the day before", "no zone", "no day"],
)
def test_hours_that_cannot_be_are_said_beside_the_field_and_nothing_is_lost(summit, network, client, values, field):
    client.force_login(network.secretary)
    answer = client.post(reverse("meetings:hours", args=["cumbre"]), values)

    summit.meeting.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert summit.meeting.starts_at == at(5, "09:00")
    assert values["last_hour"] in answer.text


def test_of_an_hour_that_comes_twice_the_secretary_says_which(summit, network, client):
    client.force_login(network.secretary)
    values = hours(NEW_YORK, "2027-11-07", "00:30", "01:30")
    address = reverse("meetings:hours", args=["cumbre"])
    assert 'name="which"' in client.post(address, values).text

    client.post(address, values | {"which": "1"})

    summit.meeting.refresh_from_db()
    assert summit.meeting.ends_at.isoformat() == "2027-11-07T06:30:00+00:00"
