"""Registering without an account: one registration an address, exactly as many places as there are, and no word to
strangers about who is registered."""

import re
import threading
from collections import Counter

import pytest
from django.db import connection

from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.mail.models import Letter
from plaza.registration.domain import deciding, desks
from plaza.registration.models import Registration
from tests.registration.conftest import FORM, last_letter, link_in, page_of, somebody, state_of, states

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_without_an_account_registers_and_confirms_by_her_link(send, client, network, language):
    answer = send(language, language=language, listed="on")

    row, letter = Registration.objects.get(), last_letter()
    assert (answer.status_code, "ines@example.org" in answer.text) == (200, True)
    assert (row.state, row.number, row.city, row.zone) == (
        "confirmed", 1, network.cities["Porto Mar"], "America/Sao_Paulo"
    )  # fmt: skip
    assert (letter.to, letter.language, letter.template) == ("ines@example.org", language, "registration/confirmed")
    assert "07:00" in letter.text  # where the meeting is
    assert "09:00" in letter.text  # where she lives
    assert "Inês" not in letter.text + letter.subject + letter.to_name  # anybody may have typed her address
    assert client.get(link_in(letter)).status_code == 200
    assert Registration.objects.get().address_confirmed_at is None
    client.post(link_in(letter), {"deed": "confirm"})
    assert Registration.objects.get().address_confirmed_at is not None
    assert list(row.consents.values_list("purpose", "version", "withdrawn_at")) == [("listed", "1", None)]
    assert list(history.of(row).values_list("verb", flat=True)) == [
        "registered", "registration confirmed", "address confirmed"
    ]  # fmt: skip


def test_the_fourth_of_three_places_waits(desk):
    for number in range(4):
        somebody(desk, number)

    assert states() == ["confirmed", "confirmed", "confirmed", "waitlisted"]
    assert last_letter().template == "registration/waitlisted"


def test_the_answer_is_the_same_whether_the_address_is_registered_or_not(send, desk):
    somebody(desk, 1, email="known@example.org", name="Known")
    Registration.objects.update(written_at=None)

    def answer(address):
        got = send(email=address)
        return got.status_code, re.sub(r'value="[^"]{20,}"', "", got.text.replace(address, "…"))

    assert answer("known@example.org") == answer("stranger@example.org")
    assert Registration.objects.get(email="known@example.org").name == "Known"
    assert Counter(Letter.objects.values_list("to", "template")) == {
        ("known@example.org", "registration/confirmed"): 1,
        ("known@example.org", "registration/again"): 1,
        ("stranger@example.org", "registration/confirmed"): 1,
    }


@pytest.mark.django_db(transaction=True)
def test_the_same_registration_posted_ten_times_at_once_is_one_and_one_letter(desk):
    wrong, start = [], threading.Barrier(10)

    def run():
        start.wait()
        try:
            somebody(desk, 1, email="Ines@Example.org")
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert list(Registration.objects.values_list("email", "state", "number")) == [("ines@example.org", "confirmed", 1)]
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("bad", "beside"),
    [
        ({"name": ""}, "name"),
        ({"name": "A" * 10_000}, "name"),
        ({"email": "no address"}, "email"),
        ({"email": "ines@example.org\nBcc: all@example.org"}, "email"),
        ({"sector": "army"}, "sector"),
        ({"language": "de"}, "language"),
        ({"website": "http://spam.example"}, "website"),
    ],
    ids=["no name", "10,000 letters", "no address", "line break in the address", "sector", "language", "trap"],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_nothing_typed_is_lost(send, bad, beside):
    answer = send(accessibility="Necesito subtítulos", **bad)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [beside])
    assert "Necesito subtítulos" in answer.text
    assert not Registration.objects.exists()
    assert not Letter.objects.exists()


def test_a_header_injection_in_a_name_stays_a_name(send, client, network, postbox):
    from plaza.mail.domain import sending

    send(name="Inês\r\nBcc: all@example.org\u202e")
    client.post(link_in(last_letter()), {"deed": "confirm"})
    row = Registration.objects.get()
    deciding.cancel(registration=row, by=network.secretary)

    for letter in Letter.objects.all():
        sending.send(letter.pk)

    assert row.name == "Inês Bcc: all@example.org"
    assert [letter["Bcc"] for letter in postbox.letters] == [None, None]
    assert [letter["To"].addresses[0].addr_spec for letter in postbox.letters] == ["ines@example.org"] * 2


