"""Reminders, changes and what a meeting left behind: once to each, in her language and her zone."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.utils import timezone

from plaza.knowledge.domain.recordings import publish
from plaza.knowledge.models import Work
from plaza.mail.choices import LetterState
from plaza.mail.domain import lists
from plaza.mail.models import Letter
from plaza.registration.choices import Told
from plaza.registration.domain import deciding, telling
from plaza.registration.models import Registration, Telling
from tests.registration.conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(desk, network):
    """One in Porto Mar who reads Portuguese, one without a city, one who waits for a place."""
    rows = [somebody(desk, 1, language="pt", city=network.cities["Porto Mar"]), somebody(desk, 2)]
    somebody(desk, 3)
    somebody(desk, 4)
    Letter.objects.all().delete()
    return rows


def written(*templates):
    rows = Letter.objects.filter(template__in=[f"registration/{each}" for each in templates])
    return Counter(rows.values_list("to", "template"))


def at(meeting, **before):
    return time_machine.travel(meeting.starts_at - dt.timedelta(**before), tick=False)


def test_each_with_a_place_is_reminded_a_day_and_an_hour_before_once(three, meeting):
    for moment in ({"days": 2}, {"hours": 23, "minutes": 59}, {"hours": 20}, {"minutes": 59}, {"minutes": 30}):
        with at(meeting, **moment):
            telling.remind_due()
            telling.remind_due()
    with at(meeting, minutes=-1):
        telling.remind_due()

    assert written("day", "hour") == {
        (f"p{number}@example.org", f"registration/{what}"): 1 for number in (1, 2, 3) for what in ("day", "hour")
    }
    hers = Letter.objects.get(to="p1@example.org", template="registration/day")
    other = Letter.objects.get(to="p2@example.org", template="registration/day")
    assert (hers.language, "09:00" in hers.text, "07:00" in hers.text) == ("pt", True, True)
    assert ("São Paulo" in other.text, "07:00" in other.text) == (False, True)
    assert hers.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert hers.message_id != other.message_id


def test_a_meeting_that_moved_to_another_day_is_reminded_of_again(three, meeting):
    with at(meeting, hours=23):
        telling.remind_due()
    meeting.starts_at += dt.timedelta(days=7)
    meeting.ends_at += dt.timedelta(days=7)
    meeting.save()

    with at(meeting, hours=23):
        telling.remind_due()

    assert set(written("day").values()) == {2}


def test_a_meeting_moved_to_another_zone_after_people_registered_keeps_their_own_hour(three, meeting):
    meeting.timezone = "America/Santiago"
    meeting.save()
    with at(meeting, hours=23):
        telling.remind_due()

    hers = Letter.objects.get(to="p1@example.org", template="registration/day").text
    assert ("Santiago" in hers, "Bogotá" in hers, "09:00" in hers) == (True, False, True)


@pytest.mark.parametrize("status", ["cancelled", "postponed", "held"])
def test_a_meeting_that_does_not_take_place_reminds_nobody(three, meeting, status):
    meeting.status = status
    meeting.save()
    with at(meeting, hours=23):
        telling.remind_due()

    assert not Telling.objects.exists()


def test_who_left_the_list_is_not_reminded_and_who_cancelled_neither(three, meeting):
    lists.leave(lists.place_of(telling.REMINDERS, "p1@example.org"))
    deciding.cancel(registration=three[1])
    with at(meeting, hours=23):
        telling.remind_due()
        telling.remind_due()

    assert written("day") == {("p3@example.org", "registration/day"): 1}


def test_a_change_is_told_once_for_each_version_to_all_who_count_on_it(three, meeting):
    def tell(version):
        return telling.tell_of_change(meeting, version, lambda language, zone: [f"{language} {zone}"])

    assert (tell("version 2"), tell("version 2"), tell("version 3")) == (4, 0, 4)

    assert set(written("changed").values()) == {2}
    assert (
        "- pt America/Sao_Paulo" in Letter.objects.filter(to="p1@example.org", template="registration/changed")[0].text
    )


def test_a_cancelled_meeting_is_told_to_all_as_cancelled(three, meeting):
    meeting.status = "cancelled"
    meeting.save()

    telling.tell_of_change(meeting, "version 2", lambda language, zone: [])

    assert sum(written("called_off").values()) == 4


def test_what_it_left_behind_goes_once_to_those_who_agreed(desk, meeting, network):
    somebody(desk, 1, consents={"written"})
    somebody(desk, 2, consents={"listed", "recorded"})
    row = somebody(desk, 3, consents={"written"})
    row.consents.update(withdrawn_at=timezone.now())

    assert (telling.follow_up(meeting.pk), telling.follow_up(meeting.pk)) == (1, 0)

    letter = Letter.objects.get(template="registration/afterwards")
    assert (letter.to, "/es/meetings/river/" in letter.text) == ("p1@example.org", True)


def test_a_recording_that_is_published_goes_by_itself_and_once_to_those_who_agreed(desk, meeting, network):
    recording = network.recordings["river"]
    somebody(desk, 1, consents={"written"})
    somebody(desk, 2)
    Letter.objects.all().delete()
    with at(meeting, hours=-5):
        Work.objects.filter(pk=recording.work_id).update(is_published=False)
        assert telling.follow_up_due() == 0
        publish(recording=recording, by=network.secretary)
        assert [telling.follow_up_due() for _ in range(3)] == [1, 0, 0]

    letter = Letter.objects.get()
    assert (letter.to, letter.template, letter.attachments) == ("p1@example.org", "registration/afterwards", [])
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("hours", [1, -24 * 91])
def test_a_recording_of_a_meeting_to_come_or_of_long_ago_goes_to_nobody_by_itself(desk, meeting, hours):
    somebody(desk, 1, consents={"written"})
    with at(meeting, hours=hours):
        assert telling.follow_up_due() == 0


def test_a_reminder_nobody_knows_of_is_listed_and_not_sent_again_by_itself(three, meeting, client, network):
    with at(meeting, hours=23):
        telling.remind_due()
    letter = Letter.objects.get(to="p2@example.org", template="registration/day")
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.DOUBTFUL, reason="The program ended")

    with at(meeting, hours=22):
        telling.remind_due()

    client.force_login(network.secretary)
    page = client.get("/es/workspace/meetings/river/registered/").text
    assert ("p2@example.org" in page, "The program ended" in page) == (True, True)
    assert written("day")["p2@example.org", "registration/day"] == 1
    assert telling.told_of(meeting) == {Told.DAY: 3}
    assert Registration.objects.count() == 4
