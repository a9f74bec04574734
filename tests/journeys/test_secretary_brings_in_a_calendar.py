"""The secretary brings in the calendar that another program exported, and takes what she wants of it."""

import pytest

from plaza.meetings.models import Meeting
from tests.formats.test_calendars import OWN
from tests.journeys.looking import WIDTHS, findings, follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("language", "scripts", "width"), [("es", False, 360), ("pt", True, 1280)])
def test_what_a_calendar_holds_becomes_drafts_when_it_is_taken(network, visit, language, scripts, width):
    page = visit(user=network.secretary, language=language, scripts=scripts, width=width)
    page.goto(f"/{language}/workspace/calendars/")
    page.locator("input[type=file]").set_input_files(OWN)
    follow(page.locator("main form button").first)
    brought = page.url
    # Without scripts axe cannot look: another visitor does.
    looking = visit(user=network.secretary, language=language, width=width)
    found = findings(looking, brought) | findings(looking, f"/{language}/account/registrations/")
    # One has no zone that is known by name; one was cancelled.
    assert page.locator("[name=take]").count() == 3

    page.locator("[name=zone]").first.select_option("America/Santiago")
    follow(page.locator("form.find button"))
    page.get_by_label("Taller: sirenas y barrios").check()
    follow(page.locator("form:has([name=take]) button"))

    assert found | findings(looking, brought) == {}
    assert page.evaluate(WIDTHS)[0] <= width
    taken = Meeting.objects.get(title__startswith="Taller: sirenas")
    assert (taken.status, taken.timezone, taken.starts_at.isoformat()) == (
        "draft", "America/Santiago", "2026-09-05T14:00:00+00:00",
    )  # fmt: skip
    assert page.locator("[name=take]").count() == 3
