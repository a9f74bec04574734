"""Somebody agrees to get the network's letters; the secretariat writes one in two languages, and follows it."""

import pytest

from plaza.mail.models import Letter
from plaza.newsletters.domain import copies
from plaza.newsletters.models import Issue, Subscriber
from tests.journeys.looking import follow, is_good
from tests.newsletters.conftest import last_link

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("language", "dark", "width"), [("es", False, 360), ("pt", True, 1280)])
def test_one_agrees_and_the_secretary_writes_to_her(network, visit, language, dark, width):
    page = visit(language=language, width=width, dark=dark)
    page.goto(f"/{language}/")
    follow(page.locator(f"footer a[href='/{language}/newsletter/']"))
    page.fill("#id_email", "ana@example.org")
    page.check("#id_agrees")
    follow(page.locator("main form button"))
    assert "ana@example.org" in page.inner_text("main")
    page.goto(last_link())
    is_good(page)
    follow(page.locator("main form button"))
    is_good(page)
    assert Subscriber.objects.with_consent().count() == 1

    secretary = visit(language=language, user=network.secretary, width=width, dark=dark)
    secretary.goto(f"/{language}/workspace/newsletters/segments/new/")
    secretary.fill("#id_name", "Toda la red")
    follow(secretary.locator("button[value=keep]"))
    assert "1 " in secretary.inner_text("main strong")
    is_good(secretary)
    secretary.goto(f"/{language}/workspace/newsletters/")
    follow(secretary.locator("main form button"))
    is_good(secretary)
    secretary.select_option("#id_segment", label="Toda la red")
    for each in ("es", "pt"):
        secretary.fill(f"#id_subject_{each}", "Tres ciudades contra las inundaciones")
        secretary.fill(f"#id_text_{each}", "## Lo nuevo\n\n- **Riberas** avisa a [sus vecinos](https://red.example/)")
    follow(secretary.locator("button[value=look]"))
    assert secretary.locator(".sheet").count() == 2
    is_good(secretary)
    follow(secretary.locator("form[action$='/send/'] button"))
    assert Issue.objects.get().addressed == 1
    copies.write_due()
    secretary.reload()
    is_good(secretary)
    assert Letter.objects.get(template="newsletters/issue").to == "ana@example.org"
