"""A meeting's place online is set on the desk, and kept from everybody else."""

import json

import pytest
from django.db import IntegrityError, transaction

from plaza.core.models import HistoryEntry
from plaza.meetings.choices import VenueKind
from plaza.meetings.domain.health import examine_video_server
from plaza.meetings.domain.online import NoServer, forget_online, set_online
from plaza.meetings.models import OnlineVenue
from plaza.venues.plain_link import NotALink
from tests.meetings.online.story import DESK, ROOM, ZOOM


def test_a_link_is_set_on_the_desk_and_stands_on_no_page_for_everybody(network, meeting, desk, client):
    answer = desk.post(DESK, {"kind": "plain", "address": ZOOM, "opens_before": "20"}, follow=True)
    row = OnlineVenue.objects.get()
    desk.logout()
    told = [
        client.get(address).content.decode()
        for address in (
            "/es/meetings/river/",
            "/es/meetings/river/programme/",
            "/es/meetings/river/calendar.ics",
            "/es/calendar/network.ics",
            "/es/meetings/",
        )
    ]

    assert (row.kind, row.address, row.opens_before) == ("plain", ZOOM, 20)
    assert "Zoom" in answer.content.decode()
    assert [page for page in told if "zoom" in page or "hush" in page] == []
    written = json.dumps(list(HistoryEntry.objects.values_list("verb", "details")))
    assert "place online set" in written
    assert "hush" not in written


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://zoom.us/j/1", "", "https://a:b@zoom.us/j/1"])
def test_a_link_that_is_none_is_a_sentence_beside_its_field(meeting, desk, address):
    answer = desk.post(f"/en{DESK[3:]}", {"kind": "plain", "address": address, "opens_before": "15"})

    assert answer.status_code == 422
    assert "This is not the address of a meeting: it must begin with https://." in answer.content.decode()
    assert OnlineVenue.objects.count() == 0


@pytest.mark.parametrize("minutes", ["", "-1", "241", "soon", "9" * 30])
def test_minutes_that_are_none_are_said_beside_their_field(meeting, desk, minutes):
    answer = desk.post(DESK, {"kind": "plain", "address": ZOOM, "opens_before": minutes})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["opens_before"])


def test_the_database_keeps_a_script_out_of_a_link(meeting):
    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineVenue.objects.create(meeting=meeting, kind="plain", address="javascript:alert(1)")
    with pytest.raises(NotALink):
        set_online(meeting=meeting, kind=VenueKind.PLAIN, address="javascript:alert(1)", by=None)


def test_without_a_server_a_room_is_not_offered_and_the_page_says_why(meeting, desk):
    page = desk.get(f"/en{DESK[3:]}").content.decode()
    answer = desk.post(DESK, ROOM)

    assert "whoever hosts Plaza has set no server for it" in page
    assert 'value="bigbluebutton"' not in page
    assert (answer.status_code, OnlineVenue.objects.count()) == (422, 0)
    with pytest.raises(NoServer):
        set_online(meeting=meeting, kind=VenueKind.BIGBLUEBUTTON, by=None)


def test_set_again_as_it_is_nothing_is_written(meeting, network):
    for _ in range(2):
        set_online(meeting=meeting, kind=VenueKind.PLAIN, address=ZOOM, by=network.secretary)
    verbs = [entry.verb for entry in HistoryEntry.objects.filter(verb__startswith="place online")]
    forget_online(meeting=meeting, by=network.secretary)
    forget_online(meeting=meeting, by=network.secretary)

    assert verbs == ["place online set"]
    assert HistoryEntry.objects.filter(verb="place online taken away").count() == 1


def test_a_link_with_letters_beyond_latin_leads_out(meeting, desk, network):
    set_online(
        meeting=meeting, kind=VenueKind.PLAIN, address="https://meet.example.org/círculo-东", by=network.secretary
    )

    assert desk.post(f"{DESK}in/")["Refresh"] == "0; url=https://meet.example.org/c%C3%ADrculo-%E4%B8%9C"


def test_plaza_check_says_how_the_video_server_is(bbb, settings):
    sound = examine_video_server()
    settings.BIGBLUEBUTTON_SECRET = "another"
    wrong = examine_video_server()
    settings.BIGBLUEBUTTON_URL = ""

    assert [each.verdict for each in (*sound, *wrong)] == ["sound", "broken"]
    assert examine_video_server() == []
