"""The secretary gives a meeting a room of its own; an official goes in by her personal link, on a telephone; it ends, and
attendance is there by itself."""

import datetime as dt
import time

import pytest
from django.utils import timezone, translation

from plaza.attendance.domain import arriving
from plaza.attendance.models import SentReport
from plaza.meetings.domain import rooms
from plaza.meetings.models import Meeting, OnlineVenue
from plaza.registration.domain import deciding, desks
from plaza.registration.domain.links import join_path_of
from tests.journeys.looking import AXE, faults, follow, text_of
from tests.registration.conftest import somebody

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RECORDING = "https://bbb.example.org/playback/presentation/2.3/river"


@pytest.fixture
def desk(network, bbb, settings, live_server):
    """It begins in five minutes, and lasts an hour."""
    settings.SITE_URL = live_server.url
    meeting = network.meetings["river"]
    begins = timezone.now() + dt.timedelta(minutes=5)
    Meeting.objects.filter(pk=meeting.pk).update(
        status="announced", timezone="America/Guayaquil", starts_at=begins, ends_at=begins + dt.timedelta(hours=1)
    )
    meeting.refresh_from_db()
    return desks.open_registration(meeting=meeting, by=network.secretary)


def is_good(page, address):
    assert faults(page, address) == {}


@pytest.mark.parametrize(("language", "scripts", "width", "dark"), [("pt", False, 360, False), ("fr", True, 360, True)])
def test_an_official_goes_in_by_her_link_and_attendance_is_there(
    network, desk, bbb, visit, language, scripts, width, dark
):
    secretary = visit(user=network.secretary, language="es", width=1280, also=(bbb.url.removesuffix("bigbluebutton/"),))
    place = "/es/workspace/meetings/river/online/"
    is_good(secretary, place)
    secretary.check("input[name=kind][value=bigbluebutton]")
    secretary.check("#id_records")
    follow(secretary.locator("main form[novalidate] button"))
    is_good(secretary, place)
    ines = somebody(desk, 1, name="Inês Souza", email="ines@example.org", language=language)
    deciding.confirm_address(registration=ines)
    with translation.override(language):
        link = join_path_of(ines)

    page = visit(
        language=language, scripts=scripts, width=width, dark=dark, also=(bbb.url.removesuffix("bigbluebutton/"),)
    )
    page.goto(link)
    if scripts:
        is_good(page, link)
        page.route(f"**{link}", without_refresh)  # as in a browser that does not go there by itself
        follow(page.locator("main form button"))
        page.evaluate(AXE)
        assert page.evaluate("axe.run().then(result => result.violations.map(each => each.id))") == []
        follow(page.locator("main a.button"))
    else:
        page.locator("main form button").click()
    page.wait_for_url("**/client/BigBlueButton.html?*")
    assert (text_of(page, "#who"), text_of(page, "#role")) == ("Inês Souza", "VIEWER")
    secretary.locator("main .deeds form button").first.click()
    secretary.wait_for_url("**/client/BigBlueButton.html?*")
    assert text_of(secretary, "#role") == "MODERATOR"

    bbb.clock = lambda: time.time() + 3600
    told = bbb.end_now(str(desk.meeting.uuid))
    for row in SentReport.objects.all():
        arriving.read_sent_report(row.pk)
    OnlineVenue.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=5))
    rooms.look_into_rooms()
    bbb.publish_recording(str(desk.meeting.uuid), RECORDING, minutes=60)
    rooms.look_for_recordings()

    assert told == 200
    secretary.goto("/es/workspace/meetings/river/attendance/")
    row = secretary.locator("table tr", has_text="Inês Souza")
    assert [each.strip() for each in row.locator("td").all_inner_texts()][3:4] == ["60"]
    is_good(secretary, place)
    follow(secretary.locator("button[name=take]"))
    assert desk.meeting.sessions.first().works.filter(material__url=RECORDING).count() == 1
    page.goto(link)  # the hour is not over by the clock, but she may go in again
    assert page.locator("main form button").count() == 1


def without_refresh(route):
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)
