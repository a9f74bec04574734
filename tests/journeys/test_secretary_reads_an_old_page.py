"""An old page in the morning, an archive that answers before lunch."""

import pytest

from plaza.meetings.models import Meeting
from plaza.search.domain.indexing import index_meeting
from tests.ingest.old_page import PAGE
from tests.journeys.looking import findings, focus, follow, in_view

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Nothing to scroll sideways, in the page and in the source.
WIDTHS = """[document.documentElement, document.querySelector(".source")]
  .map(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)"""
SAID = {
    "es": {
        "open": "Leer una página antigua",
        "text": "El texto de la página",
        "read": "Leerla",
        "accept": "Aceptar",
        "no": "Esto no es una reunión",
        "back": "Deshacer",
        "title": "Título",
    },
    "pt": {
        "open": "Ler uma página antiga",
        "text": "O texto da página",
        "read": "Ler",
        "accept": "Aceitar",
        "no": "Isto não é uma reunião",
        "back": "Desfazer",
        "title": "Título",
    },
}


@pytest.mark.parametrize(("language", "scripts"), [("es", True), ("pt", False)])
def test_a_page_is_pasted_looked_through_published_and_answers(network, visit, language, scripts):
    said = SAID[language]
    page = visit(language=language, user=network.secretary, scripts=scripts)
    page.goto(f"/{language}/workspace/")
    follow(page.get_by_role("link", name=said["open"]))
    page.get_by_label(said["text"]).fill(PAGE)
    follow(page.get_by_role("button", name=said["read"], exact=True))
    page.wait_for_url(f"**/{language}/workspace/pages/*/")
    assert page.locator(".source mark").first.inner_text() == "Mercados que vuelven a abrir"

    first = page.locator("#proposal-1")
    first.get_by_label(said["title"]).fill("Mercados que abren otra vez")
    follow(first.get_by_role("button", name=said["accept"]))
    page.wait_for_url("**#proposal-2")
    assert in_view(page, "#head-2")
    follow(page.locator("#proposal-2").get_by_role("button", name=said["no"]))
    page.wait_for_url("**#proposal-3")
    follow(page.locator("#proposal-2").get_by_role("button", name=said["back"]))
    page.wait_for_url("**#proposal-2")

    follow(page.locator("#proposal-2").get_by_role("button", name=said["accept"]))
    page.wait_for_url("**#proposal-3")

    for meeting in Meeting.objects.filter(title__in=["Mercados que abren otra vez", "Agua de lluvia en los techos"]):
        index_meeting(meeting.pk)
    page.goto(f"/{language}/ask/?q=puede+un+techo+dar+agua+a+una+manzana")
    told = page.locator("section[aria-labelledby=told]")
    assert "¿Puede un techo dar agua a una manzana?" in told.locator("mark").first.inner_text()
    follow(told.get_by_role("link", name="Agua de lluvia en los techos"))
    page.wait_for_url(f"**/{language}/meetings/agua-de-lluvia-en-los-techos/")
    page.goto(f"/{language}/search/?q=mercados+que+abren")
    follow(page.locator(".found").get_by_role("link", name="Mercados que abren otra vez"))
    page.wait_for_url(f"**/{language}/meetings/mercados-que-abren-otra-vez/")
    assert "4" in page.get_by_text("Red de Prueba").locator("xpath=..").inner_text()


def test_a_page_is_looked_through_by_the_keyboard_alone(network, visit):
    page = visit(user=network.secretary, width=1280)
    page.goto("/es/workspace/pages/")
    page.get_by_label("El texto de la página").fill(PAGE)
    page.get_by_role("button", name="Leerla").press("Enter")
    page.wait_for_url("**/workspace/pages/*/")

    for _ in range(40):
        page.keyboard.press("Tab")
        here = focus(page)
        assert here["is_outlined"], here
        if page.evaluate("document.activeElement.matches('#proposal-1 button[value=accept]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**#proposal-2")

    assert Meeting.objects.filter(title="Mercados que vuelven a abrir").exists()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_axe_finds_nothing_on_the_pages_that_read_pages(network, visit, language, dark):
    page = visit(language=language, user=network.secretary, dark=dark)
    page.goto(f"/{language}/workspace/pages/")
    page.locator("textarea").fill(PAGE)
    follow(page.locator("main form button"))
    page.wait_for_url("**/workspace/pages/*/")
    follow(page.locator("#proposal-1 button[value=accept]"))
    page.wait_for_url("**#proposal-2")

    assert page.evaluate(WIDTHS) == [True, True]
    assert findings(page, page.url.split("#")[0]) | findings(page, f"/{language}/workspace/pages/") == {}
