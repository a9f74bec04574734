"""Anyone with a code reads whether the certificate is one, and nothing more of anybody."""

import re

import pytest

from plaza.accounts.models import User
from plaza.certificates.domain import issuing, personal
from plaza.certificates.domain.codes import ALPHABET, new_code
from plaza.certificates.domain.links import path_of
from plaza.certificates.models import CODE_LENGTH, Certificate
from plaza.core.personal import Whom
from plaza.core.secret_links import hash_of
from plaza.directory.domain.merging import merge
from plaza.directory.models import Person
from plaza.registration.domain.links import path_of as registration_path
from tests.certificates.conftest import all_issued, row_of

HERE = "/es/certificates/"


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2].partition("</main")[0]).split())


def test_a_code_is_short_and_has_sixty_bits(db):
    assert (CODE_LENGTH, len(set(ALPHABET)), set("ILOU") & set(ALPHABET)) == (12, 32, set())
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_whoever_types_a_code_reads_who_what_when_and_how_long(certificate, client, language):
    answer = client.get(f"/{language}/certificates/", {"code": certificate.code}, follow=True)
    said = text_of(answer)

    assert answer.redirect_chain[-1][0] == f"/{language}/certificates/{certificate.code}/"
    for words in (
        "Inês Souza",
        "Porto Mar",
        "Encuentro de riberas",
        "2026",
        "2 h",
        "1 h 50 min",
        certificate.shown_code,
    ):
        assert words in said
    assert ("ines@example.org" in answer.text, path_of(certificate) in answer.text) == (False, False)
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "typed",
    [lambda code: code.lower(), lambda code: f" {code[:4]} {code[4:8]}–{code[8:]}\n", lambda code: code.replace("0", "o"),
     lambda code: code.replace("1", "l").replace("0", "O")],
    ids=["small letters", "spaces and dashes", "an o for a zero", "an l for a one"],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(certificate, client, typed):
    Certificate.objects.update(code="4F7K01XR9TB0")

    answer = client.get(HERE, {"code": typed("4F7K01XR9TB0")})
    assert answer["Location"] == "/es/certificates/4F7K01XR9TB0/"


@pytest.mark.parametrize("address", ["?code=4F7K-M2", "4F7K-M2/"])
def test_half_a_code_is_told_how_long_a_code_is(certificate, client, address):
    answer = client.get(f"/en/certificates/{address}")

    assert (answer.status_code, "this one has 6" in answer.text) == (422, True)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "4F7K-M2XR-9TBU", "٤" * 12, "x" * 10_000])
def test_what_is_no_code_is_told_so(certificate, client, typed):
    answer = client.get("/en/certificates/", {"code": typed})

    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)
    assert "<script>alert" not in answer.text


def test_a_code_that_no_certificate_has_is_not_there(certificate, client):
    assert client.get(f"{HERE}ZZZZ-ZZZZ-ZZZZ/").status_code == 404


def test_codes_tried_100_times_are_refused_and_then_the_right_one_tells_nothing_either(certificate, client):
    answers = [client.get(f"{HERE}{new_code()}/").status_code for _ in range(100)]
    right = client.get(f"{HERE}{certificate.code}/")

    assert (answers[:30], set(answers[40:])) == ([404] * 30, {429})
    assert (right.status_code, "Inês" in right.text) == (429, False)
    assert client.get(f"{HERE}{certificate.code}/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_a_revoked_one_says_so_and_the_link_to_it_opens_no_certificate_any_more(certificate, network, client):
    issuing.revoke(certificate=certificate, why="It was another Inês.", by=network.secretary)
    verified, hers = client.get(f"/en/certificates/{certificate.code}/"), client.get(path_of(certificate))

    # Why is hers to know, and nobody else's.
    assert ("revoked" in text_of(verified), "another Inês" in verified.text) == (True, False)
    assert (hers.status_code, "another Inês" in hers.text, certificate.shown_code in hers.text) == (410, True, False)
    assert client.get(f"{path_of(certificate)}certificate.pdf")["Location"] == path_of(certificate)


def test_hers_is_reached_by_her_registration_and_by_her_account_and_by_nobody_elses(certificate, ines, client, network):
    assert path_of(certificate) in client.get(registration_path(ines)).text
    hers = client.get(path_of(certificate))
    assert (hers.status_code, '<meta name="robots" content="noindex, nofollow">' in hers.text) == (200, True)

    user = User.objects.create_user("ines@example.org", "correct horse", name="Inês")
    ines.user = user
    ines.save(update_fields=["user"])
    client.force_login(user)
    assert path_of(certificate) in client.get("/es/account/certificates/").text
    client.force_login(network.member)
    assert path_of(certificate) not in client.get("/es/account/certificates/").text
    client.force_login(network.secretary)
    assert path_of(certificate) not in client.get("/es/account/certificates/").text
    assert client.get(f"/es/certificate/{'0' * 64}/").status_code == 404


def test_who_erases_herself_leaves_a_code_that_says_withdrawn_and_nothing_else(certificate, ines, client, network):
    whom = Whom(network.member, "INES@example.org", "Inês Souza")
    assert [(row["what"], row["name"], row["minutes"]) for row in personal.tell(whom)] == [
        ("certificate", "Inês Souza", 110)
    ]

    Certificate.objects.update(why="She spoke")
    assert [(row["why"], row["ended_why"]) for row in personal.tell(whom)] == [("She spoke", "")]

    personal.erase(whom)

    row = Certificate.objects.get()
    assert (row.state, row.name, row.city, row.email, row.registration, row.person) == (
        "withdrawn",
        "",
        "",
        "",
        None,
        None,
    )
    said = text_of(client.get(f"/en/certificates/{certificate.code}/"))
    assert ("withdrawn" in said, "Inês" in said, "Encuentro" in said) == (True, False, False)
    assert personal.tell(whom) == []
    assert "Inês" not in client.get(path_of(certificate)).text


def test_who_erases_herself_is_forgotten_in_what_a_record_had_that_became_hers(held, receive, network, client):
    """Of two standing ones of one meeting, one stays with the record that goes."""
    ana = network.people["Ana Ribera"]
    ana.user = User.objects.create_user("ana.r@example.org", "correct horse", name="Ana")
    ana.save(update_fields=["user"])
    receive(row_of("Ana Ribera", 110, city="Riberas"))
    all_issued(held, network)
    other = Person.objects.create(name="Ana R.", slug="ana-r", language="es")
    second = Certificate.objects.get()
    second.pk, second.code, second.token_hash, second.uuid = None, "1" * 12, hash_of("y"), hash_of("y")[:32]
    second.person, second.name, second.letter, second._state.adding = other, "Ana R.", None, True
    second.save()
    merge(gone=other, kept=ana, by=network.secretary)
    second.refresh_from_db()
    assert second.person == other
    client.force_login(ana.user)
    assert path_of(second) in client.get("/es/account/certificates/").text

    personal.erase(Whom(ana.user, ana.user.email, ana.name))

    assert {(row.state, row.name, row.person) for row in Certificate.objects.all()} == {("withdrawn", "", None)}
