"""“I am this person.”"""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.directory.domain.claims import HasOneAlready, WrongCode, claim, decide, know_address, prove
from plaza.directory.models import Claim, KnownAddress, Person
from plaza.mail.models import Letter
from tests.accounts.conftest import code_in

PAGE = "/es/people/ana-ribera/claim/"


@pytest.fixture
def ana(network):
    person = network.people["Ana Ribera"]
    know_address(person=person, email="Ana@Riberas.example.org", by=network.secretary)
    return person


@pytest.fixture
def other(network):
    return User.objects.create_user("other@example.org", None, name="Other", language="es")


def test_a_code_to_the_known_address_proves_it(network, client, ana):
    client.force_login(network.member)
    assert "/es/people/ana-ribera/claim/" in client.get("/es/people/ana-ribera/").text
    for _ in range(2):
        client.post(PAGE)
    letter = Letter.objects.get()
    client.post(PAGE, {"code": "1"})

    assert (letter.to, network.member.name in letter.text) == ("ana@riberas.example.org", False)
    assert "ana@riberas" not in client.get(PAGE).text
    client.post(PAGE, {"code": code_in(letter)})
    assert Person.objects.get(pk=ana.pk).user == network.member
    assert [entry.verb for entry in history.of(ana)][-2:] == ["claimed", "claim accepted"]


def test_without_a_known_address_the_secretariat_decides(network, client):
    client.force_login(network.member)
    client.post("/es/people/luis-prado/claim/")
    row = Claim.objects.get()

    assert (row.state, Letter.objects.exists()) == ("waiting", False)
    client.force_login(network.secretary)
    assert "Luis Prado" in client.get("/es/workspace/claims/").text
    client.post(f"/es/workspace/claims/{row.pk}/", {"deed": "accept"})
    assert network.people["Luis Prado"].__class__.objects.get(name="Luis Prado").user == network.member


def test_two_who_claim_one_person_both_wait_and_no_code_opens(network, ana, other):
    first = claim(person=ana, user=network.member)
    code = code_in(Letter.objects.get())
    second = claim(person=ana, user=other)

    assert set(Claim.objects.values_list("state", flat=True)) == {"waiting"}
    with pytest.raises(WrongCode):
        prove(claim=first, code=code)
    decide(claim=second, is_she=True, by=network.secretary)
    assert Person.objects.get(pk=ana.pk).user == other
    assert dict(Claim.objects.values_list("user__name", "state")) == {"Otávio": "refused", "Other": "accepted"}


def test_whoever_is_claimed_after_she_was_proved_waits_for_the_secretariat(network, ana, other):
    decide(claim=claim(person=ana, user=network.member), is_she=True, by=network.secretary)
    later = claim(person=ana, user=other)

    assert (later.state, Person.objects.get(pk=ana.pk).user) == ("waiting", network.member)
    decide(claim=later, is_she=False, by=network.secretary)
    assert Person.objects.get(pk=ana.pk).user == network.member


def test_nobody_is_two_people(network, ana):
    claim(person=ana, user=network.member)

    with pytest.raises(HasOneAlready):
        claim(person=network.people["Luis Prado"], user=network.member)


def test_five_wrong_codes_or_a_day_leave_it_to_the_secretariat(network, ana):
    row = claim(person=ana, user=network.member)
    code = code_in(Letter.objects.get())
    Claim.objects.update(asked_at=timezone.now() - dt.timedelta(days=2))
    with pytest.raises(WrongCode):
        prove(claim=row, code=code)
    Claim.objects.update(asked_at=timezone.now())
    for _ in range(4):
        with pytest.raises(WrongCode):
            prove(claim=row, code="x")

    row.refresh_from_db()
    assert (row.state, row.code_hash) == ("waiting", "")


def test_only_those_who_run_the_network_decide_and_know_addresses(network, client, ana):
    row = claim(person=ana, user=network.member)

    with pytest.raises(PermissionError):
        decide(claim=row, is_she=True, by=network.member)
    with pytest.raises(PermissionError):
        know_address(person=ana, email="mine@example.org", by=network.member)
    assert "ana@riberas" not in client.get("/es/people/ana-ribera/").text


def test_the_secretary_notes_an_address_and_reads_who_did_what(network, client, ana):
    client.force_login(network.secretary)
    page = "/es/workspace/people/ana-ribera/"
    client.post(page, {"email": ""})

    assert not KnownAddress.objects.exists()
    assert "Sofía" in client.get(page).text
    assert client.post(page, {"email": "nobody"}).text.count("errorlist") == 1
