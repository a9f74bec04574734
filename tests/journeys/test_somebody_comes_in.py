"""Somebody is invited, comes in, signs in by a code and with a second step, and signs out elsewhere."""

import pytest

from plaza.accounts.domain import second_step
from plaza.accounts.models import SecondStep, User
from plaza.directory.models import Organization
from plaza.mail.models import Letter
from tests.accounts.conftest import code_in, newest
from tests.journeys.looking import faults, follow, text_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAID = {
    "es": ("Iniciar sesión con un código por correo", "Su cuenta"),
    "pt": ("Entrar com um código por e-mail", "Sua conta"),
}


def sign_in_by_code(page, address, language):
    page.goto(f"/{language}/sign-in/")
    follow(page.get_by_role("link", name=SAID[language][0]))
    page.fill("#id_email", address)
    follow(page.locator("main form button"))
    page.fill("#id_code", code_in(newest(address)))
    follow(page.locator("main form button"))


@pytest.mark.parametrize(("language", "scripts"), [("pt", False), ("es", True)])
def test_a_code_from_the_letter_signs_in(network, visit, language, scripts):
    page = visit(language=language, scripts=scripts)

    sign_in_by_code(page, "member@example.org", language)

    page.wait_for_url(f"**/{language}/")
    follow(page.get_by_role("link", name=SAID[language][1]))
    assert "member@example.org" in page.inner_text("main")


def test_a_second_step_is_added_and_asked_for(network, visit):
    page = visit(user=network.secretary)
    page.goto("/es/account/second-step/")
    assert page.locator("main [role=img] svg").bounding_box()["width"] > 150
    step = SecondStep.objects.get()
    assert text_of(page, "main code") == second_step.written(step)
    page.fill("#id_code", second_step.code_at(step, second_step.now_counter()))
    follow(page.locator("main form button"))
    assert page.locator("main li code").count() == 10
    on_paper = page.locator("main li code").first.inner_text()

    again = visit()
    sign_in_by_code(again, "secretary@example.org", "es")
    again.wait_for_url("**/es/sign-in/second-step/")
    again.fill("#id_code", "000000")
    follow(again.locator("main form button"))
    assert again.locator(".errorlist").count() == 1
    again.fill("#id_code", on_paper)
    follow(again.locator("main form button"))
    again.wait_for_url("**/es/workspace/")


def test_an_editor_is_invited_accepts_and_invites_a_colleague(network, visit):
    secretary = visit(user=network.secretary)
    secretary.goto("/es/workspace/")
    follow(secretary.locator("a[href='/es/workspace/invitations/']"))
    secretary.fill("#id_email", "nadia@example.org")
    secretary.fill("#id_city", "Riberas")
    follow(secretary.locator("main form button").last)
    assert "nadia@example.org" in secretary.inner_text("main table")

    guest = visit(scripts=False)
    link = next(line for line in Letter.objects.get().text.splitlines() if "/invitations/" in line)
    guest.goto(link.removeprefix("http://127.0.0.1"))
    guest.fill("#id_name", "Nadia Prado")
    follow(guest.locator("main form button"))
    assert User.objects.get(email="nadia@example.org").name == "Nadia Prado"
    guest.goto("/es/account/places/")
    follow(guest.locator("main li a"))
    guest.fill("#id_email", "colega@example.org")
    follow(guest.locator("main form button").last)

    assert "colega@example.org" in guest.inner_text("main")


def test_she_signs_out_there(network, visit):
    phone, desk = visit(), visit(width=1280)
    for page in (phone, desk):
        sign_in_by_code(page, "member@example.org", "es")
        page.wait_for_url("**/es/")

    desk.goto("/es/account/sessions/")
    follow(desk.locator("main .card button"))
    phone.goto("/es/account/")

    assert "/es/sign-in/" in phone.url


@pytest.mark.parametrize(("language", "dark", "width"), [("pt", False, 360), ("es", True, 1280), ("fr", False, 360)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(network, visit, client, language, dark, width):
    Organization.objects.create(slug="instituto", name="Instituto")
    client.force_login(network.secretary)
    client.post(
        f"/{language}/workspace/invitations/",
        {"email": f"{'n' * 60}@example.org", "language": language, "role": "member"},
    )
    client.post(f"/{language}/cities/riberas/desk/", {"email": "m@example.org", "language": language})
    client.post(f"/{language}/join/", {"name": "x" * 200, "email": "j@example.org", "words": "y" * 300})
    client.post(f"/{language}/people/ana-ribera/claim/")
    link = next(line for line in Letter.objects.last().text.splitlines() if "/invitations/" in line)
    secretary = visit(language=language, dark=dark, width=width, user=network.secretary)
    guest = visit(language=language, dark=dark, width=width)
    found = {}
    guest.goto(f"/{language}/sign-in/code/")
    guest.fill("#id_email", "member@example.org")
    follow(guest.locator("main form button"))

    for page, address in [
        (guest, f"/{language}/sign-in/code/type/"),
        (guest, link.removeprefix("http://127.0.0.1")),
        (secretary, f"/{language}/workspace/invitations/"),
        (secretary, f"/{language}/workspace/claims/"),
        (secretary, f"/{language}/cities/riberas/desk/"),
        (secretary, f"/{language}/institutions/instituto/desk/"),
        (secretary, f"/{language}/people/ana-ribera/claim/"),
        (secretary, f"/{language}/account/data/"),
        (secretary, f"/{language}/workspace/history/meetings.meeting/{network.meetings['river'].pk}/"),
    ]:
        found |= faults(page, address)

    assert found == {}
