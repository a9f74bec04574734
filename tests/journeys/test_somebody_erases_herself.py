"""Somebody looks at what is kept of her, erases herself, and no trace of her is left in a dump."""

import pytest

from tests.accounts.test_data import CANARY, NAME, canary, dump  # noqa: F401  the one who left traces everywhere
from tests.journeys.looking import findings, follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_person_erases_herself_on_her_telephone_and_a_dump_holds_no_trace(network, canary, visit):  # noqa: F811
    page = visit(language="pt", width=360, user=canary)
    assert (CANARY in dump(), NAME in dump()) == (True, True)
    page.goto("/pt/account/data/")
    assert CANARY in page.content()
    page.goto("/pt/account/erase/")
    page.fill("#id_email", CANARY)
    follow(page.locator("main form button"))

    assert page.locator("header").count() == 1
    page.goto("/pt/account/")
    assert "/sign-in/" in page.url
    after = dump()
    assert (CANARY in after, NAME in after, CANARY.split("@")[0] in after) == (False, False, False)
    assert findings(page, page.url) == {}
