"""No hand-over is lost in silence: the desk of the secretariat, asking again, and what becomes of one whose term goes."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.models import RestrictedError
from django.test import Client
from django.utils import timezone

from plaza.core import history
from plaza.directory.choices import HandOverState
from plaza.directory.domain.focal_points import name_focal_point
from plaza.directory.domain.handing_over import forget_next, forget_old
from plaza.directory.domain.mayors import hand_over
from plaza.directory.domain.merging import HandOversMeet, merge, part_again
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.terms_ending import GOOD_FOR, open_for, remind
from plaza.directory.models import FocalPoint, HandOver, Membership, Merge, NetworkMembership, Person
from plaza.directory.tasks import forget_old as nightly
from tests.directory.terms import ADDRESS, NEXT, letters, link_in, says


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


def test_who_was_named_and_did_not_accept_is_forgotten_and_it_is_asked_again(network, client, term, today):
    remind()
    path = link_in(letters("term_ends")[0]).replace("/es/", "/en/")
    says(client, path, today)
    assert forget_old() == 0
    following = link_in(letters("you_are_next")[0])
    end = today - GOOD_FOR - dt.timedelta(days=5)
    FocalPoint.objects.update(end=end)
    HandOver.objects.update(ends_on=end, answered_at=timezone.now() - GOOD_FOR - dt.timedelta(days=1))

    nightly(0)
    nightly(0)

    row = HandOver.objects.get()
    assert (row.state, row.next_name, row.next_post, row.next_email) == ("asked", "", "", "")
    asked = letters("term_ends")
    assert [(letter.to, letter.language) for letter in asked] == [(ADDRESS, "es")] * 2
    assert asked[0].text != asked[1].text
    assert link_in(asked[0]) == link_in(asked[1])
    assert [letter.to for letter in letters("term_ends_desk")] == ["secretary@example.org"] * 2
    assert (client.get(following).status_code, remind()) == (410, 0)
    client.force_login(network.secretary)
    assert "again since" in client.get("/en/workspace/hand-overs/").text
    assert says(client, path, today, name="Raúl Otero", first_day=today.isoformat()).status_code == 200
    client.post(link_in(letters("you_are_next")[-1]))
    assert NetworkMembership.objects.get(city=term.city).focal_point.name == "Raúl Otero"


def test_the_secretariat_asks_again(network, client, term, today):
    remind()
    says(client, link_in(letters("term_ends")[0]), today)
    client.force_login(network.secretary)
    page = f"/en/workspace/hand-overs/{HandOver.objects.get().pk}/"
    assert 'value="again"' in client.get(page).text

    answer = client.post(page, {"deed": "again"}, follow=True)

    row = HandOver.objects.get()
    assert (row.state, row.next_email, row.asked_again_on) == ("asked", "", today)
    assert "was written to again" in answer.text
    assert (len(letters("term_ends")), len(letters("term_ends_desk"))) == (2, 1)
    assert history.of(term.city).last().verb == "asked again who comes next"
    term.person.known_address.delete()
    assert "nobody was written to" in client.post(page, {"deed": "again"}, follow=True).text
    FocalPoint.objects.update(end=today + dt.timedelta(days=300))
    assert "There is nothing to ask any more" in client.post(page, {"deed": "again"}, follow=True).text


def test_whoever_was_named_and_is_followed_meanwhile_is_forgotten_and_nobody_is_asked(network, client, term, today):
    remind()
    says(client, link_in(letters("term_ends")[0]), today)
    after = term.end + dt.timedelta(days=1)
    FocalPoint.objects.create(city=term.city, person=network.people["Luis Prado"], start=after)  # by no deed of ours
    HandOver.objects.update(answered_at=timezone.now() - GOOD_FOR - dt.timedelta(days=1))

    assert (forget_old(), HandOver.objects.get().state, HandOver.objects.get().next_email) == (1, "settled", "")
    assert (len(letters("term_ends")), history.of(term.city).last().verb) == (1, "hand-over closed")


def test_who_is_named_by_the_secretariat_settles_what_was_asked_of_the_terms_before(network, client, term, today):
    remind()
    says(client, link_in(letters("term_ends")[0]), today)
    mayor = hand_over(city=term.city, person=network.people["Ana Ribera"], on=dt.date(2024, 1, 1), by=None)
    Membership.objects.filter(pk=mayor.pk).update(end=today)
    FocalPoint.objects.filter(pk=term.pk).update(end=today - dt.timedelta(days=40))
    HandOver.objects.update(ends_on=today - dt.timedelta(days=40))
    remind()
    assert list(HandOver.objects.order_by("pk").values_list("state", "next_email")) == [("named", NEXT), ("asked", "")]

    luis = network.people["Luis Prado"]
    name_focal_point(city=term.city, person=luis, on=today, by=network.secretary)
    hand_over(city=term.city, person=luis, on=today + dt.timedelta(days=1), by=network.secretary)

    assert list(HandOver.objects.values_list("state", "next_email")) == [("settled", ""), ("settled", "")]
    closed = history.of(term.city).filter(verb="hand-over closed")
    assert [entry.by for entry in closed] == [network.secretary] * 2


def test_whoever_was_named_and_wants_nothing_kept_of_her_is_forgotten_and_it_is_asked_again(
    network, client, term, today
):
    remind()
    says(client, link_in(letters("term_ends")[0]), today)

    forget_next(NEXT.upper())

    row = HandOver.objects.get()
    assert (row.state, row.next_name, row.next_email, letters("you_are_next")) == ("asked", "", "", [])
    assert [letter.to for letter in letters("term_ends")] == [ADDRESS] * 2


def test_a_term_that_never_began_goes_and_its_hand_over_stays_settled(network, client, term, today):
    first = term.end + dt.timedelta(days=1)
    later = name_focal_point(city=term.city, person=network.people["Luis Prado"], on=first, by=None)
    FocalPoint.objects.filter(pk=later.pk).update(end=first)
    later.refresh_from_db()
    row = open_for(later)
    with pytest.raises(RestrictedError), transaction.atomic():
        later.delete()

    name_focal_point(city=term.city, person=network.people["Rose Hill"], on=today, by=network.secretary)

    row.refresh_from_db()
    assert (row.state, row.focal_point, row.kind, row.ends_on) == ("settled", None, "focal", first)
    assert "hand-over closed" in [entry.verb for entry in history.of(term.city)]
    client.force_login(network.secretary)
    assert client.get(f"/es/workspace/hand-overs/{row.pk}/").status_code == 200
    term.city.delete()
    assert HandOver.objects.count() == 0


def mayors_of_one_term(network, today):
    """Ana, written down twice as mayor from one day on, before a city had one mayor at a time; each with its hand-over."""
    twin, term = (
        enrol(name="Ribera Sáenz, Ana", by=None), (dt.date(2024, 1, 1), today + dt.timedelta(days=5))
    )  # fmt: skip
    row = appoint(
        person=network.people["Ana Ribera"], label="Alcaldía", language="es", city=network.cities["Riberas"],
        is_mayor=True, start=term[0], end=term[1], by=None,
    )  # fmt: skip
    return row, Membership.objects.create(person=twin, post=row.post, start=term[0], end=term[1])


def kept():
    return list(HandOver.objects.order_by("pk").values("pk", "uuid", "membership", "state", "ends_on", "token_hash"))


def test_the_hand_over_of_a_doubled_post_follows_it_into_the_other_record_and_back(network, today):
    standing, doubled = mayors_of_one_term(network, today)
    asked = open_for(doubled)
    before = kept()

    row = merge(gone=doubled.person, kept=standing.person, by=network.secretary)

    asked.refresh_from_db()
    assert (asked.membership, asked.state) == (standing, "asked")
    assert not Membership.objects.filter(pk=doubled.pk).exists()
    assert part_again(merge=row, by=network.secretary) == 0
    assert kept() == before


def test_two_hand_overs_of_one_end_become_one_and_two_again_and_one_that_names_somebody_is_settled_first(
    network, client, today
):
    standing, doubled = mayors_of_one_term(network, today)
    asked = [open_for(standing), open_for(doubled)]
    HandOver.objects.filter(pk=asked[1].pk).update(
        state=HandOverState.NAMED, next_name="Pedro Lagos", next_email=NEXT, next_from=today, answered_at=timezone.now()
    )
    with pytest.raises(HandOversMeet):
        merge(gone=doubled.person, kept=standing.person, by=network.secretary)
    client.force_login(network.secretary)
    page = f"/en/workspace/twins/{standing.person.slug}/{doubled.person.slug}/"
    assert "Settle one of the two hand-overs first." in client.post(page, {"keep": standing.person.slug}).text
    client.post(f"/en/workspace/hand-overs/{asked[1].pk}/", {"deed": "close"})
    before = kept()

    row = merge(gone=doubled.person, kept=standing.person, by=network.secretary)

    assert HandOver.objects.get().pk == asked[0].pk
    assert NEXT not in str(Merge.objects.get().moved)
    assert part_again(merge=row, by=network.secretary) == 0
    assert kept() == before
    assert Person.objects.filter(name="Pedro Lagos").count() == 0
