"""Signing in by a code, without a password; and nobody learns by it who is here."""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.accounts.adapter import Adapter
from plaza.accounts.forms import CODES_TO_ONE_ADDRESS
from plaza.accounts.models import User
from plaza.core.languages import LANGUAGES
from plaza.mail.models import Letter
from tests.accounts.conftest import code_in, newest

ASK, TYPE = "/es/sign-in/code/", "/es/sign-in/code/type/"


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_from_the_outbox_signs_in(network, client, by_code, language):
    response = by_code("member@example.org", language)

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert newest("member@example.org").language == language
    assert is_signed_in(client)


def test_a_code_leads_back_to_where_she_wanted_to_go(network, client):
    client.post(
        f"{ASK}?next=/es/workspace/letters/", {"email": "secretary@example.org", "next": "/es/workspace/letters/"}
    )

    code = code_in(newest("secretary@example.org"))
    response = client.post(TYPE, {"code": f"{code[:3]} {code[3:]}", "next": "/es/workspace/letters/"})

    assert response["Location"] == "/es/workspace/letters/"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_site(network, client, wanted):
    client.post(ASK, {"email": "member@example.org", "next": wanted})

    response = client.post(TYPE, {"code": code_in(newest("member@example.org")), "next": wanted})

    assert response["Location"] == "/es/"


def bare(response, *hidden):
    text = "".join(line for line in response.text.splitlines() if "csrfmiddlewaretoken" not in line)
    for word in hidden:
        text = text.replace(word, "…")
    return text


def test_an_address_without_an_account_gets_the_same_answers_and_another_letter(network, client):
    known, unknown = "member@example.org", "nobody@example.org"
    User.objects.create_user("closed@example.org", None, name="Closed", is_active=False)
    seen = []
    for address in (known, unknown, "closed@example.org"):
        client.cookies.clear()
        answer = client.post(ASK, {"email": address})
        page = client.get(answer["Location"])
        wrong = client.post(TYPE, {"code": "000000"})
        seen.append(
            (answer.status_code, answer["Location"], bare(page, address), wrong.status_code, bare(wrong, address))
        )

    assert seen[0] == seen[1] == seen[2]
    assert Letter.objects.count() == 3
    assert "code" not in newest(unknown).template
    assert unknown not in newest(unknown).text


def test_a_wrong_code_is_told_and_after_five_there_must_be_a_new_one(network, client):
    client.post(ASK, {"email": "member@example.org"})
    code = code_in(newest("member@example.org"))
    wrong = "111111" if code != "111111" else "222222"

    answers = [client.post(TYPE, {"code": wrong}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert "errorlist" in answers[0].text
    assert client.post(TYPE, {"code": code})["Location"] == ASK
    assert not is_signed_in(client)


def test_a_code_of_yesterday_opens_nothing(network, client, settings, time_machine):
    client.post(ASK, {"email": "member@example.org"})
    code = code_in(newest("member@example.org"))
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=16))

    client.post(TYPE, {"code": code})

    assert not is_signed_in(client)


def test_a_code_of_another_browser_opens_nothing(network, client):
    client.post(ASK, {"email": "member@example.org"})
    code = code_in(newest("member@example.org"))
    client.cookies.clear()

    client.post(TYPE, {"code": code})

    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["member@example.org", "nobody@example.org"])
def test_nobody_is_flooded_with_codes(network, client, address):
    answers = []
    for number in range(CODES_TO_ONE_ADDRESS.burst + 2):
        client.cookies.clear()
        answers.append(client.post(ASK, {"email": address}, REMOTE_ADDR=f"203.0.113.{number}").status_code)

    assert answers == [302] * CODES_TO_ONE_ADDRESS.burst + [429] * 2
    assert Letter.objects.filter(to=address).count() == CODES_TO_ONE_ADDRESS.burst


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b\r\nBcc: all@example.org", "x" * 300 + "@example.org", "ñ@example.org\x00"]
)
def test_what_is_no_address_gets_a_sentence_and_no_letter(network, client, email):
    response = client.post(ASK, {"email": email})

    assert (response.status_code, "errorlist" in response.text) == (200, True)
    assert not Letter.objects.exists()


def test_nobody_signs_up_alone(network, client):
    assert client.get("/es/sign-up/")["Location"] == "/es/join/"
    assert not Adapter().is_open_for_signup(None)
