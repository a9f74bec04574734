"""A second step of signing in, for whoever wants one and for those who run the network."""

import pytest

from plaza.accounts.domain import second_step
from plaza.accounts.forms import SECOND_STEPS
from plaza.accounts.models import SecondStep
from plaza.core import history

SET_UP = "/es/account/second-step/"


@pytest.fixture
def secured(network, client, by_code, app_code):
    """The secretary with a second step, signed out; her codes for paper."""
    by_code("secretary@example.org")
    client.get(SET_UP)
    page = client.post(SET_UP, {"code": app_code(network.secretary)})
    client.post("/es/sign-out/")
    return [line.split("<code>")[1].split("</code>")[0] for line in page.text.split("<li>") if "<code>" in line]


def test_the_app_reads_a_picture_and_its_first_code_puts_it_in_force(network, client, by_code, app_code):
    by_code("secretary@example.org")
    page = client.get(SET_UP)
    step = SecondStep.objects.get(user=network.secretary)

    assert ("<svg" in page.text, "style=" in page.text.split("<svg")[1]) == (True, False)
    assert second_step.written(step) in page.text
    assert client.post(SET_UP, {"code": "000000"}).status_code == 200
    assert not second_step.has_second_step(network.secretary)
    assert client.post(SET_UP, {"code": app_code(network.secretary)}).text.count("<code>") == second_step.PAPER_CODES
    assert second_step.has_second_step(network.secretary)
    assert [entry.verb for entry in history.of(network.secretary)] == ["second step added"]


def test_the_database_alone_makes_no_codes(secured, network, settings):
    step = SecondStep.objects.get()
    before = second_step.code_at(step, 1)
    kept = str(SecondStep.objects.values())

    assert second_step.written(step) not in kept
    assert [code for code in secured if code in kept] == []
    settings.SECRET_KEY = "another"
    assert second_step.code_at(step, 1) != before


def test_the_code_of_the_app_is_asked_after_the_code_by_mail(secured, network, client, by_code, app_code):
    answer = by_code("secretary@example.org")

    assert answer["Location"] == "/es/sign-in/second-step/"
    assert client.get("/es/workspace/").status_code == 302
    client.post("/es/sign-in/second-step/", {"code": "000000"})
    assert client.get("/es/workspace/").status_code == 302
    assert (
        client.post("/es/sign-in/second-step/", {"code": app_code(network.secretary, 1)})["Location"]
        == "/es/workspace/"
    )
    assert client.get("/es/workspace/").status_code == 200


def test_it_is_asked_after_a_password_too(secured, client):
    answer = client.post("/es/sign-in/", {"login": "secretary@example.org", "password": "correct horse"})

    assert answer["Location"] == "/es/sign-in/second-step/"


def test_a_code_opens_once(secured, network, client, app_code):
    code = app_code(network.secretary, 1)
    second_step.take(user=network.secretary, code=code)

    with pytest.raises(second_step.WrongCode):
        second_step.take(user=network.secretary, code=code)
    second_step.take(user=network.secretary, code=f" {secured[0].upper()} ")
    with pytest.raises(second_step.WrongCode):
        second_step.take(user=network.secretary, code=secured[0])


@pytest.mark.parametrize("code", ["", "1", "x" * 10_000, "１２３４５６", "000000", "\x00"])
def test_what_is_no_code_is_refused(secured, network, code):
    with pytest.raises(second_step.WrongCode):
        second_step.take(user=network.secretary, code=code)


def test_guessing_ends_soon(secured, network, client, by_code):
    by_code("secretary@example.org")
    answers = [client.post("/es/sign-in/second-step/", {"code": f"{n:06d}"}).status_code for n in range(12)]

    # One was taken when it was set up.
    assert answers == [200] * (SECOND_STEPS.burst - 1) + [429] * 3


def test_where_the_host_asks_it_staff_without_one_gets_no_further(network, client, settings, by_code):
    settings.STAFF_TOTP = True
    by_code("secretary@example.org")

    assert client.get("/es/workspace/")["Location"] == SET_UP
    assert client.get("/es/recordings/markets/")["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200
    client.force_login(network.member)
    assert client.get("/es/meetings/").status_code == 200


def test_new_paper_and_putting_away(secured, network, client, by_code, app_code):
    by_code("secretary@example.org")
    client.post("/es/sign-in/second-step/", {"code": app_code(network.secretary, 1)})

    page = client.post("/es/account/second-step/change/", {"deed": "codes"})
    assert page.text.count("<code>") == 10
    with pytest.raises(second_step.WrongCode):
        second_step.take(user=network.secretary, code=secured[0])
    client.post("/es/account/second-step/change/", {"deed": "away"})
    assert not second_step.has_second_step(network.secretary)
