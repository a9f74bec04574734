import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from plaza.core import history
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.membership import NotThatWay, move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.models import City, Membership, Person, Post

DAY = dt.date(2026, 5, 1)


@pytest.fixture
def city(network):
    return City.objects.create(slug="nueva", names={"es": "Nueva"}, name_sort="nueva", is_fictional=True)


def test_a_city_walks_from_invitation_to_leaving(city, network):
    for status in ("invited", "member", "paused", "member", "left"):
        membership = move(city=city, to=MembershipStatus(status), on=DAY, by=network.secretary)

    assert (membership.status, membership.since, membership.until) == ("left", DAY, DAY)
    assert [entry.verb for entry in history.of(city)] == [
        "membership invited", "membership member", "membership paused", "membership member", "membership left",
    ]  # fmt: skip


def test_asking_for_the_state_it_is_in_changes_nothing_and_a_member_cannot_be_invited_again(city):
    move(city=city, to=MembershipStatus.MEMBER, on=DAY, by=None)

    move(city=city, to=MembershipStatus.MEMBER, on=DAY, by=None)

    with pytest.raises(NotThatWay):
        move(city=city, to=MembershipStatus.INVITED, on=DAY, by=None)
    assert history.of(city).count() == 1


def test_a_real_city_without_a_country_is_refused_by_the_database(db):
    with pytest.raises(IntegrityError, match="a_real_city_has_a_country"), transaction.atomic():
        City.objects.create(slug="nowhere", names={}, name_sort="nowhere")


def test_the_same_appointment_twice_is_one_and_two_people_of_one_name_are_two(network):
    person = network.people["Ana Ribera"]
    for _ in range(2):
        appoint(person=person, label="Alcaldesa", language="es", city=network.cities["Riberas"], by=None)

    assert Membership.objects.filter(person=person).count() == 1
    assert (person.slug, enrol(name="Ana Ribera", by=None).slug) == ("ana-ribera", "ana-ribera-2")


def test_a_post_stands_in_one_place_only(db):
    with pytest.raises(IntegrityError, match="a_post_is_in_one_place"), transaction.atomic():
        Post.objects.create(label="Nobody's", language="en")


def test_a_person_is_sorted_without_accents(db):
    assert Person.objects.create(name="Ángela Ñu", slug="a").name_sort == "angela nu"
