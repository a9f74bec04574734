"""Who registered for a course is told of its modules, has them in her calendar, and goes into their rooms."""

import datetime as dt
import re
from collections import Counter

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plaza.accounts.models import User
from plaza.attendance.domain.led_in import emails_by_key
from plaza.mail.models import Letter
from plaza.meetings.choices import MeetingKind, MeetingStatus, VenueKind
from plaza.meetings.domain.online import set_online
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.models import Meeting
from plaza.registration.domain import desks, telling
from plaza.registration.domain.calendars import calendar_link_of, calendar_of_registration, renew_calendar_link
from plaza.registration.domain.doors import doors_of
from plaza.registration.domain.links import join_path_of, path_of
from plaza.registration.models import Registration, Telling
from tests.registration.conftest import at_nine, reloaded, somebody

ZOOM = "https://us02web.zoom.us/j/83112345678?pwd=hush"


@pytest.fixture
def modules(desk, meeting):
    """The meeting is a course; its two modules are on the days after."""
    Meeting.objects.filter(pk=meeting.pk).update(kind=MeetingKind.COURSE)
    found = []
    for number in (1, 2):
        row = add_meeting(
            title=f"Módulo {number}", slug=f"modulo-{number}", language="es", kind=MeetingKind.WORKSHOP,
            status=MeetingStatus.ANNOUNCED, by=None,
        )  # fmt: skip
        row.parent_id, row.timezone = meeting.pk, "America/Bogota"
        row.starts_at, row.ends_at = at_nine(10 + number), at_nine(10 + number) + dt.timedelta(hours=1)
        row.date_start = row.date_end = row.starts_at.date()
        row.date_precision, row.visibility = "day", "public"
        row.save()
        found.append(Meeting.objects.get(pk=row.pk))
    return found


@pytest.fixture
def ines(desk, modules):
    row = somebody(desk, 1, name="Inês Souza", email="ines@example.org", language="pt")
    Letter.objects.all().delete()
    return Registration.objects.for_page().get(pk=row.pk)


@pytest.fixture
def user(ines):
    user = User.objects.create_user("ines@example.org", "correct horse", name="Inês")
    Registration.objects.filter(pk=ines.pk).update(user=user)
    return user


def open_desk_of(module):
    desks.set_up(meeting=module, by=None)
    return desks.open_registration(meeting=module, by=None)


def before(meeting, **delta):
    return time_machine.travel(meeting.starts_at - dt.timedelta(**delta), tick=False)


def told_of():
    """Of what, in the order it was written, to whom."""
    return [(row.to, row.subject.partition(": ")[2]) for row in Letter.objects.order_by("pk")]


def test_she_is_reminded_of_each_module_once_by_its_name_with_the_way_into_its_room(ines, modules, desk, network):
    set_online(meeting=modules[0], kind=VenueKind.PLAIN, address=ZOOM, by=network.secretary)
    for module in modules:
        for moment in ({"hours": 23}, {"minutes": 50}):
            with before(module, **moment):
                telling.remind_due()
                telling.remind_due()

    assert told_of() == [("ines@example.org", f"Módulo {number}") for number in (1, 1, 2, 2)]
    first, second = Letter.objects.filter(template="registration/hour").order_by("pk")
    assert ("/join/?module=modulo-1" in first.text, "/join/" in second.text) == (True, False)
    assert desk.meeting.words("title", "pt").text in first.text


def test_of_two_modules_at_one_hour_she_is_reminded_of_each(ines, modules):
    first, second = modules
    Meeting.objects.filter(pk=second.pk).update(starts_at=first.starts_at, ends_at=first.ends_at)
    with before(first, hours=23):
        telling.remind_due()

    assert Telling.objects.filter(what="day").count() == 2


def test_who_registered_for_the_module_too_is_reminded_of_it_once(ines, modules):
    somebody(open_desk_of(modules[0]), 1, email="ines@example.org")
    Letter.objects.all().delete()
    with before(modules[0], hours=23):
        telling.remind_due()

    assert told_of() == [("ines@example.org", "Módulo 1")]


def test_a_module_that_moves_is_told_to_her_by_its_name_and_brings_its_hour(ines, modules):
    first, second = modules
    for module in (first, second, first):
        telling.tell_of_change(module, "version 2", lambda language, zone: [f"{language} {zone}"])

    assert [title for _, title in told_of()] == ["Módulo 1", "Módulo 2"]
    assert "SUMMARY;LANGUAGE=es:Módulo 1" in str(Letter.objects.earliest("pk").attachments)


def test_letters_of_a_change_read_the_meeting_once_and_not_for_each(meeting, network):
    desk = desks.set_up(meeting=meeting, by=network.secretary)
    desk = desks.open_registration(meeting=meeting, by=network.secretary)

    def cost(version, more):
        for number in range(more):
            somebody(desk, version * 100 + number)
        meeting_now = reloaded(meeting)
        with CaptureQueriesContext(connection) as asked:
            told = telling.tell_of_change(meeting_now, f"version {version}", lambda language, zone: ["moved"])
        tables = Counter(
            found[1] for each in asked if (found := re.match(r'SELECT .*? FROM "(\w+)"', each["sql"] or ""))
        )
        # Whether the network's name is still what it was.
        del tables["network_networksettings"]
        return told, tables

    (told_few, few), (told_many, many) = cost(1, 3), cost(2, 9)
    assert (told_few, told_many, many) == (3, 12, few)


def test_her_calendar_and_that_of_her_registration_have_the_modules(ines, user, modules, meeting, client):
    renew_calendar_link(user=user)
    feed = client.get(calendar_link_of(user)).content

    for calendar in (feed, calendar_of_registration(ines)):
        events = icalendar.Calendar.from_ical(calendar).events
        assert {"Módulo 1", "Módulo 2"} < {str(event["summary"]) for event in events}
        assert len(events) == 3


def test_her_page_lists_the_modules_and_leads_into_the_room_that_is_open(ines, modules, client, network):
    set_online(meeting=modules[0], kind=VenueKind.PLAIN, address=ZOOM, by=network.secretary)
    way = f"{join_path_of(ines)}?module=modulo-1"
    shut = client.get(path_of(ines)).text
    assert ("Módulo 1" in shut, "Módulo 2" in shut, way in shut) == (True, True, False)
    assert client.post(way).status_code == 403
    assert client.get(f"{join_path_of(ines)}?module=river").status_code == 404

    with before(modules[0], minutes=5):
        assert way in client.get(path_of(ines)).text
        assert ZOOM.partition("?")[0] in client.post(way).text
    assert emails_by_key(modules[0], [str(ines.uuid)]) == {str(ines.uuid): "ines@example.org"}


def test_a_module_with_a_desk_of_its_own_leads_there_whoever_registered_for_the_course(ines, user, modules):
    first, second = modules
    open_desk_of(first)

    beside, register = doors_of(reloaded(first), user)
    assert (beside.url, beside.is_main) == (path_of(ines), False)
    assert (register.url, register.is_main) == ("/es/meetings/modulo-1/register/", True)
    assert [door.url for door in doors_of(reloaded(second), user)] == [path_of(ines)]
