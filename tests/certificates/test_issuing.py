"""Issued once to each, by job or by hand; kept as it was; revoked, and corrected."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.certificates.domain import issuing
from plaza.certificates.domain.candidates import roll_of
from plaza.certificates.domain.links import path_of
from plaza.certificates.models import Certificate
from plaza.certificates.tasks import issue
from plaza.core import history
from plaza.core.secret_links import hash_of
from plaza.directory.domain.merging import merge
from plaza.directory.models import Person
from plaza.mail.models import Letter
from plaza.meetings.domain.changes import change_meeting
from tests.certificates.conftest import DESK, all_issued, found, row_of, with_place


def jobs_of(meeting):
    """That wait. Those of other tests, in a browser, stay behind."""
    waiting = ProcrastinateJob.objects.filter(task_name="plaza.certificates.tasks.issue", status="todo")
    return waiting.filter(args__meeting_id=meeting.pk).count()


def letters():
    return list(Letter.objects.order_by("pk").values_list("template", "to", "language"))


def test_all_who_qualify_get_one_by_one_press_and_a_letter_in_their_language(secretary, held, receive, ines, network):
    with_place(held, "Luiz Costa", "luiz@example.org")
    receive(row_of("Inês Souza", 110, "ines@example.org"), row_of("Luiz Costa", 20, "luiz@example.org"))

    secretary.post(DESK, {"deed": "issue"})
    assert jobs_of(held) == 1
    (row,) = all_issued(held, network)

    assert (row.name, row.city, row.title, row.title_language, row.language) == (
        "Inês Souza", "Porto Mar", "Encuentro de riberas", "es", "pt",
    )  # fmt: skip
    assert (row.seconds, row.length, row.kind, str(row.date_start)) == (6600, 7200, "webinar", "2026-03-12")
    assert (row.issued_by, row.why, row.state) == (network.secretary, "", "valid")
    assert letters() == [("certificates/issued", "ines@example.org", "pt")]
    assert (row.shown_code in row.letter.text, "/pt/certificate/" in row.letter.text) == (True, True)
    assert "Inês" not in row.letter.text


def test_issued_again_nobody_gets_a_second_one(certificate, held, network):
    assert issuing.issue_all(held.pk, network.secretary.pk) == 0
    assert (Certificate.objects.count(), len(letters())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_issuing_pressed_ten_times_at_once_issues_one_each(held, receive, network):
    for number in range(4):
        with_place(held, f"Person {number}", f"p{number}@example.org")
    receive(*(row_of(f"Person {number}", 110, f"p{number}@example.org") for number in range(4)))

    def press(_):
        try:
            issuing.ask_issuing(meeting=held, by=network.secretary)
            return issuing.issue_all(held.pk, network.secretary.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as presses:
        issued = sum(presses.map(press, range(10)))

    assert (issued, Certificate.objects.count(), len(letters())) == (4, 4, 4)
    assert jobs_of(held) == 1


def test_the_database_itself_keeps_one_standing_certificate_a_registration(certificate):
    twin = Certificate.objects.get(pk=certificate.pk)
    twin.pk, twin.code, twin.token_hash, twin.uuid = None, "0" * 12, hash_of("another"), hash_of("x")[:32]
    twin.letter = None
    twin._state.adding = True
    with pytest.raises(IntegrityError, match="one_standing_certificate_a_registration"), transaction.atomic():
        twin.save()


def test_what_a_certificate_says_stays_whatever_becomes_of_the_meeting(certificate, held, client):
    change_meeting(meeting=held, by=None, title="Otro nombre", title_pt="Outro nome")
    held.registrations.update(name="Somebody Else")

    page = client.get(f"/es/certificates/{certificate.code}/").text
    assert ("Encuentro de riberas" in page, "Inês Souza" in page, "Otro nombre" in page) == (True, True, False)


def test_by_hand_one_gets_it_with_a_reason_that_is_recorded(secretary, held, receive, ines):
    receive(row_of("Inês Souza", 30, "ines@example.org"))
    address = f"{DESK}by-hand/?who=r{ines.pk}"

    assert secretary.get(address).status_code == 200
    assert secretary.post(address, {"why": " "}).status_code == 422
    assert not Certificate.objects.exists()
    answer = secretary.post(address, {"why": "She spoke;\r\nher line broke"})

    row = Certificate.objects.get()
    assert answer["Location"] == f"/es/workspace/certificates/{row.pk}/"
    assert (row.why, history.of(row).get().why) == ("She spoke; her line broke", "She spoke; her line broke")
    again = secretary.post(address, {"why": "once more"})
    assert (again["Location"], Certificate.objects.count()) == (answer["Location"], 1)
    assert secretary.get(f"{DESK}by-hand/?who=r0").status_code == 404


def test_revoked_with_a_reason_it_is_not_issued_to_all_again_but_may_be_by_hand(
    secretary, certificate, held, network, ines
):
    address = f"/es/workspace/certificates/{certificate.pk}/"
    assert secretary.post(address, {"deed": "revoke", "revoke-why": ""}).status_code == 422
    secretary.post(address, {"deed": "revoke", "revoke-why": "It was another Inês."})
    secretary.post(address, {"deed": "revoke", "revoke-why": "Twice is once."})

    certificate.refresh_from_db()
    assert (certificate.state, certificate.ended_why) == ("revoked", "It was another Inês.")
    assert [entry.verb for entry in history.of(certificate)] == ["certificate issued", "certificate revoked"]
    told = Letter.objects.get(template="certificates/revoked")
    assert ("It was another Inês." in told.text, certificate.shown_code in told.text) == (True, True)
    assert issuing.issue_all(held.pk, network.secretary.pk) == 0
    new = issuing.issue_by_hand(
        roll=roll_of(held), who=found(held, "Inês Souza"), why="it was her", by=network.secretary
    )
    assert (new.is_valid, new.code == certificate.code) == (True, False)


def test_a_corrected_name_is_a_new_certificate_and_the_old_code_says_so(secretary, certificate, client):
    address = f"/es/workspace/certificates/{certificate.pk}/"
    assert secretary.post(address, {"deed": "name", "name-name": ""}).status_code == 422
    answer = secretary.post(address, {"deed": "name", "name-name": "Inês de Souza"})

    old, new = Certificate.objects.order_by("pk")
    assert answer["Location"] == f"/es/workspace/certificates/{new.pk}/"
    assert (old.state, old.replaced_by, old.name, new.state, new.name) == (
        "replaced", new, "Inês Souza", "valid", "Inês de Souza",
    )  # fmt: skip
    same = ("registration_id", "title", "seconds", "length", "date_start", "language", "email")
    assert [getattr(old, name) for name in same] == [getattr(new, name) for name in same]
    assert letters()[-1] == ("certificates/corrected", "ines@example.org", "pt")
    page = client.get(f"/en/certificates/{old.code}/").text
    assert ("replaced by a newer one" in page, new.code in page, new.shown_code in page) == (True, False, False)
    # Of one that does not stand there is nothing to correct.
    assert secretary.post(address, {"deed": "name", "name-name": "Other"}).status_code == 302
    assert Certificate.objects.count() == 2
    for row in (old, new):
        assert secretary.get(f"/es/workspace/certificates/{row.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<b>Ana</b> & <script>alert(1)</script>", "<b>Ana</b> & <script>alert(1)</script>"),
        ("A" * 300, "A" * 120),
        ("\u202eمريم العربي", "مريم العربي"),
        ("Ana 🌊 Ríos", "Ana 🌊 Ríos"),
        ("Ana\r\nBcc: all@example.org", "Ana Bcc: all@example.org"),
        ('<img src="http://127.0.0.1:9/x.png">', '<img src="http://127.0.0.1:9/x.png">'),
    ],
    ids=["markup", "300 letters", "from right to left", "emoji", "header injection", "an image"],
)
def test_a_name_with_anything_in_it_is_a_name(certificate, network, client, name, kept):
    new = issuing.correct_name(certificate=certificate, name=name, by=network.secretary)

    assert new.name == kept
    page = client.get(f"/es/certificates/{new.code}/").text
    assert ("<script>alert" in page, '<img src="http' in page, "<b>Ana</b>" in page) == (False, False, False)
    assert (new.letter.to_name, "\n" in new.letter.subject) == (kept[:120], False)


def test_a_letter_to_an_unproved_address_says_no_word_that_was_typed(held, receive, network):
    with_place(held, "Buy http://bad.example", "victim@example.org", proved=False)
    receive(row_of("Buy http://bad.example", 110, "victim@example.org"))
    (row,) = all_issued(held, network)

    assert (row.letter.to_name, "bad.example" in row.letter.text + row.letter.subject) == ("", False)


def test_a_letter_says_no_typed_word_where_the_unproved_registration_is_gone(held, receive, network):
    row = with_place(held, "Buy http://bad.example", "victim@example.org", proved=False)
    receive(row_of("Buy http://bad.example", 110, "victim@example.org"))
    (issued,) = all_issued(held, network)
    row.delete()

    issuing.revoke(certificate=issued, why="a stranger", by=network.secretary)
    assert Letter.objects.get(template="certificates/revoked").to_name == ""


def test_two_records_of_one_person_who_had_one_each_become_one_and_both_codes_hold(held, receive, network, client):
    other = Person.objects.create(name="Rosario Luz", slug="rosario-luz", language="es")
    receive(row_of("Ana Ribera", 110, city="Riberas"))
    all_issued(held, network)
    first = Certificate.objects.get()
    second = Certificate.objects.get()
    second.pk, second.code, second.token_hash, second.uuid = None, "1" * 12, hash_of("y"), hash_of("y")[:32]
    second.person, second.name, second._state.adding = other, "Rosario Luz", True
    second.save()

    merge(gone=other, kept=network.people["Ana Ribera"], by=network.secretary)

    assert [client.get(f"/es/certificates/{row.code}/").status_code for row in (first, second)] == [200, 200]
    assert issuing.issue_all(held.pk, network.secretary.pk) == 0


def test_who_erased_herself_while_all_are_issued_gets_none_and_the_others_get_theirs(held, receive, network, ines):
    luiz = with_place(held, "Luiz Costa", "luiz@example.org")
    receive(
        row_of("Inês Souza", 110, "ines@example.org"), row_of("Luiz Costa", 110, "luiz@example.org"),
        row_of("Ana Ribera", 110, city="Riberas"),
    )  # fmt: skip
    roll = roll_of(held)
    ines.delete()
    Person.objects.filter(name="Ana Ribera").update(is_withdrawn=True)
    luiz.name = "Luiz da Costa"
    luiz.save(update_fields=["name"])

    assert issuing.issue_due(roll, network.secretary) == 1
    assert [row.name for row in Certificate.objects.all()] == ["Luiz da Costa"]
    assert [letter[1] for letter in letters()] == ["luiz@example.org"]
    with pytest.raises(issuing.Gone):
        issuing.issue_by_hand(roll=roll, who=roll.people[0], why="she spoke", by=network.secretary)


def test_what_fails_for_one_is_said_at_the_desk_and_the_others_get_theirs(
    secretary, held, receive, network, ines, monkeypatch
):
    with_place(held, "Luiz Costa", "luiz@example.org")
    receive(row_of("Inês Souza", 110, "ines@example.org"), row_of("Luiz Costa", 110, "luiz@example.org"))
    write = issuing.letters.write

    def broken(row, *words, **options):
        if row.name == "Inês Souza":
            raise ValueError("no letter")
        return write(row, *words, **options)

    desk = DESK.replace("/es/", "/en/")
    with monkeypatch.context() as patch:
        patch.setattr(issuing.letters, "write", broken)
        assert [row.name for row in all_issued(held, network)] == ["Luiz Costa"]
    assert "1 certificate could not be issued" in secretary.get(desk).text

    assert len(all_issued(held, network)) == 2
    assert "could not be issued" not in secretary.get(desk).text


def test_a_title_longer_than_a_certificate_is_cut(held, receive, network, ines):
    change_meeting(meeting=held, by=None, title_pt="Encontro " * 60)
    receive(row_of("Inês Souza", 110, "ines@example.org"))

    assert len(all_issued(held, network)[0].title) <= 300


def test_the_job_that_issues_comes_again():
    assert issue.retry_strategy.max_attempts == 5


def test_revoking_one_whose_name_was_corrected_meanwhile_says_that_nothing_was_changed_and_leads_to_the_new_one(
    secretary, certificate, network
):
    second = issuing.correct_name(certificate=certificate, name="Inês de Souza", by=network.secretary)
    third = issuing.correct_name(certificate=second, name="Inês Souza Lima", by=network.secretary)
    answer = secretary.post(
        f"/en/workspace/certificates/{certificate.pk}/", {"deed": "revoke", "revoke-why": "wrong"}, follow=True
    )

    assert answer.redirect_chain[-1][0] == f"/en/workspace/certificates/{third.pk}/"
    assert ("nothing was changed" in answer.text, "It is revoked" in answer.text) == (True, False)
    assert [row.state for row in Certificate.objects.order_by("pk")] == ["replaced", "replaced", "valid"]
    # Her first link leads to the last of them.
    assert path_of(third) in secretary.get(path_of(certificate)).text


def test_who_was_in_the_room_before_it_began_and_after_it_ended_was_present_as_long_as_it_was(
    held, receive, network, ines
):
    receive(row_of("Inês Souza", 150, "ines@example.org", start="14:45"))

    (row,) = all_issued(held, network)
    assert (row.seconds, row.length) == (7200, 7200)


def test_pressed_again_the_desk_says_that_nobody_is_left(secretary, certificate, held):
    answer = secretary.post(DESK.replace("/es/", "/en/"), {"deed": "issue"}, follow=True)

    assert ("Nobody is left" in answer.text, "being issued" in answer.text, jobs_of(held)) == (True, False, 0)
