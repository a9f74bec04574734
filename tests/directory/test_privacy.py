"""A person's page, field by field, and who asks not to be named."""

import json
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain.personal import erase_everything
from plaza.accounts.models import User
from plaza.core import history
from plaza.corrections.models import Correction
from plaza.directory.access import FIELDS, shown_of
from plaza.directory.choices import Audience
from plaza.directory.domain.merging import merge
from plaza.directory.domain.people import enrol
from plaza.directory.domain.told_of_people import tell_of
from plaza.directory.domain.withdrawing import hide, show_again
from plaza.directory.models import Expertise, Person, Profile
from plaza.topics.domain.vocabulary import load_topics


@pytest.fixture
def ana(network):
    person = network.people["Ana Ribera"]
    person.user = User.objects.create_user("ana@example.org", "correct horse", name="Ana", language="es")
    person.save(update_fields=["user"])
    return person


@pytest.fixture
def askers(network, ana):
    return {
        "visitor": AnonymousUser(),
        "member": network.member,
        "finance": User.objects.create_user("f@example.org", None, name="F", network_role=NetworkRole.FINANCE),
        "closed": User.objects.create_user("c@example.org", None, name="C", is_active=False),
        "herself": ana.user,
        "secretary": network.secretary,
    }


WHO_READS = {
    Audience.EVERYBODY: {"visitor", "member", "finance", "closed", "herself", "secretary"},
    Audience.MEMBERS: {"member", "finance", "herself", "secretary"},
    Audience.NOBODY: {"herself", "secretary"},
}


def test_who_reads_a_field_is_who_it_is_for(ana, askers):
    for field, audience in product(FIELDS, Audience):
        readers, others = _readers(ana, askers, field, audience)
        assert (field, audience, readers) == (field, audience, WHO_READS[audience])
        assert (field, others - {"herself", "secretary"} - readers) == (field, set())


def _readers(ana, askers, field, audience):
    profile = Profile(person=ana, **{f"{name}_for": Audience.NOBODY for name in FIELDS} | {f"{field}_for": audience})

    readers = {who for who, user in askers.items() if field in shown_of(ana, profile, user)}
    others = {who for who, user in askers.items() if set(FIELDS) - {field} & set(shown_of(ana, profile, user).fields)}
    return readers, others


def test_of_who_asked_not_to_be_named_nobody_reads_anything(ana, askers):
    ana.is_withdrawn = True

    assert {who: shown_of(ana, Profile(person=ana), user).fields for who, user in askers.items()} == {
        who: {} for who in askers
    }


def test_address_and_telephone_are_closed_until_she_opens_them(ana):
    profile = Profile.objects.create(person=ana)

    assert (profile.email_for, profile.phone_for) == ("nobody", "nobody")


CANARIES = {
    "bio": "canario de la biografía",
    "email": "canary@example.org",
    "phone": "+593 99 111 2222",
    "website": "https://canary.example.org/",
    "orcid": "0000-0002-1825-0097",
    "linkedin": "https://www.linkedin.com/in/canary",
}


WHO_SEES = [
        ("visitor", "everybody", True), ("visitor", "members", False), ("visitor", "nobody", False),
        ("member", "members", True), ("member", "nobody", False),
        ("herself", "nobody", True), ("secretary", "nobody", True),
]  # fmt: skip


def test_the_page_shows_the_fields_she_shows_to_whom_she_shows_them(ana, askers):
    profile = Profile.objects.create(person=ana, language="es", languages=["gn"], **CANARIES)
    for who, audience, reads in WHO_SEES:
        for name in FIELDS:
            setattr(profile, f"{name}_for", audience)
        profile.save()
        client = Client()
        if who != "visitor":
            client.force_login(askers[who])
        page = client.get("/es/people/ana-ribera/").text

        shown = {name for name, text in CANARIES.items() if text.removeprefix("https://") in page}
        assert (who, audience, shown) == (who, audience, set(CANARIES) if reads else set())
        assert (who, "Avañe" in page, "Ana Ribera" in page, "Alcaldesa" in page) == (who, reads, True, True)


def form(**values):
    return {"deed": "page"} | {f"{name}_for": "everybody" for name in FIELDS} | values


def test_she_writes_her_own_page(client, ana):
    client.force_login(ana.user)
    answer = client.post(
        "/es/account/page/",
        form(
            bio_es="Trabajo con ríos.", bio_pt="Trabalho com rios.", languages=["es", "qu"], email="Ana@Example.org",
            email_for="members", orcid="https://orcid.org/0000-0002-1825-0097", website="canary.example.org",
        ),
    )  # fmt: skip

    assert answer["Location"] == "/es/people/ana-ribera/"
    row = Profile.objects.get(person=ana)
    assert (row.bio, row.language, row.languages, row.email, row.email_for, row.orcid, row.website) == (
        "Trabajo con ríos.", "es", ["es", "qu"], "ana@example.org", "members", "0000-0002-1825-0097",
        "https://canary.example.org",
    )  # fmt: skip
    assert "Trabalho com rios." in client.get("/pt/people/ana-ribera/").text
    assert "Trabajo con ríos." in client.get("/fr/people/ana-ribera/").text
    assert "ana@example.org" not in json.dumps([entry.details for entry in history.of(ana)])


def test_who_takes_away_her_first_words_keeps_those_in_another_language(client, ana):
    tell_of(person=ana, by=ana.user, bios={"es": "Uno", "pt": "Um"})
    tell_of(person=ana, by=ana.user, bios={"es": "", "pt": "Um"})

    row = Profile.objects.get(person=ana)
    assert (row.bio, row.language, row.translations.count()) == ("Um", "pt", 0)


