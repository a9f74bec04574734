"""The waiting list moves by itself; seats are kept for cities and for who is invited, until an hour."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from plaza.accounts.domain.former_addresses import note_former
from plaza.core.changes import data_version
from plaza.core.personal import Whom
from plaza.mail.models import Letter
from plaza.meetings.domain.doors import doors_of
from plaza.registration.domain import deciding, desks, inviting, personal
from plaza.registration.domain.links import invitation_link_of
from plaza.registration.models import Invitation, Registration, RegistrationDesk
from tests.registration.conftest import FORM, last_letter, link_in, page_of, somebody, state_of, states

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_a_place_that_becomes_free_is_offered_to_whoever_waits_longest_and_she_takes_it(desk, client):
    rows = [somebody(desk, number) for number in range(5)]

    deciding.cancel(registration=rows[1])
    assert states() == ["confirmed", "cancelled", "confirmed", "offered", "waitlisted"]
    offer = Letter.objects.get(template="registration/offered")
    assert (offer.to, "http" in offer.text) == ("p3@example.org", True)
    client.post(link_in(offer), {"deed": "accept"})
    client.post(link_in(offer), {"deed": "accept"})

    assert states() == ["confirmed", "cancelled", "confirmed", "confirmed", "waitlisted"]
    assert Letter.objects.filter(to="p3@example.org", template="registration/confirmed").count() == 1


def test_an_offer_nobody_takes_in_time_goes_to_the_next(desk, client):
    rows = [somebody(desk, number) for number in range(5)]
    deciding.cancel(registration=rows[0])
    Registration.objects.filter(state="offered").update(offered_until=timezone.now() - HOUR)

    assert deciding.lapse_what_ended() == 1
    assert deciding.lapse_what_ended() == 0

    assert states() == ["cancelled", "confirmed", "confirmed", "lapsed", "offered"]
    late = client.post(link_in(Letter.objects.get(template="registration/lapsed")), {"deed": "accept"})
    assert late.status_code == 302
    assert states()[3:] == ["lapsed", "offered"]


def test_shortly_before_the_meeting_an_offer_lasts_half_of_the_time_that_is_left(desk, meeting):
    rows = [somebody(desk, number) for number in range(4)]
    meeting.starts_at = timezone.now() + 4 * HOUR
    meeting.ends_at = meeting.starts_at + HOUR
    meeting.save()

    deciding.cancel(registration=rows[0])

    left = Registration.objects.get(state="offered").offered_until - timezone.now()
    assert dt.timedelta(minutes=118) < left <= 2 * HOUR


def test_more_places_are_offered_at_once(desk, meeting, network):
    for number in range(5):
        somebody(desk, number)

    desks.set_up(meeting=meeting, by=network.secretary, seats=4)

    assert states() == ["confirmed", "confirmed", "confirmed", "offered", "waitlisted"]


def test_places_kept_for_a_city_are_hers_until_the_hour_then_everybodys(desk, meeting, network):
    hillside = network.cities["Hillside"]
    desks.set_up(meeting=meeting, by=network.secretary, kept={hillside: 2}, releases_at=timezone.now() + HOUR)
    for number in range(3):
        somebody(desk, number)
    assert RegistrationDesk.objects.get().standing == "full"
    somebody(desk, 3, city=hillside)
    assert states() == ["confirmed", "waitlisted", "waitlisted", "confirmed"]

    RegistrationDesk.objects.update(releases_at=timezone.now())
    assert desks.turn_by_the_clock() == 1

    assert states() == ["confirmed", "offered", "waitlisted", "confirmed"]
    assert desks.turn_by_the_clock() == 1  # full all the same: looked at again, and nothing written
    assert states() == ["confirmed", "offered", "waitlisted", "confirmed"]


def test_who_is_invited_has_her_place_by_a_link_that_opens_once(desk, client, network):
    invitation, is_new = inviting.invite(desk=desk, email="Mayor@Example.org", language="fr", by=network.secretary)
    assert (is_new, inviting.invite(desk=desk, email="mayor@example.org", language="es", by=network.secretary)[1]) == (
        True, False
    )  # fmt: skip
    for number in range(3):
        somebody(desk, number)
    assert states() == ["confirmed", "confirmed", "waitlisted"]
    path = invitation_link_of(invitation).removeprefix("http://127.0.0.1")
    assert path in Letter.objects.get(template="registration/invitation").text

    assert client.get(path).status_code == 200
    client.post(path, {**FORM, "name": "Maire", "email": "else@example.org"})

    row = Registration.objects.get(name="Maire")
    assert (row.email, row.state, row.address_confirmed_at is not None) == ("mayor@example.org", "confirmed", True)
    assert client.get(path).status_code == 410
    assert client.post(path, FORM).status_code == 410
    assert states() == ["confirmed", "confirmed", "waitlisted", "confirmed"]


@pytest.mark.parametrize(
    ("status", "said"), [("cancelled", "Esta reunión se canceló"), ("postponed", "Esta reunión se pospuso")]
)
def test_a_meeting_that_is_off_says_so_on_her_page_and_cancelled_lets_nobody_register(
    desk, meeting, client, status, said
):
    row = somebody(desk, 1)
    meeting.status = status
    meeting.save(update_fields=["status"])

    page = client.get(page_of(row)).text
    assert (said in page, "Tiene un cupo" in page, 'value="cancel"' in page) == (
        True, status == "postponed", status == "postponed"
    )  # fmt: skip
    is_open = 'name="email"' in client.get("/es/meetings/river/register/").text
    assert (is_open, [door.label for door in doors_of(meeting, AnonymousUser())] != []) == (status == "postponed",) * 2


def test_after_the_meeting_nobody_is_asked_whether_she_comes_and_her_consents_can_still_be_changed(
    desk, meeting, client
):
    row = somebody(desk, 1)
    meeting.status = "held"
    meeting.save(update_fields=["status"])

    page = client.get(page_of(row)).text
    assert ('value="cancel"' in page, f"{page_of(row)}change/" in page) == (False, True)


def test_no_place_is_promised_that_is_not_there(desk, client, network):
    for number in range(3):
        somebody(desk, number)
    client.force_login(network.secretary)
    asked = {"deed": "invite", "invite-email": "mayor@example.org", "invite-language": "fr", "invite-keeps_seat": "on"}
    answer = client.post("/es/workspace/meetings/river/registration/", asked)

    assert (answer.status_code, "No queda ningún cupo" in answer.text, Invitation.objects.count()) == (422, True, 0)
    inviting.invite(desk=desk, email="mayor@example.org", language="en", by=network.secretary, keeps_seat=False)
    assert "kept for you" not in Letter.objects.get(template="registration/invitation").text


def test_after_the_kept_places_were_let_go_an_invitation_promises_none(desk, network):
    desk.releases_at = timezone.now()
    desk.save(update_fields=["releases_at"])

    inviting.invite(desk=desk, email="mayor@example.org", language="en", by=network.secretary)

    assert "kept for you" not in Letter.objects.get(template="registration/invitation").text


def test_an_invitation_taken_back_opens_nothing_and_its_place_is_free(desk, client, network):
    invitation, _ = inviting.invite(desk=desk, email="mayor@example.org", language="es", by=network.secretary)
    for number in range(3):
        somebody(desk, number)

    inviting.take_back(invitation=invitation, by=network.secretary)

    assert states() == ["confirmed", "confirmed", "offered"]
    assert client.get(invitation_link_of(invitation).removeprefix("http://127.0.0.1")).status_code == 410
    assert not Invitation.objects.get().is_open


def test_where_each_is_approved_many_at_once_get_places_in_the_order_they_came(desk, meeting, network, client):
    desks.set_up(meeting=meeting, by=network.secretary, needs_approval=True)
    rows = [somebody(desk, number) for number in range(6)]
    assert states() == ["pending"] * 6
    client.force_login(network.secretary)
    url = "/es/workspace/meetings/river/registered/"

    chosen = [row.pk for row in rows[:4]]
    client.post(url, {"deed": "approve", "chosen": [*chosen, "x", "999999"]})
    client.post(url, {"deed": "reject", "chosen": [rows[4].pk, rows[0].pk], "why": "Es para alcaldías."})

    assert states() == ["confirmed", "confirmed", "confirmed", "waitlisted", "rejected", "pending"]
    assert "Es para alcaldías." in Letter.objects.get(template="registration/rejected").text
    somebody(desk, 4, name="Once more")
    assert state_of(rows[4]) == "rejected"


def test_the_door_on_the_meetings_page_says_whether_there_are_places(desk, meeting, client, network):
    visitor = client.get("/es/meetings/river/").wsgi_request.user
    first = [(door.url, door.note) for door in doors_of(meeting, visitor)]
    for number in range(3):
        somebody(desk, number)
    full = [(door.url, bool(door.note)) for door in doors_of(meeting, visitor)]
    desks.close_registration(meeting=meeting, by=network.secretary)

    assert first == [("/es/meetings/river/register/", "")]
    assert full == [("/es/meetings/river/register/", True)]
    assert list(doors_of(meeting, visitor)) == []


@pytest.mark.django_db(transaction=True)
def test_a_registration_makes_no_page_anew_but_the_last_place_does(desk):
    somebody(desk, 1)
    before = data_version()
    somebody(desk, 2)
    assert data_version() == before

    somebody(desk, 3)

    assert data_version() != before


def test_a_desk_opens_and_closes_by_the_clock(meeting, network):
    desks.set_up(
        meeting=meeting,
        by=network.secretary,
        opens_at=timezone.now() + HOUR,
        closes_at=timezone.now() + 2 * HOUR,
    )

    def standing():
        desks.turn_by_the_clock()
        return RegistrationDesk.objects.get().standing

    first = standing()
    RegistrationDesk.objects.update(opens_at=timezone.now() - HOUR)
    second = standing()
    RegistrationDesk.objects.update(closes_at=timezone.now())

    assert (first, second, standing()) == ("not-yet", "open", "closed")


def test_who_erases_herself_leaves_no_trace_and_her_place_goes_on(desk, network):
    note_former(network.member, "old@example.org")
    for email in ("p0@example.org", "member@example.org", "old@example.org"):
        somebody(desk, 0, email=email)
    somebody(desk, 4)
    whom = Whom(user=network.member, email="member@example.org", name="Otávio")

    told = personal.tell(whom)
    personal.erase(whom)

    assert [row["email"] for row in told] == ["member@example.org", "old@example.org"]
    assert states() == ["confirmed", "offered"]
    assert not Registration.objects.filter(email__in=["member@example.org", "old@example.org"]).exists()
    assert last_letter().to == "p4@example.org"
