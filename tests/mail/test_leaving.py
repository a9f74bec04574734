"""Leaving a list with one click, without an account."""

import pytest
from django.core import signing

from plaza.core.languages import LANGUAGES
from plaza.mail.domain import lists, outbox, sending
from plaza.mail.models import Leaver, Letter

pytestmark = pytest.mark.django_db
VALUES = {"text": "Hola"}


@pytest.fixture(autouse=True)
def digest(monkeypatch):
    monkeypatch.setattr(lists.lists, "_items", {"digest": lists.MailingList("What is new")})


def write(language="es", to="Ines@example.org"):
    return outbox.write(to=to, language=language, template="corrections/answer", values=VALUES, list_name="digest")


def link_of(letter):
    return letter.headers["List-Unsubscribe"].strip("<>")


def test_a_letter_of_a_list_carries_the_headers_of_one_click(postbox):
    sending.send(write().pk)

    (got,) = postbox.letters
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["List-Unsubscribe"].strip().startswith("<http://127.0.0.1/es/letters/leave/")
    assert "ines" not in got["List-Unsubscribe"].lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_looking_changes_nothing_and_one_post_without_cookies_leaves(client, language):
    link = link_of(write(language)).removeprefix("http://127.0.0.1")
    client.handler.enforce_csrf_checks = True

    assert f'<html lang="{language}">' in client.get(link).text
    assert not Leaver.objects.exists()
    for _ in range(2):
        assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert Leaver.objects.count() == 1
    assert write(language, "INES@example.org ") is None
    assert write(language, "other@example.org") is not None


def test_who_left_may_come_back(client):
    link = link_of(write()).removeprefix("http://127.0.0.1")
    client.post(link)

    client.post(link, {"again": "yes"})

    assert write() is not None


def test_letters_of_no_list_reach_who_left(client):
    client.post(link_of(write()).removeprefix("http://127.0.0.1"))

    letter = outbox.write(to="ines@example.org", language="es", template="corrections/answer", values=VALUES)

    assert letter.headers == {}


@pytest.mark.parametrize(
    "signed",
    [
        "guessed",
        signing.dumps(["digest", "x"]),
        signing.dumps(["nolist", "x"], salt=lists.SALT),
        signing.dumps("digest", salt=lists.SALT),
        signing.dumps(7, salt=lists.SALT),
        "x" * 3000,
    ],
    # What is signed bears the clock: two processes would call the tests differently.
    ids=["guessed", "signed for something else", "of no list", "words", "a number", "long"],
)
def test_a_link_that_was_not_signed_for_this_opens_nothing(client, signed):
    assert client.post(f"/es/letters/leave/{signed}/").status_code == 404
    assert not Leaver.objects.exists()
    assert not Letter.objects.exists()