def test_a_city_of_two_countries_is_asked_back_and_one_nobody_knows_is_kept_as_written(send, network):
    other = network.cities["Hillside"]
    other.search_names = "porto mar|hillside"
    other.save()

    asked = send()
    assert (asked.status_code, list(asked.context["form"].errors)) == (200, ["place"])
    assert not Registration.objects.exists()
    send(place="hillside")
    send(email="other@example.org", city="Vila Nova de Lá")

    assert list(Registration.objects.order_by("number").values_list("city__slug", "city_words")) == [
        ("hillside", ""),
        (None, "Vila Nova de Lá"),
    ]


def test_somebody_signed_in_needs_no_letter_to_confirm(network, client, desk):
    client.force_login(network.member)

    answer = client.post("/es/meetings/river/register/", {**FORM, "email": "somebody.else@example.org"})

    row = Registration.objects.get()
    assert (row.email, row.user, row.address_confirmed_at is not None) == ("member@example.org", network.member, True)
    assert answer["Location"] == page_of(row).replace("/pt/", "/es/")
    assert client.get("/es/meetings/river/register/")["Location"] == answer["Location"]
    assert "El río y las sirenas" in client.get("/es/account/registrations/").text


def test_before_the_opening_and_after_the_close_nobody_registers(network, client, meeting):
    desks.set_up(meeting=meeting, by=network.secretary, seats=3)
    assert client.post("/es/meetings/river/register/", FORM).status_code == 200
    desks.open_registration(meeting=meeting, by=network.secretary)
    desks.close_registration(meeting=meeting, by=network.secretary)
    assert client.post("/es/meetings/river/register/", FORM).status_code == 200

    assert not Registration.objects.exists()
    meeting.refresh_from_db()
    assert meeting.status == "closed"


def test_a_meeting_without_a_desk_or_that_one_may_not_see_has_no_page_to_register(client, network):
    assert client.get("/es/meetings/river/register/").status_code == 404
    assert client.get("/es/meetings/markets/register/").status_code == 404


def test_a_link_used_after_cancelling_says_so_kindly_and_offers_to_register_again(send, client):
    send("en", language="en")
    link = link_in(last_letter())
    client.post(link, {"deed": "cancel"})

    again = client.get(link)
    assert (again.status_code, "was cancelled" in again.text) == (200, True)
    assert "/en/meetings/river/register/" in again.text
    for deed in ("cancel", "accept", "confirm"):
        assert client.post(link, {"deed": deed}).status_code == 302
    assert client.get(f"{link}change/").status_code == 302
    assert state_of(Registration.objects.get()) == "cancelled"

    send("en", language="en", name="Inês again")
    row = Registration.objects.get()
    assert (row.state, row.name, row.number) == ("confirmed", "Inês again", 2)


def test_she_changes_her_answers_and_takes_a_consent_back(send, client):
    send(listed="on", written="on")
    link = link_in(last_letter())

    assert 'value="Inês Souza"' in client.get(f"{link}change/").text
    client.post(f"{link}change/", {**FORM, "name": "Inês S.", "written": "on", "accessibility": "Libras"})

    row = Registration.objects.get()
    assert (row.name, row.accessibility, row.state) == ("Inês S.", "Libras", "confirmed")
    assert {each.purpose: each.withdrawn_at is None for each in row.consents.all()} == {
        "listed": False,
        "written": True,
    }


@pytest.mark.parametrize(("mode", "has_code"), [("online", False), ("mixed", True), ("", True)])
def test_there_is_a_code_for_the_door_where_there_is_a_door(desk, meeting, client, mode, has_code):
    meeting.mode = mode
    meeting.save(update_fields=["mode"])
    row = somebody(desk, 1)

    assert ("código para la entrada" in client.get(page_of(row)).text) is has_code
    assert ("código para la entrada" in last_letter().text) is has_code


def test_the_page_of_somebody_else_opens_for_nobody(client, desk):
    assert client.get(f"/es/registration/{'0' * 64}/").status_code == 404


def test_who_reads_by_other_clocks_than_her_city_says_so_and_keeps_them(send, desk, client):
    send(city="Un pueblo sin lista", zone="America/Lima")
    row = Registration.objects.get()
    assert (row.city, row.zone) == (None, "America/Lima")

    page = f"{page_of(row)}change/"
    assert '<option value="America/Lima" selected>' in client.get(page).text
    client.post(page, {**FORM, "city": "Porto Mar", "zone": ""})

    row.refresh_from_db()
    assert (row.city.slug, row.zone) == ("porto-mar", "America/Sao_Paulo")


def test_a_zone_that_is_none_is_refused_beside_its_field(send):
    answer = send(zone="../../etc/passwd")

    assert (answer.status_code, Registration.objects.count()) == (422, 0)