BAD = [
    {"website": "http://example.org/"},
    {"website": "javascript:alert(1)"},
    {"website": "https://"},
    {"linkedin": "https://evil.example.org/linkedin.com"},
    {"linkedin": "https://linkedin.com.evil.example.org/"},
    {"orcid": "0000-0002-1825-0098"},
    {"orcid": "x"},
    {"phone": "<script>"},
    {"phone": "1"},
    {"email": "nobody"},
    {"email_for": "the whole world"},
    {"bio_es": "x" * 1501},
    {"languages": ["klingon"]},
]


def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(client, ana):
    client.force_login(ana.user)
    for bad in BAD:
        answer = client.post("/es/account/page/", form(bio_pt="Trabalho com rios.") | bad)

        assert (bad, answer.status_code, Profile.objects.exists()) == (bad, 422, False)
        assert (bad, answer.text.count("errorlist")) == (bad, 1)
        assert "Trabalho com rios." in answer.text
        assert "<script>" not in answer.text


def test_nobody_writes_anothers_page(client, network, ana):
    client.force_login(network.member)

    assert client.post("/es/workspace/people/ana-ribera/page/", form(bio_es="x")).status_code == 404
    client.post("/es/account/page/", form(bio_es="x"))
    with pytest.raises(PermissionError):
        tell_of(person=ana, by=network.member, bios={"es": "x"})
    assert not Profile.objects.exists()


def test_those_who_run_the_network_write_for_who_has_no_account(client, network):
    load_topics()
    client.force_login(network.secretary)
    page = "/es/workspace/people/rose-hill/page/"
    client.post(page, form(bio_en="Markets."))
    client.post(page, {"deed": "expertise", "topic": "climate/adaptation", "level": "leads", "evidence": "Plan 2024"})
    row = Expertise.objects.get()

    assert (Profile.objects.get().bio, row.stated_by, row.evidence) == ("Markets.", "staff", "Plan 2024")
    client.post(page, {"deed": "take-back", "which": row.pk})
    assert not Expertise.objects.exists()


def test_expertise_without_evidence_is_not_taken(client, ana):
    load_topics()
    client.force_login(ana.user)
    for bad in ({}, {"link": "http://example.org/"}, {"topic": "nothing", "evidence": "E"}):
        wish = {"deed": "expertise", "topic": "climate/adaptation", "level": "leads"} | bad

        assert (bad, client.post("/es/account/page/", wish).status_code) == (bad, 422)
    assert not Expertise.objects.exists()


def test_hiding_is_undone_at_her_desk(network, client, ana):
    client.force_login(network.secretary)
    client.post("/es/workspace/people/ana-ribera/hide/", {"why": "lo pidió"})
    assert Person.objects.get(pk=ana.pk).is_withdrawn
    assert client.get("/es/workspace/people/ana-ribera/").status_code == 200

    client.post("/es/workspace/people/ana-ribera/hide/", {})
    assert "Ana Ribera" in client.get("/es/people/ana-ribera/").text
    assert [entry.verb for entry in history.of(ana)][-2:] == ["hidden", "shown again"]


def test_only_those_who_run_the_network_hide_and_show(network, ana):
    with pytest.raises(PermissionError):
        hide(person=ana, by=network.member)
    with pytest.raises(PermissionError):
        show_again(person=ana, by=ana.user)


def test_what_stayed_with_a_record_that_was_merged_is_erased_with_her(network, ana):
    twin = enrol(name="Ribera, Ana", by=None)
    for person in (ana, twin):
        Profile.objects.create(person=person, email="canary@example.org")
    merge(gone=twin, kept=ana, by=network.secretary)
    erase_everything(user=Person.objects.get(pk=ana.pk).user)

    assert not Profile.objects.exists()


def test_who_asked_not_to_be_named_under_one_name_is_not_named_by_a_merge(network, ana):
    twin = enrol(name="Ribera, Ana", by=None)
    hide(person=twin, by=network.secretary)
    merge(gone=twin, kept=ana, by=network.secretary)

    assert Person.objects.get(pk=ana.pk).is_withdrawn


@pytest.fixture
def request_of_removal(client, ana):
    asked = {"about": "/es/people/ana-ribera/", "kind": "removal", "wrong": "x", "name": "N", "email": "n@example.org"}
    client.post("/es/corrections/", asked)
    return Correction.objects.get()


def test_an_accepted_removal_hides_the_person(network, client, ana, request_of_removal):
    client.force_login(network.secretary)
    page = f"/es/workspace/corrections/{request_of_removal.pk}/"
    assert 'name="hide"' in client.get(page).text
    client.post(f"{page}decide/", {"text": "Hecho.", "outcome": "removed", "hide": "on"})

    assert Person.objects.get(pk=ana.pk).is_withdrawn
    assert history.of(ana).last().why == request_of_removal.number


def test_nobody_is_hidden_by_a_request_that_is_refused(network, client, ana, request_of_removal):
    client.force_login(network.secretary)
    page = f"/es/workspace/corrections/{request_of_removal.pk}/decide/"
    refused = client.post(page, {"text": "No.", "outcome": "refused", "hide": "on"})

    assert (refused.status_code, Person.objects.get(pk=ana.pk).is_withdrawn) == (422, False)
    request_of_removal.refresh_from_db()
    assert request_of_removal.is_open
