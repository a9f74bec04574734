"""What an old page named is looked for: one address found, one thing given up, and readers are told the truth."""

import pytest

from plaza.ingest.domain.decisions import accept
from plaza.ingest.domain.pages import receive_page
from plaza.knowledge.domain.materials import attach_address
from plaza.knowledge.models import Material
from tests.ingest.old_page import PAGE
from tests.journeys.looking import findings, focus, follow
from tests.sites import sites

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WIDTHS = "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.documentElement)"
SAID = {
    "es": {
        "open": "Enlaces perdidos",
        "attach": "Poner el enlace",
        "more": "Enviar el archivo, guardar una copia, marcar como perdido",
        "why": "Por qué",
        "lose": "Marcar como perdido",
        "lost": "se sabe que existió, pero se perdió",
        "there": "abrirlo donde está",
        "written": "Está ahí.",
    },
    "pt": {
        "open": "Links perdidos",
        "attach": "Colocar o link",
        "more": "Enviar o arquivo, guardar uma cópia, marcar como perdido",
        "why": "Por quê",
        "lose": "Marcar como perdido",
        "lost": "sabe-se que existiu, mas se perdeu",
        "there": "abrir onde está guardado",
        "written": "Está lá.",
    },
}


@pytest.fixture
def elsewhere(monkeypatch):
    with sites(monkeypatch) as played:
        yield played


@pytest.fixture
def meeting(network):
    page = receive_page(data=PAGE.encode(), by=network.secretary)
    return accept(proposal=page.proposals.get(number=1), by=network.secretary)


@pytest.mark.parametrize(("language", "scripts"), [("es", True), ("pt", False)])
def test_an_address_is_attached_the_other_is_lost_and_readers_are_told(
    network, meeting, visit, elsewhere, language, scripts
):
    said = SAID[language]
    url = elsewhere.says("/grabacion")
    page = visit(language=language, user=network.secretary, scripts=scripts)
    page.goto(f"/{language}/workspace/")
    follow(page.get_by_role("link", name=said["open"]))
    assert page.locator(".found > li").count() == 2

    first = page.locator(".found > li").first
    first.locator("input[name=url]").fill(url)
    follow(first.get_by_role("button", name=said["attach"]))
    page.get_by_text(said["written"]).wait_for()
    assert page.locator(".found > li").count() == 1

    follow(page.get_by_role("link", name=said["more"]))
    page.get_by_label(said["why"]).fill("No está en ningún disco.")
    follow(page.get_by_role("button", name=said["lose"]))
    page.wait_for_url(f"**/{language}/workspace/lost-links/")
    assert page.locator(".found > li").count() == 0

    reader = visit(language=language)
    reader.goto(f"/{language}/meetings/{meeting.slug}/")
    assert reader.get_by_role("link", name=said["there"]).get_attribute("href") == url
    assert reader.get_by_text(said["lost"]).count() == 1


def test_a_link_is_mended_by_the_keyboard_alone(network, meeting, visit, elsewhere):
    page = visit(user=network.secretary, width=1280)
    page.goto("/es/workspace/lost-links/")

    for _ in range(40):
        page.keyboard.press("Tab")
        here = focus(page)
        assert here["is_outlined"], here
        if page.evaluate("document.activeElement.matches('.found input[name=url]')"):
            break
    page.keyboard.type(elsewhere.says("/grabacion"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Está ahí.").wait_for()

    assert Material.objects.get(work__kind="recording", work__sessions__meeting=meeting).answer == "there"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_axe_finds_nothing_on_the_pages_of_lost_links(network, meeting, visit, elsewhere, language, dark):
    notes = Material.objects.get(work__kind="notes")
    url = elsewhere.says("/" + "a" * 300, 301, Location="/" + "b" * 300)
    elsewhere.says("/" + "b" * 300)
    page = visit(language=language, user=network.secretary, dark=dark)
    found = {}
    attach_address(material=notes, url=url, by=None)
    page.goto(f"/{language}/workspace/lost-links/{notes.work.slug}/")
    follow(page.locator("button[value=look]"))

    for address in (
        "workspace/lost-links/",
        "workspace/lost-links/?state=doubtful",
        f"workspace/lost-links/{notes.work.slug}/",
        f"works/{notes.work.slug}/",
        f"meetings/{meeting.slug}/",
    ):
        found |= findings(page, f"/{language}/{address}")
        if not page.evaluate(WIDTHS):
            found[address] = ["scrolls sideways"]

    assert found == {}
