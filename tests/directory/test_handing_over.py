"""A term ends: reminders, one link to say who comes next, and the next one accepts."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.directory.access import edits_city
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.focal_points import name_focal_point
from plaza.directory.domain.handing_over import forget_old
from plaza.directory.domain.invitations import invite, invite_editor, is_good
from plaza.directory.domain.membership import move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.roles import entrust
from plaza.directory.domain.terms_ending import due, remind
from plaza.directory.models import FocalPoint, HandOver, Invitation, KnownAddress, NetworkMembership, Person
from plaza.directory.tasks import look_at_terms
from plaza.mail.models import Letter

ADDRESS, NEXT = "ana@example.org", "lucia@example.org"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def term(network, today):
    """Ana's, of Riberas: it ends in twenty days."""
    return a_term(network, "Riberas", "Ana Ribera", ADDRESS, today + dt.timedelta(days=20))


def a_term(network, city, name, email, end):
    person = network.people[name]
    row = name_focal_point(city=network.cities[city], person=person, on=dt.date(2024, 1, 1), by=None)
    FocalPoint.objects.filter(pk=row.pk).update(end=end)
    if email:
        KnownAddress.objects.create(person=person, email=email)
    row.refresh_from_db()
    return row


def link_in(letter):
    return next(line for line in letter.text.splitlines() if line.startswith("http")).removeprefix("http://127.0.0.1")


def letters(template):
    return list(Letter.objects.filter(template=f"directory/{template}").order_by("pk"))


def says(client, path, today, **changed):
    form = {
        "deed": "next",
        "name": "Lucía Vera",
        "post": "Directora",
        "email": NEXT,
        "first_day": (today + dt.timedelta(days=21)).isoformat(),
    }
    return client.post(path, form | changed)


@pytest.mark.parametrize(("left", "reminder"), [(31, None), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-50, 0)])
def test_which_reminder_a_day_is_for(today, left, reminder):
    assert due(today + dt.timedelta(days=left), today) == reminder


def test_each_reminder_goes_out_once_with_one_link_however_often_the_job_runs(network, term, today):
    for left in (31, 30, 29, 7, 7, 3, -1, -2):
        end = today + dt.timedelta(days=left)
        FocalPoint.objects.filter(pk=term.pk).update(end=end)
        HandOver.objects.update(ends_on=end)
        look_at_terms(0)
        look_at_terms(0)

    sent = letters("term_ends")
    assert [(letter.to, letter.language) for letter in sent] == [(ADDRESS, "es")] * 3
    assert len({link_in(letter) for letter in sent}) == 1
    assert [letter.to for letter in letters("term_ends_desk")] == ["secretary@example.org"] * 3


def test_whoever_has_an_account_is_written_to_there(network, term):
    term.person.user = User.objects.create_user("account@example.org", None, name="Ana", language="pt")
    term.person.save(update_fields=["user"])

    remind()

    assert [(letter.to, letter.language) for letter in letters("term_ends")] == [("account@example.org", "pt")]


def test_where_no_address_is_known_the_secretariat_hears_of_it(network, today):
    a_term(network, "Riberas", "Ana Ribera", "", today)

    assert remind() == 1

    assert letters("term_ends") == []
    assert "/workspace/hand-overs/" in link_in(letters("term_ends_desk")[0])


