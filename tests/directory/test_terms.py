"""Who is focal point or mayor of a city, from which day to which."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from plaza.core import history
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain import focal_points, people
from plaza.directory.domain.focal_points import end_focal_point, keep_all_mains, name_focal_point
from plaza.directory.domain.mayors import hand_over, mayor_on
from plaza.directory.domain.membership import correct_membership, move
from plaza.directory.domain.people import HeldAlready, appoint, correct_appointment, enrol
from plaza.directory.domain.records import POSTS
from plaza.directory.domain.records_of_cities import CITIES
from plaza.directory.models import FocalPoint, Membership, NetworkMembership

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2027, 12, 31)


@pytest.fixture
def city(network):
    return network.cities["Riberas"]


def mayor(network, city, name, start, end=None):
    person = enrol(name=name, by=None)
    return appoint(
        person=person, label="Alcaldía", language="es", city=city, is_mayor=True, start=start, end=end, by=None
    )


def main_of(city):
    return NetworkMembership.objects.get(city=city).focal_point


def test_a_mayors_post_that_overlaps_another_is_refused_with_a_clear_sentence_and_by_the_database(network, city):
    row = mayor(network, city, "Marta Ríos", FIRST, LAST)
    other = enrol(name="Pedro Lagos", by=None)

    for start, end in (
        (dt.date(2025, 6, 1), None),
        (LAST, None),
        (None, FIRST),
        (None, None),
        (dt.date(2020, 1, 1), dt.date(2024, 1, 1)),
        (dt.date(2025, 1, 1), dt.date(2025, 1, 1)),
    ):
        told = {"person": other, "label": "Alcalde", "city": city, "is_mayor": True, "start": start, "end": end}
        with override("en"), pytest.raises(ValidationError, match="Marta Ríos is mayor of this city on some of these"):
            POSTS.make(told, network.secretary)
    assert not other.memberships.exists()
    with pytest.raises(IntegrityError, match="one_mayor_at_a_time"), transaction.atomic():
        Membership.objects.create(person=other, post=row.post, start=LAST, holds_alone=True)


def test_a_mayor_who_follows_on_the_next_day_is_taken(network, city):
    mayor(network, city, "Marta Ríos", FIRST, LAST)

    mayor(network, city, "Pedro Lagos", LAST + dt.timedelta(days=1))

    assert mayor_on(city, LAST).person.name == "Marta Ríos"
    assert mayor_on(city, LAST + dt.timedelta(days=1)).person.name == "Pedro Lagos"


def test_mayors_of_two_cities_may_hold_office_at_once(network):
    for name in ("Riberas", "Porto Mar"):
        mayor(network, network.cities[name], f"Mayor of {name}", FIRST)

    assert Membership.objects.filter(holds_alone=True).count() == 2


def test_a_term_is_not_stretched_over_the_next_one(network, city):
    row = mayor(network, city, "Marta Ríos", FIRST, LAST)
    mayor(network, city, "Pedro Lagos", LAST + dt.timedelta(days=1))

    with pytest.raises(HeldAlready):
        correct_appointment(membership=row, end=LAST + dt.timedelta(days=30), by=None)


def test_handing_over_ends_one_and_begins_the_next_in_one_deed(network, city):
    mayor(network, city, "Marta Ríos", FIRST)
    next_one, day = enrol(name="Pedro Lagos", by=None), dt.date(2026, 7, 1)

    hand_over(city=city, person=next_one, on=day, by=network.secretary)
    hand_over(city=city, person=next_one, on=day, by=network.secretary)

    rows = Membership.objects.filter(post__city=city, post__is_mayor=True).order_by("start")
    assert [(row.person.name, row.start, row.end) for row in rows] == [
        ("Marta Ríos", FIRST, dt.date(2026, 6, 30)),
        ("Pedro Lagos", day, None),
    ]
    assert [entry.verb for entry in history.of(city)][-1] == "mayor named"


def test_handing_over_to_a_day_before_the_term_is_refused(network, city):
    mayor(network, city, "Marta Ríos", FIRST)

    with pytest.raises(people.EndsBeforeItStarts):
        hand_over(city=city, person=enrol(name="P", by=None), on=FIRST, by=network.secretary)


def test_a_city_has_several_focal_points_and_one_main(network, city):
    ana, luis, joao = (network.people[name] for name in ("Ana Ribera", "Luis Prado", "João Mar"))
    name_focal_point(city=city, person=ana, on=FIRST, by=None)
    name_focal_point(city=city, person=joao, on=FIRST, by=None, is_main=False)

    name_focal_point(city=city, person=luis, on=dt.date(2026, 3, 1), by=None)

    terms = FocalPoint.objects.filter(city=city).order_by("pk")
    assert [(row.person, row.start, row.end, row.is_main) for row in terms] == [
        (ana, FIRST, dt.date(2026, 2, 28), True),
        (joao, FIRST, None, False),
        (luis, dt.date(2026, 3, 1), None, True),
    ]
    assert main_of(city) == luis


def test_two_main_focal_points_at_one_time_are_refused_by_the_database(network, city):
    name_focal_point(city=city, person=network.people["Ana Ribera"], on=FIRST, by=None)

    with pytest.raises(IntegrityError, match="one_main_focal_point_at_a_time"), transaction.atomic():
        FocalPoint.objects.create(city=city, person=network.people["Luis Prado"], start=LAST)


def test_who_begins_tomorrow_is_the_focal_point_tomorrow(network, city, monkeypatch):
    today = timezone.localdate()
    name_focal_point(city=city, person=network.people["Ana Ribera"], on=FIRST, by=None)
    name_focal_point(city=city, person=network.people["Luis Prado"], on=today + dt.timedelta(days=1), by=None)
    assert main_of(city) == network.people["Ana Ribera"]
    assert keep_all_mains() == 0

    monkeypatch.setattr(focal_points.timezone, "localdate", lambda: today + dt.timedelta(days=1))

    assert (keep_all_mains(), keep_all_mains()) == (1, 0)
    assert main_of(city) == network.people["Luis Prado"]


def test_a_focal_point_does_not_end_before_her_first_day_nor_after_the_next_one_began(network, city):
    first = name_focal_point(city=city, person=network.people["Ana Ribera"], on=FIRST, by=None)
    name_focal_point(city=city, person=network.people["Luis Prado"], on=dt.date(2026, 3, 1), by=None)

    for day in (FIRST - dt.timedelta(days=1), dt.date(2026, 3, 1)):
        with pytest.raises(focal_points.EndsBeforeItStarts):
            end_focal_point(focal_point=first, on=day, by=None)


def test_the_column_of_the_sheet_names_and_ends_the_focal_point(network, city):
    ana, today = network.people["Ana Ribera"], timezone.localdate()
    assert CITIES.change(city, {"focal_point": ana}, network.secretary) == ["focal_point"]
    assert CITIES.change(CITIES.find("riberas"), {"focal_point": ana}, network.secretary) == []
    assert [(row.person, row.start) for row in city.focal_points.all()] == [(ana, today)]

    FocalPoint.objects.update(start=FIRST)
    correct_membership(city=city, by=network.secretary, focal_point=None)

    assert main_of(city) is None
    assert [(row.person, row.end) for row in city.focal_points.all()] == [(ana, today - dt.timedelta(days=1))]


def test_a_city_that_leaves_has_no_focal_point_afterwards(network, city):
    name_focal_point(city=city, person=network.people["Ana Ribera"], on=FIRST, by=None)
    day = timezone.localdate() - dt.timedelta(days=1)

    move(city=city, to=MembershipStatus.LEFT, on=day, by=None)

    assert (main_of(city), city.focal_points.get().end) == (None, day)


def test_the_migration_takes_over_the_focal_points_that_stand(network, city):
    from importlib import import_module  # a migration's name is no identifier

    migration = import_module("plaza.directory.migrations.0005_terms_that_stand")
    NetworkMembership.objects.filter(city=city).update(focal_point=network.people["Ana Ribera"])
    row = mayor(network, city, "Marta Ríos", FIRST)
    Membership.objects.update(holds_alone=False)

    with connection.cursor() as cursor:
        cursor.execute(migration.FOCAL_POINTS)
        cursor.execute(migration.MAYORS)

    assert [(term.city, term.person, term.is_main) for term in FocalPoint.objects.all()] == [
        (city, network.people["Ana Ribera"], True)
    ]
    assert list(Membership.objects.filter(holds_alone=True)) == [row]


def test_the_page_of_the_membership_offers_the_next_states_only(network, client, city):
    client.force_login(network.secretary)
    page = client.get("/en/workspace/members/riberas/").text
    assert [state for state in MembershipStatus.values if f'<option value="{state}"' in page] == ["paused", "left"]

    client.post(
        "/en/workspace/members/riberas/",
        {"deed": "move", "to": "paused", "on": "2026-11-01", "why": "Elections"},
    )
    assert (
        client.post("/en/workspace/members/riberas/", {"deed": "move", "to": "applied", "on": "2026-11-02"}).status_code
        == 200
    )

    assert NetworkMembership.objects.get(city=city).status == "paused"
    assert [(entry.verb, entry.why) for entry in history.of(city)][-1] == ("membership paused", "Elections")
    assert "Elections" in client.get("/en/workspace/members/riberas/").text


def test_the_page_of_the_membership_names_and_ends_who_speaks_for_the_city(network, client, city):
    client.force_login(network.secretary)
    page = "/es/workspace/members/riberas/"
    wish = {"deed": "focal", "name": "Ana Ribera", "start": "2026-01-01", "is_main": "on"}

    assert 'value="ana-ribera"' in client.post(page, wish).text
    assert main_of(city) is None
    assert client.post(page, wish | {"who": "ana-ribera"}).status_code == 302
    term = city.focal_points.get()
    assert client.post(page, {"deed": "end-focal", "term": term.pk, "end": "2025-01-01"}).status_code == 200
    assert client.post(page, {"deed": "end-focal", "term": term.pk, "end": "2026-12-31"}).status_code == 302
    assert (
        client.post(
            page, {"deed": "mayor", "name": "Marta Ríos", "post": "Alcaldesa", "start": "2024-01-01"}
        ).status_code
        == 302
    )
    assert "Marta Ríos" in client.post(page, {"deed": "mayor", "name": "P", "start": "2023-01-01"}).text

    assert (main_of(city), city.focal_points.get().end) == (network.people["Ana Ribera"], dt.date(2026, 12, 31))
    assert mayor_on(city, timezone.localdate()).person.name == "Marta Ríos"


def test_the_pages_cost_the_same_for_three_and_for_thirty(network, client, django_assert_max_num_queries):
    client.force_login(network.secretary)
    city, costs = network.cities["Riberas"], []
    for number in range(30):
        name_focal_point(city=city, person=enrol(name=f"P {number}", by=None), on=FIRST, by=None, is_main=False)
        mayor(network, city, f"M {number}", dt.date(1990 + number, 1, 1), dt.date(1990 + number, 12, 31))
        if number in (2, 29):
            with django_assert_max_num_queries(12) as asked:
                client.get("/es/workspace/members/riberas/")
            costs.append(len(asked))

    assert costs[0] == costs[1]
