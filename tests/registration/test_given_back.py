"""A place for an address that nobody proves is kept for a stated time; then it goes to whoever waits."""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.core import history
from plaza.mail.models import Letter
from plaza.registration.domain import deciding, desks, door
from plaza.registration.domain.hours import moment
from plaza.registration.models import Registration
from tests.registration.conftest import FORM, last_letter, link_in, somebody, state_of, states

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def time_is_over():
    Registration.objects.filter(confirm_until__isnull=False).update(confirm_until=timezone.now())
    return deciding.lapse_what_ended()


def test_a_place_whose_address_nobody_confirms_goes_to_who_waits_and_its_owner_is_told_once(send, desk, client):
    page = send("en", language="en")
    first, letter = Registration.objects.get(), last_letter()
    stated = moment(first.seated_at + 48 * HOUR, "America/Sao_Paulo", "en")
    assert [stated in letter.text, stated in client.get(link_in(letter)).text, "within 48 hours" in page.text] == [
        True
    ] * 3
    for number in range(3):
        deciding.confirm_address(registration=somebody(desk, number))
    assert states() == ["confirmed", "confirmed", "confirmed", "waitlisted"]
    assert deciding.lapse_what_ended() == 0

    assert [time_is_over(), time_is_over()] == [1, 0]

    assert states() == ["lapsed", "confirmed", "confirmed", "offered"]
    told = Letter.objects.get(template="registration/given_back")
    assert (told.to, "Inês" in told.text, last_letter().to) == ("ines@example.org", False, "p2@example.org")
    assert list(history.of(first).values_list("verb", "by")) == [
        ("registered", None), ("registration confirmed", None), ("place not confirmed in time", None)
    ]  # fmt: skip
    client.post(link_in(letter), {"deed": "confirm"})  # too late
    late = client.get(link_in(letter)).text
    assert ("nobody confirmed it in time" in late, "address is confirmed" in late) == (True, False)
    send("en", language="en")
    assert states() == ["confirmed", "confirmed", "offered", "waitlisted"]


def test_who_confirms_or_is_at_the_door_or_inside_when_it_begins_keeps_her_place(desk, meeting, network):
    deciding.confirm_address(registration=somebody(desk, 1))
    door.check_in(registration=somebody(desk, 2), by=network.secretary)
    assert time_is_over() == 0
    somebody(desk, 3)
    meeting.starts_at = timezone.now()
    meeting.save()
    assert time_is_over() == 0

    assert states() == ["confirmed"] * 3


def test_shortly_before_the_meeting_places_go_back_an_hour_ahead_and_then_no_more(desk, meeting):
    def until(ahead):
        meeting.starts_at = timezone.now() + ahead
        meeting.ends_at = meeting.starts_at + HOUR
        meeting.save()
        row = somebody(desk, ahead.seconds)
        return row.confirm_until and meeting.starts_at - row.confirm_until

    assert [until(5 * HOUR), until(HOUR * 3 / 2)] == [HOUR, None]


def test_where_there_are_places_for_all_nobody_loses_hers(meeting, network, client):
    desks.open_registration(meeting=meeting, by=network.secretary)
    page = client.post("/en/meetings/river/register/", {**FORM, "language": "en"})

    assert (time_is_over(), states(), "within 48 hours" in page.text) == (0, ["confirmed"], False)


def test_who_is_approved_has_the_time_from_then_on(desk, meeting, network):
    desks.set_up(meeting=meeting, by=network.secretary, needs_approval=True)
    row = somebody(desk, 1)
    assert (state_of(row), row.confirm_until) == ("pending", None)

    deciding.approve(desk=desk, chosen=[row.pk], by=network.secretary)

    row.refresh_from_db()
    assert row.confirm_until == row.seated_at + 48 * HOUR
