"""Somebody who is named here asks, without an account; the secretariat answers; she reads it by her link."""

import pytest

from plaza.corrections.models import Correction
from plaza.mail.domain import lists
from plaza.mail.models import Letter
from tests.journeys.looking import faults, follow, text_of
from tests.journeys.test_keyboard_alone import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAID = {
    "pt": ("João Mar", "joao-mar", "Já não sou secretário.", "Foi corrigido. Obrigada!", "corrigido"),
    "es": ("Ana Ribera", "ana-ribera", "Ya no soy alcaldesa.", "Está corregido. ¡Gracias!", "se corrigió"),
}


def link_in(letter):
    return next(line for line in letter.text.splitlines() if "/corrections/" in line).removeprefix("http://127.0.0.1")


@pytest.mark.parametrize("language", SAID)
def test_she_asks_is_answered_and_reads_the_answer(network, visit, language):
    name, slug, wrong, answer, outcome = SAID[language]
    page = visit(language=language, scripts=False)
    page.goto(f"/{language}/people/{slug}/")
    follow(page.locator("main a[href*='/corrections/']"))
    assert name in page.inner_text("main")
    page.check("input[value=removal]")
    page.fill("#id_wrong", wrong)
    page.fill("#id_name", name)
    page.fill("#id_email", "named@example.org")
    follow(page.locator("main form button"))
    correction = Correction.objects.get()
    assert correction.number in text_of(page, "h1")
    assert link_in(Letter.objects.get()) in page.url

    secretary = visit(language="es", user=network.secretary)
    secretary.goto("/es/workspace/")
    follow(secretary.locator("a[href='/es/workspace/corrections/']"))
    follow(secretary.locator(f"text={correction.number}"))
    assert wrong in secretary.inner_text("main")
    secretary.fill("#id_text", answer)
    secretary.select_option("#id_outcome", "corrected")
    follow(secretary.locator("main form button >> nth=0"))
    assert answer in secretary.inner_text("main")

    page.goto(link_in(Letter.objects.order_by("-pk")[0]))
    assert answer in page.inner_text("main")
    assert outcome in text_of(page, ".facts")


def test_the_keyboard_alone_asks_and_meets_no_trap_for_programs(network, visit):
    page = visit(width=1280)
    # Chromium scrolls to where one writes in a text area, not to the end of the area.
    page.set_viewport_size({"width": 1280, "height": 1500})
    page.goto("/es/corrections/?about=/es/people/ana-ribera/")
    tab_to(page, ".skip", within=1)
    page.keyboard.press("Enter")
    tab_to(page, "input[name=kind]", within=3)
    page.keyboard.press("ArrowDown")
    tab_to(page, "#id_wrong", within=1)
    page.keyboard.type("Ese cargo no es el mío.")
    tab_to(page, "#id_wish", within=1)
    tab_to(page, "#id_capacity", within=1)
    tab_to(page, "#id_name", within=1)
    page.keyboard.type("Ana Ribera")
    tab_to(page, "#id_email", within=1)
    page.keyboard.type("ana@example.org")
    tab_to(page, "main form button", within=1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/corrections/*/")

    assert Correction.objects.get().kind == "removal"


@pytest.mark.parametrize(("language", "dark", "width"), [("pt", False, 360), ("es", True, 1280), ("fr", False, 1280)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(network, visit, monkeypatch, client, language, dark, width):
    monkeypatch.setattr(lists.lists, "_items", {"digest": lists.MailingList("Digest")})
    left = lists.leaving_headers(lists.place_of("digest", "ana@example.org"))["List-Unsubscribe"].split("/leave/")[1]
    form = {"kind": "other", "wrong": "x" * 300, "name": "Ana", "email": "ana@example.org", "where": "y" * 300}
    client.post(f"/{language}/corrections/", form)
    correction = Correction.objects.get()
    followed = link_in(Letter.objects.get())
    client.post(followed, {"text": "z" * 300})
    Letter.objects.update(state="doubtful", reason="TimeoutError: timed out")
    secretary = visit(language=language, dark=dark, width=width, user=network.secretary)
    found = {}

    for address in [
        followed,
        f"/{language}/letters/leave/{left.strip('>')}",
        f"/{language}/workspace/corrections/",
        f"/{language}/workspace/corrections/{correction.pk}/",
        f"/{language}/workspace/letters/",
    ]:
        found |= faults(secretary, address)

    assert found == {}
