"""Your account: address, password, where you are signed in."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from plaza.accounts.access import may_give
from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain import personal
from plaza.accounts.domain.accounts import forget_old, give_role
from plaza.accounts.domain.former_addresses import former_among
from plaza.accounts.models import AddressChange, User
from plaza.core import history
from plaza.mail.models import Letter
from tests.accounts.conftest import code_in, newest


def test_a_name_and_a_language_are_changed_and_it_is_in_the_history(network, client, by_code):
    by_code("member@example.org")
    client.post("/es/account/", {"name": " Otávio \u202e Reis ", "language": "pt"})
    refused = client.post("/es/account/", {"name": "\u200f", "language": "xx"})

    network.member.refresh_from_db()
    assert (network.member.name, network.member.language) == ("Otávio Reis", "pt")
    assert refused.text.count("errorlist") == 2
    assert [entry.verb for entry in history.of(network.member)] == ["name or language changed"]


def test_a_new_address_is_hers_when_she_typed_its_code_and_the_old_one_is_told(network, client, by_code):
    by_code("member@example.org")
    client.post("/es/account/address/", {"email": "Nova@example.org"})
    wrong = client.post("/es/account/address/code/", {"code": "12"})

    assert ("errorlist" in wrong.text, User.objects.get(name="Otávio").email) == (True, "member@example.org")
    client.post("/es/account/address/code/", {"code": code_in(newest("nova@example.org"))})
    assert User.objects.get(name="Otávio").email == "nova@example.org"
    assert newest("member@example.org").template == "accounts/address_changed"
    nova = User.objects.get(name="Otávio")
    assert former_among(nova, ["secretary@example.org", "Member@example.org"]) == {"member@example.org"}
    told = [row["what"] for row in personal.tell(personal.whom(nova))]
    personal.erase(personal.whom(nova))
    assert ("former address" in told, former_among(nova, ["member@example.org"])) == (True, set())


def test_an_address_of_another_account_gets_the_same_answer_and_no_code(network, client, by_code):
    by_code("member@example.org")
    free = client.post("/es/account/address/", {"email": "free@example.org"})
    taken = client.post("/es/account/address/", {"email": "secretary@example.org"})

    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    assert newest("secretary@example.org").template == "accounts/address_taken"


def test_a_code_for_an_address_ends_after_five_tries(network, client, by_code):
    by_code("member@example.org")
    client.post("/es/account/address/", {"email": "nova@example.org"})
    for _ in range(5):
        client.post("/es/account/address/code/", {"code": "12"})

    client.post("/es/account/address/code/", {"code": code_in(newest("nova@example.org"))})

    assert User.objects.filter(email="nova@example.org").count() == 0


@pytest.mark.parametrize(
    "given",
    [
        ("short", "short"),
        ("1234567890", "1234567890"),
        ("member@example.org", "member@example.org"),
        ("a b c d e f g", "a b"),
    ],
)
def test_a_poor_password_is_refused_beside_its_field(network, client, by_code, given):
    by_code("member@example.org")

    answer = client.post("/es/account/password/", {"password": given[0], "again": given[1]})

    assert (answer.status_code, "errorlist" in answer.text) == (200, True)


def test_a_new_password_signs_out_everywhere_else(network, client, by_code):
    elsewhere = Client()
    elsewhere.force_login(network.member)
    by_code("member@example.org")
    client.post("/es/account/password/", {"password": "four words of mine", "again": "four words of mine"})

    assert client.get("/es/account/").status_code == 200
    assert elsewhere.get("/es/account/").status_code == 302
    assert newest("member@example.org").template == "accounts/password_set"


@pytest.mark.parametrize("page", ["address", "password", "second-step", "data", "erase"])
def test_what_gives_an_account_away_asks_to_sign_in_once_more(network, client, page):
    client.force_login(network.member)

    assert client.get(f"/es/account/{page}/")["Location"] == f"/es/account/again/?next=%2Fes%2Faccount%2F{page}%2F"


def test_signed_in_half_an_hour_ago_is_too_long_ago_and_the_way_back_leads_there(
    network, client, by_code, time_machine
):
    by_code("member@example.org")
    assert client.get("/es/account/password/").status_code == 200
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=16))

    assert client.get("/es/account/password/").status_code == 302
    out = client.post("/es/sign-out/", {"next": "/es/sign-in/?next=/es/account/password/"})
    assert out["Location"] == "/es/sign-in/?next=/es/account/password/"


def test_she_sees_where_she_is_signed_in_and_signs_out_there(network, client):
    elsewhere = Client(headers={"user-agent": "Phone of Otávio"})
    for each in (elsewhere, client):
        each.post("/es/sign-in/", {"login": "member@example.org", "password": "correct horse"})

    page = client.get("/es/account/sessions/")
    which = page.text.split('name="which" value="')[1].split('"')[0]
    assert "Phone of Otávio" in page.text
    client.post("/es/account/sessions/", {"which": which})

    assert elsewhere.get("/es/account/").status_code == 302
    assert client.get("/es/account/").status_code == 200


def test_a_session_of_another_is_not_hers_to_end(network, client):
    other = Client()
    other.post("/es/sign-in/", {"login": "secretary@example.org", "password": "correct horse"})
    client.post("/es/sign-in/", {"login": "member@example.org", "password": "correct horse"})
    from allauth.usersessions.models import UserSession  # beside its story

    row = UserSession.objects.get(user=network.secretary)

    assert client.post("/es/account/sessions/", {"which": row.pk}).status_code == 404
    assert client.post("/es/account/sessions/", {"which": "x"}).status_code == 404
    client.post("/es/account/sessions/", {"which": "others"})
    assert other.get("/es/workspace/").status_code == 200


def test_nobody_gives_a_role_above_her_own(network):
    admin = User.objects.create_user("admin@example.org", None, name="A", network_role=NetworkRole.ADMINISTRATOR)

    assert [role for role in NetworkRole if may_give(network.secretary, role)] == ["member", "finance"]
    assert not any(may_give(network.member, role) for role in NetworkRole)
    for by, user, role in (
        (network.secretary, network.member, NetworkRole.ADMINISTRATOR),
        (network.secretary, admin, NetworkRole.MEMBER),
        (network.member, network.member, NetworkRole.SECRETARIAT),
        (admin, admin, NetworkRole.MEMBER),
    ):
        with pytest.raises(PermissionError):
            give_role(user=user, role=role, by=by)
    give_role(user=network.member, role=NetworkRole.FINANCE, by=network.secretary)
    assert [entry.verb for entry in history.of(network.member)] == ["role given"]


def test_nothing_is_written_where_nothing_was_asked(network, client, by_code):
    by_code("member@example.org")
    before = Letter.objects.count()

    for page in ("", "password/", "address/", "address/code/", "sessions/", "data/", "erase/"):
        assert client.get(f"/es/account/{page}").status_code == 200

    assert Letter.objects.count() == before


def test_an_address_whose_code_is_too_old_and_sessions_that_ended_are_forgotten(network, client, by_code):
    by_code("member@example.org")
    client.post("/es/account/address/", {"email": "nova@example.org"})

    assert forget_old() == 0
    AddressChange.objects.update(asked_at=timezone.now() - dt.timedelta(hours=1))
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(hours=1))
    ended = Session.objects.count()
    assert forget_old() == 1 + ended
