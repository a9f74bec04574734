"""How often somebody may try to sign in."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher

from plaza.accounts import forms
from plaza.accounts.models import User

ADDRESS = "/es/sign-in/"


def attempt(client, username, password="wrong wrong", **extra):
    return client.post(ADDRESS, {"login": username, "password": password}, **extra)


def bare(response):
    """The page without what is new on every page."""
    return "".join(line for line in response.text.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("username", ["secretary@example.org", "nobody@example.org"])
def test_too_many_attempts_from_one_place_are_refused_for_an_account_and_for_none(network, client, username):
    answers = [attempt(client, username).status_code for _ in range(forms.FROM_ONE_PLACE.burst + 2)]

    assert answers == [200] * forms.FROM_ONE_PLACE.burst + [429] * 2
    assert attempt(client, "secretary@example.org", "correct horse").status_code == 429
    assert "demasiados intentos" in attempt(client, username).text


def test_the_answers_are_the_same_for_an_account_and_for_none(network, client):
    known = bare(attempt(client, "secretary@example.org")).replace("secretary", "nobody")

    assert known == bare(attempt(client, "nobody@example.org"))


def test_another_place_is_not_in_the_way(network, client):
    for _ in range(forms.FROM_ONE_PLACE.burst + 1):
        attempt(client, "secretary@example.org", REMOTE_ADDR="203.0.113.9")

    assert attempt(client, "secretary@example.org", "correct horse").status_code == 302


def test_many_places_that_try_one_account_are_refused_too(network, client):
    for number in range(forms.INTO_ONE_ACCOUNT.burst):
        attempt(client, "secretary@example.org", REMOTE_ADDR=f"203.0.{number}.9")

    assert attempt(client, "SECRETARY@example.org ", "correct horse", REMOTE_ADDR="203.0.200.9").status_code == 429
    assert attempt(client, "member@example.org", "correct horse", REMOTE_ADDR="203.0.200.9").status_code == 302


def test_a_password_is_hashed_once_for_an_account_and_for_none(network, client, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    User.objects.create_user("invited@example.org", None, name="Who never set a password")
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))

    counts = []
    for username in ("secretary@example.org", "nobody@example.org", "invited@example.org"):
        hashed.clear()
        attempt(client, username)
        counts.append(len(hashed))

    assert counts == [1, 1, 1]