def test_nobody_is_reminded_of_a_term_that_another_follows_or_of_a_city_that_left(network, term, today):
    a_term(network, "Porto Mar", "João Mar", "j@example.org", today)
    name_focal_point(city=term.city, person=network.people["Luis Prado"], on=term.end + dt.timedelta(days=1), by=None)
    move(city=network.cities["Porto Mar"], to=MembershipStatus.LEFT, on=today, by=None)

    assert remind() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_focal_point_hands_over_by_the_link_and_the_next_accepts(network, client, term, today, language):
    KnownAddress.objects.update(email=ADDRESS)
    Person.objects.filter(pk=term.person_id).update(language=language)
    editor = User.objects.create_user(ADDRESS, None, name="Ana", language=language)
    Person.objects.filter(pk=term.person_id).update(user=editor)
    entrust(user=editor, city=term.city, by=None)
    remind()
    path = link_in(letters("term_ends")[0])
    assert path.startswith(f"/{language}/hand-over/")
    assert "Ana Ribera" in client.get(path).text

    assert says(client, path, today, first_day=today.isoformat()).status_code == 200
    letter = letters("you_are_next")[0]
    assert (letter.to, letter.language) == (NEXT, language)
    assert NetworkMembership.objects.get(city=term.city).focal_point == term.person
    guest = Client()
    assert "Lucía Vera" in guest.get(link_in(letter)).text
    assert Person.objects.filter(name="Lucía Vera").count() == 0
    assert guest.post(link_in(letter)).status_code == 200

    term.refresh_from_db()
    who = Person.objects.get(name="Lucía Vera")
    assert NetworkMembership.objects.get(city=term.city).focal_point == who
    assert term.end == today - dt.timedelta(days=1)
    assert not edits_city(editor, "riberas")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.city, invitation.is_by_network) == (NEXT, term.city, True)
    guest.post(link_in(letters("invitation")[0]), {"name": "Lucía Vera"})
    assert guest.get(f"/{language}/cities/riberas/desk/").status_code == 200
    row = HandOver.objects.get()
    assert (row.state, row.next_name, row.next_post, row.next_email) == ("done", "", "", "")
    assert [entry.verb for entry in history.of(term.city)][-3:] == [
        "role in a place ended", "handed over", "role in a place given",
    ]  # fmt: skip


def test_the_role_of_whoever_never_claimed_her_page_ends_by_her_address(network, client, term, today):
    editor = User.objects.create_user(ADDRESS, None, name="Ana", language="es")
    entrust(user=editor, city=term.city, by=None)
    remind()
    says(client, link_in(letters("term_ends")[0]), today, first_day=today.isoformat())
    assert edits_city(editor, "riberas")

    client.post(link_in(letters("you_are_next")[0]))

    assert not edits_city(editor, "riberas")


def test_a_day_ahead_is_waited_for(network, client, term, today):
    remind()
    says(client, link_in(letters("term_ends")[0]), today)
    client.post(link_in(letters("you_are_next")[0]))

    assert [(row.person.name, row.start, row.end) for row in term.city.focal_points.order_by("start")] == [
        ("Ana Ribera", dt.date(2024, 1, 1), today + dt.timedelta(days=20)),
        ("Lucía Vera", today + dt.timedelta(days=21), None),
    ]
    assert NetworkMembership.objects.get(city=term.city).focal_point == term.person


def test_she_stays_until_another_day(network, client, term, today):
    remind()
    path, until = link_in(letters("term_ends")[0]), today + dt.timedelta(days=400)

    assert client.post(path, {"deed": "stay", "until": today.isoformat()}).status_code == 200
    assert HandOver.objects.get().state == "asked"
    client.post(path, {"deed": "stay", "until": until.isoformat()})

    term.refresh_from_db()
    assert (term.end, HandOver.objects.get().state, remind()) == (until, "stays", 0)


def test_a_link_used_twice_says_so(network, client, term, today):
    remind()
    path = link_in(letters("term_ends")[0])
    says(client, path, today)

    again = says(client, path.replace("/es/", "/en/"), today, name="Somebody Else")
    assert again.status_code == 410
    assert "This link was used already" in again.text
    following = link_in(letters("you_are_next")[0]).replace("/es/", "/en/")
    client.post(following)
    assert "This link was used already" in client.post(following).text
    assert HandOver.objects.count() == FocalPoint.objects.filter(person__name="Lucía Vera").count() == 1


