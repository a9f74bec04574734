"""A calendar that was brought in holds more than meetings: little of it is kept, and not for ever."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from plaza.core.models import HistoryEntry
from plaza.ingest.domain.calendars import receive_calendar, take
from plaza.ingest.models import BroughtCalendar
from plaza.ingest.tasks import forget_old_calendars
from plaza.meetings.models import Meeting
from tests.formats.test_calendars_hostile import calendar, event

pytestmark = pytest.mark.django_db
PATH = "/es/workspace/calendars/"
PRIVATE = (
    "ORGANIZER;CN=Inés Quiroga:mailto:ines@example.org",
    "URL:https://zoom.example/j/1",
    "CONFERENCE;VALUE=URI:https://meet.example/abc",
    "CATEGORIES:Familia",
)


@pytest.fixture
def bring(network):
    def bring(title, *lines):
        data = calendar(event(f"UID:{title}", f"SUMMARY:{title}", *lines))
        return receive_calendar(data=data, name=title, by=network.secretary)

    return bring


@pytest.fixture
def taken(bring, network):
    brought = bring("Foro de riberas")
    take(calendar=brought, numbers=[1], zone="", language="es", by=network.secretary)
    return brought


def test_who_invites_and_the_ways_into_rooms_are_not_kept(bring):
    (row,) = bring("Foro", *PRIVATE).events.all()

    assert (row.told["title"], row.told.keys() & {"organiser", "url", "conferences", "categories"}) == ("Foro", set())
    assert not {"ines@example.org", "zoom.example", "meet.example", "Familia"} & set(json.dumps(row.told).split('"'))


def test_a_calendar_that_is_removed_is_gone_and_its_meetings_stay(taken, client, network):
    client.force_login(network.secretary)
    there = f"{PATH}{taken.pk}/"
    assert 'name="deed" value="remove"' in client.get(there).text

    page = client.post(there, {"deed": "remove"}, follow=True)

    assert (page.redirect_chain, client.get(there).status_code) == ([(PATH, 302)], 404)
    assert (BroughtCalendar.objects.count(), Meeting.objects.filter(title="Foro de riberas").count()) == (0, 1)
    (told,) = HistoryEntry.objects.filter(verb="calendar removed")
    assert (told.by, told.subject_id) == (network.secretary, taken.pk)


def test_what_nobody_took_is_put_aside_in_one_deed_and_only_its_number_is_kept(client, network):
    data = calendar(event("UID:1", "SUMMARY:Foro"), event("UID:2", "SUMMARY:Dentista"), event("UID:3", "SUMMARY:Boda"))
    brought = receive_calendar(data=data, name="Todo", by=network.secretary)
    BroughtCalendar.objects.update(reading=brought.reading | {"put_aside": [{"line": 9, "why": "?", "text": "Boda"}]})
    client.force_login(network.secretary)
    there = f"{PATH}{brought.pk}/"
    assert 'value="put-aside"' not in client.get(there).text  # nothing was taken: it is removed whole
    take(calendar=brought, numbers=[1], zone="", language="es", by=network.secretary)

    assert 'value="put-aside"' in client.get(there).text
    for _ in range(2):
        page = client.post(there, {"deed": "put-aside"}, follow=True).text

    kept = BroughtCalendar.objects.get()
    assert [row.told["title"] for row in kept.events.all()] == ["Foro"]
    assert (kept.reading["rest"], kept.reading["put_aside"]) == (2, [])
    assert ["Dentista" in page, 'value="put-aside"' in page, "Foro" in page] == [False, False, True]
    assert [row.details for row in HistoryEntry.objects.filter(verb="rest of a calendar put aside")] == [{"events": 2}]
    assert Meeting.objects.filter(title="Foro").exists()


def test_a_calendar_of_which_nothing_was_taken_is_forgotten_after_sixty_days(bring, taken):
    old, newer = bring("Dentista"), bring("Cumpleaños")
    for each, days in ((taken, 61), (old, 61), (newer, 59)):
        BroughtCalendar.objects.filter(pk=each.pk).update(brought_at=timezone.now() - dt.timedelta(days=days))

    for _ in range(2):
        forget_old_calendars(0)

    assert set(BroughtCalendar.objects.all()) == {taken, newer}
