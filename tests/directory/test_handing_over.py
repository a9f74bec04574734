"""One link to say who comes next, and the next one accepts."""

import datetime as dt

from django.test import Client
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.directory.access import edits_city
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.invitations import invite, invite_editor, is_good
from plaza.directory.domain.membership import move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.roles import entrust
from plaza.directory.domain.terms_ending import remind
from plaza.directory.models import FocalPoint, HandOver, Invitation, KnownAddress, NetworkMembership, Person
from tests.directory.terms import ADDRESS, NEXT, a_term, letters, link_in, says


def test_the_focal_point_hands_over_by_the_link_and_the_next_accepts(network, client, term, today):
    editor = User.objects.create_user(ADDRESS, None, name="Ana", language="pt")
    Person.objects.filter(pk=term.person_id).update(user=editor)
    entrust(user=editor, city=term.city, by=None)
    remind()
    path = link_in(letters("term_ends")[0])

    assert says(client, path, today, first_day=today.isoformat()).status_code == 200
    assert NetworkMembership.objects.get(city=term.city).focal_point == term.person
    assert Person.objects.filter(name="Lucía Vera").count() == 0
    guest = Client()
    assert guest.post(link_in(letters("you_are_next")[0])).status_code == 200

    term.refresh_from_db()
    who = Person.objects.get(name="Lucía Vera")
    assert NetworkMembership.objects.get(city=term.city).focal_point == who
    assert term.end == today - dt.timedelta(days=1)
    assert not edits_city(editor, "riberas")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.city, invitation.is_by_network) == (NEXT, term.city, True)
    guest.post(link_in(letters("invitation")[0]), {"name": "Lucía Vera"})
    assert guest.get("/pt/cities/riberas/desk/").status_code == 200
    row = HandOver.objects.get()
    assert (row.state, row.next_name, row.next_post, row.next_email) == ("done", "", "", "")
    assert [entry.verb for entry in history.of(term.city)][-3:] == [
        "role in a place ended", "handed over", "role in a place given",
    ]  # fmt: skip


def test_the_link_the_page_and_the_letter_to_the_next_one_are_in_the_language_of_the_focal_point(
    network, client, today
):
    for language, name in zip(LANGUAGES, network.people, strict=True):
        row = a_term(network, "Riberas", name, f"{language}@example.org", today, is_main=False)
        Person.objects.filter(pk=row.person_id).update(language=language)
    remind()

    for language, name, asked in zip(LANGUAGES, network.people, letters("term_ends"), strict=True):
        path, following = link_in(asked), f"next-{language}@example.org"
        assert path.startswith(f"/{language}/hand-over/")
        assert name in client.get(path).text
        says(client, path, today, name=f"Lucía de {name}", email=following)
        letter = letters("you_are_next")[-1]
        assert (letter.to, letter.language) == (following, language)
        guest = Client()
        assert f"Lucía de {name}" in guest.get(link_in(letter)).text
        assert guest.post(link_in(letter)).status_code == 200


def test_the_role_of_whoever_never_claimed_her_page_ends_and_the_next_one_is_invited_anew(network, client, term, today):
    editor = User.objects.create_user(ADDRESS, None, name="Ana", language="es")
    entrust(user=editor, city=term.city, by=None)
    invite(email=NEXT, language="es", by=network.secretary, city=term.city)
    Invitation.objects.update(invited_by=network.member)
    remind()
    says(client, link_in(letters("term_ends")[0]), today, first_day=today.isoformat())
    assert edits_city(editor, "riberas")

    client.post(link_in(letters("you_are_next")[0]))

    assert not edits_city(editor, "riberas")
    standing = Invitation.objects.open().get()
    assert (standing.email, standing.is_by_network, is_good(standing)) == (NEXT, True, True)


def test_a_day_ahead_is_waited_for_and_a_namesake_is_another_person(network, client, term, today):
    enrol(name="Lucía Vera", by=None)
    remind()
    says(client, link_in(letters("term_ends")[0]), today)
    client.post(link_in(letters("you_are_next")[0]))

    assert [(row.person.name, row.start, row.end) for row in term.city.focal_points.order_by("start")] == [
        ("Ana Ribera", dt.date(2024, 1, 1), today + dt.timedelta(days=20)),
        ("Lucía Vera", today + dt.timedelta(days=21), None),
    ]
    assert NetworkMembership.objects.get(city=term.city).focal_point == term.person
    assert Person.objects.filter(name="Lucía Vera").count() == 2


def test_whose_address_is_known_is_chosen_and_her_letter_holds_no_words_of_whoever_named_her(
    network, client, term, today
):
    KnownAddress.objects.create(person=network.people["Luis Prado"], email=NEXT)
    remind()
    says(
        client, link_in(letters("term_ends")[0]), today, name="http://spam.example", post="http://spam.example",
        first_day=today.isoformat(),
    )  # fmt: skip
    letter = letters("you_are_next")[0]
    client.post(link_in(letter))

    assert "spam" not in letter.subject + letter.text + letter.to_name
    assert NetworkMembership.objects.get(city=term.city).focal_point == network.people["Luis Prado"]


def test_she_stays_until_another_day(network, client, term, today):
    remind()
    path, until = link_in(letters("term_ends")[0]), today + dt.timedelta(days=400)

    assert client.post(path, {"deed": "stay", "until": today.isoformat()}).status_code == 200
    assert HandOver.objects.get().state == "asked"
    client.post(path, {"deed": "stay", "until": until.isoformat()})

    term.refresh_from_db()
    assert (term.end, HandOver.objects.get().state, remind()) == (until, "stays", 0)


def test_the_mayors_term_is_asked_of_the_focal_point_and_without_an_address_entered_by_the_secretariat(
    network, client, term, today
):
    FocalPoint.objects.update(end=None)
    mayor = enrol(name="Marta Ríos", by=None)
    end = today + dt.timedelta(days=5)
    appoint(
        person=mayor, label="Alcaldesa", language="es", city=term.city, is_mayor=True,
        start=dt.date(2024, 1, 1), end=end, by=None,
    )  # fmt: skip
    remind()
    letter = letters("term_ends")[0]
    assert (letter.to, "Marta Ríos" in letter.text) == (ADDRESS, True)
    first = (end + dt.timedelta(days=1)).isoformat()
    path = link_in(letter).replace("/es/", "/en/")
    assert "without one, the secretariat enters the person" in client.get(path).text
    told = says(client, path, today, name="Pedro Lagos", post="Alcalde", email="", first_day=first).text
    assert ("gets a letter" in told, "no letter goes out: the secretariat" in told) == (False, True)
    client.force_login(network.secretary)
    row = HandOver.objects.get()
    assert "no address: to be written down by hand" in client.get("/en/workspace/hand-overs/").text
    client.post(f"/es/workspace/hand-overs/{row.pk}/", {"deed": "accept"})

    following = Person.objects.get(name="Pedro Lagos").memberships.get()
    assert (following.start.isoformat(), following.post.is_mayor, following.post.city) == (first, True, term.city)
    assert NetworkMembership.objects.get(city=term.city).focal_point == term.person


def test_an_invitation_of_a_city_that_left_is_not_revived_by_an_application(network, term):
    standing = invite_editor(email=NEXT, language="es", city=term.city, by=None)
    for state in (MembershipStatus.LEFT, MembershipStatus.APPLIED):
        move(city=term.city, to=state, on=timezone.localdate(), by=None)
        assert not is_good(Invitation.objects.get(pk=standing.pk))
