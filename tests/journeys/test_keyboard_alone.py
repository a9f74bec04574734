"""Nobody needs a mouse or a finger."""

import pytest

from tests.journeys.looking import focus, text_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HERE = "document.activeElement.matches({!r})"


def tab_to(page, selector, *, within):
    """Presses Tab until the element has the focus; every stop on the way is seen. Returns how often."""
    for presses in range(1, within + 1):
        page.keyboard.press("Tab")
        assert focus(page)["is_seen"], focus(page)
        if page.evaluate(HERE.format(selector)):
            return presses
    raise AssertionError(f"{selector} was not reached")


def test_the_keyboard_alone_asks_and_opens_the_first_result(network, visit):
    page = visit(language="pt", width=1280)
    page.goto("/pt/")

    assert tab_to(page, ".skip", within=1) == 1
    page.keyboard.press("Enter")
    assert tab_to(page, "#question", within=1) == 1
    page.keyboard.type("como avisam as pessoas quando o rio sobe?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pt/ask/?q=*")

    tab_to(page, ".skip", within=1)
    page.keyboard.press("Enter")
    tab_to(page, ".found > li:first-child h3 a", within=4)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pt/recordings/river/?t=5,10#t=5")

    assert text_of(page, "mark").startswith("Cuando el río crece")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_stop_of_the_tab_key_is_seen_and_shows_its_focus(heard, visit, width):
    page = visit(width=width)
    page.goto("/es/recordings/river/")
    stops = []

    page.keyboard.press("Tab")
    while (stop := focus(page))["element"] is not None:
        stops.append(stop)
        page.keyboard.press("Tab")

    assert [stop for stop in stops if not (stop["is_seen"] and stop["is_outlined"])] == []
    assert len({stop["element"] for stop in stops}) == page.locator("a, button, input, audio").count()