def test_a_link_of_two_months_ago_says_so(network, client, term, today):
    remind()
    path = link_in(letters("term_ends")[0]).replace("/es/", "/en/")
    old = today - dt.timedelta(days=61)
    FocalPoint.objects.update(end=old)
    HandOver.objects.update(ends_on=old)

    answer = says(client, path, today)
    assert (answer.status_code, "This link is too old" in answer.text) == (410, True)


@pytest.mark.parametrize("is_next", [False, True])
def test_a_link_of_a_city_that_left_says_so(network, client, term, today, is_next):
    remind()
    path = link_in(letters("term_ends")[0])
    if is_next:
        says(client, path, today)
        path = link_in(letters("you_are_next")[0])
    move(city=term.city, to=MembershipStatus.LEFT, on=today, by=None)

    answer = says(client, path.replace("/es/", "/en/"), today)

    assert answer.status_code == 410
    assert "The city is not a member of the network any more" in answer.text
    assert HandOver.objects.get().next_email == ""
    assert not Person.objects.filter(name="Lucía Vera").exists()


def test_a_link_whose_term_was_changed_meanwhile_says_so(network, client, term, today):
    remind()
    FocalPoint.objects.update(end=today + dt.timedelta(days=200))

    answer = says(client, link_in(letters("term_ends")[0]).replace("/es/", "/en/"), today)

    assert (answer.status_code, "settled in another way" in answer.text) == (410, True)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "x" * 401},
        {"email": ""},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"first_day": ""},
        {"first_day": "31/02/2027"},
        {"first_day": "2023-01-01"},
        {"first_day": "9999-12-31"},
        {"deed": "x"},
    ],
)
def test_an_answer_that_cannot_be_is_told_and_the_link_stays_good(network, client, term, today, changed):
    remind()
    path = link_in(letters("term_ends")[0])

    assert says(client, path, today, **changed).status_code == 200
    assert (HandOver.objects.get().state, letters("you_are_next")) == ("asked", [])
    says(client, path, today)
    assert HandOver.objects.get().state == "named"


def test_the_letter_to_the_next_one_holds_no_words_of_whoever_named_her(network, client, term, today):
    remind()
    says(client, link_in(letters("term_ends")[0]), today, name="http://spam.example", post="http://spam.example")

    letter = letters("you_are_next")[0]
    assert "spam" not in letter.subject + letter.text + letter.to_name


def test_a_guess_of_a_link_is_nothing(network, client, term, today):
    remind()
    row = HandOver.objects.get()

    for guess in ("x", "0" * 64, row.token_hash, str(row.uuid)):
        assert client.get(f"/es/hand-over/{guess}/").status_code == 404
        assert client.get(f"/es/hand-over/next/{guess}/").status_code == 404


def test_a_namesake_is_another_person_unless_the_address_is_hers(network, client, term, today):
    enrol(name="Lucía Vera", by=None)
    remind()
    says(client, link_in(letters("term_ends")[0]), today)
    client.post(link_in(letters("you_are_next")[0]))

    assert Person.objects.filter(name="Lucía Vera").count() == 2


def test_whose_address_is_known_is_chosen(network, client, term, today):
    KnownAddress.objects.create(person=network.people["Luis Prado"], email=NEXT)
    remind()
    says(client, link_in(letters("term_ends")[0]), today, name="L. Prado", first_day=today.isoformat())
    client.post(link_in(letters("you_are_next")[0]))

    assert NetworkMembership.objects.get(city=term.city).focal_point == network.people["Luis Prado"]


def test_the_mayors_term_is_asked_of_the_focal_point_and_handed_over(network, client, term, today):
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
    first = end + dt.timedelta(days=1)
    says(client, link_in(letter), today, name="Pedro Lagos", post="Alcalde", email="", first_day=first.isoformat())
    client.force_login(network.secretary)
    row = HandOver.objects.get()
    client.post(f"/es/workspace/hand-overs/{row.pk}/", {"deed": "accept"})

    following = Person.objects.get(name="Pedro Lagos").memberships.get()
    assert (following.start, following.post.is_mayor, following.post.city) == (first, True, term.city)
    assert NetworkMembership.objects.get(city=term.city).focal_point == term.person


def test_the_secretariat_hands_over_by_hand_and_chooses_among_namesakes(network, client, term, today):
    twin = enrol(name="Lucía Vera", by=None)
    remind()
    row = HandOver.objects.get()
    client.force_login(network.secretary)
    page = f"/es/workspace/hand-overs/{row.pk}/"

    assert "Ana Ribera" in client.get("/es/workspace/hand-overs/").text
    says(client, page, today, first_day=today.isoformat())
    assert 'value="lucia-vera"' in client.post(page, {"deed": "accept"}).text
    assert HandOver.objects.get().state == "named"
    client.post(page, {"deed": "accept", "who": "lucia-vera"})

    assert NetworkMembership.objects.get(city=term.city).focal_point == twin


def test_what_is_settled_otherwise_is_closed_and_its_link_says_so(network, client, term, today):
    remind()
    client.force_login(network.secretary)

    client.post(f"/es/workspace/hand-overs/{HandOver.objects.get().pk}/", {"deed": "close"})

    assert says(Client(), link_in(letters("term_ends")[0]), today).status_code == 410


def test_who_was_named_and_did_not_accept_is_forgotten(network, client, term, today):
    remind()
    says(client, link_in(letters("term_ends")[0]), today)
    assert forget_old() == 0

    HandOver.objects.update(answered_at=timezone.now() - dt.timedelta(days=61))

    assert (forget_old(), HandOver.objects.get().next_email) == (1, "")


def test_the_list_costs_the_same_for_three_and_for_thirty(network, client, term, today, django_assert_num_queries):
    client.force_login(network.secretary)
    for number in range(30):
        row = FocalPoint.objects.create(
            city=term.city, person=enrol(name=f"P {number}", by=None), is_main=False, end=today,
            start=dt.date(2020, 1, 1),
        )  # fmt: skip
        HandOver.objects.create(city=term.city, focal_point=row, ends_on=today, token_hash=str(number))
        if number == 2:
            with django_assert_num_queries(5) as few:
                client.get("/es/workspace/hand-overs/")
    with django_assert_num_queries(len(few)):
        client.get("/es/workspace/hand-overs/")


def test_an_older_link_does_not_put_out_whom_the_secretariat_named_since(network, client, term, today):
    term.refresh_from_db()
    remind()
    says(client, link_in(letters("term_ends")[-1]), today)
    since = name_focal_point(
        city=term.city, person=network.people["Luis Prado"], on=term.end + dt.timedelta(days=1), by=network.secretary
    )

    answer = client.post(link_in(letters("you_are_next")[-1]))

    assert answer.status_code == 410
    assert FocalPoint.objects.filter(pk=since.pk, end=None).exists()


def test_the_next_person_is_written_to_anew_where_her_predecessor_had_invited_her(network, client, term, today):
    invite(email=NEXT, language="es", by=network.secretary, city=term.city)
    Invitation.objects.update(invited_by=network.member)
    remind()
    says(client, link_in(letters("term_ends")[-1]), today)
    client.post(link_in(letters("you_are_next")[-1]))

    standing = Invitation.objects.open().get()
    assert (standing.email, standing.is_by_network, is_good(standing)) == (NEXT, True, True)


def test_an_invitation_of_a_city_that_left_is_not_revived_by_an_application(network, term):
    standing = invite_editor(email=NEXT, language="es", city=term.city, by=None)
    for state in (MembershipStatus.LEFT, MembershipStatus.APPLIED):
        move(city=term.city, to=state, on=timezone.localdate(), by=None)
        assert not is_good(Invitation.objects.get(pk=standing.pk))
