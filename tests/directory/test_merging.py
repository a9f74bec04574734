"""Two records of one person become one, and two again."""

import datetime as dt

import pytest

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.merging import followers, foreign_keys_to
from plaza.corrections.models import Correction
from plaza.directory.domain.claims import claim, know_address, prove
from plaza.directory.domain.merging import (
    MergedSince,
    NotStanding,
    OnStageTogether,
    TwoAccounts,
    merge,
    part_again,
    say_they_are_two,
    say_they_may_be_one,
)
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.domain.twins import look_for_twins
from plaza.directory.domain.withdrawing import hide
from plaza.directory.models import Expertise, KnownAddress, Membership, Merge, NetworkMembership, Person, Profile, Twins
from plaza.knowledge.models import Segment
from plaza.mail.models import Letter
from plaza.meetings.choices import AppearanceRole
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.models import Appearance, Session
from plaza.search.domain.finding import find
from plaza.topics.domain.vocabulary import load_topics
from tests import network_kept
from tests.accounts.conftest import code_in
from tests.network import Network


@pytest.fixture
def network(db: None) -> Network:
    return network_kept.network()


@pytest.fixture
def ana(network):
    return network.people["Ana Ribera"]


@pytest.fixture
def twin(network):
    """The same Ana under another name, who spoke for the buses."""
    person = enrol(name="Ribera Sáenz, Ana", language="pt", by=None)
    appoint(person=person, label="Consejera", language="es", city=network.cities["Riberas"], by=None)
    put_on_stage(session=session_of(network, "buses"), person=person, city=network.cities["Riberas"], by=None)
    return person


def session_of(network, slug):
    return Session.objects.get(meeting__slug=slug)


def state():
    """Every row that points at a person, as it stands."""
    models = (Appearance, Membership, KnownAddress, Profile, Expertise, Segment, NetworkMembership)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    return rows | {"Person": list(Person.objects.order_by("pk").values())}


def test_every_foreign_key_to_a_person_is_in_the_registry():
    assert foreign_keys_to(Person) - set(followers) == set()
    assert set(followers) - foreign_keys_to(Person) == {"corrections.Correction.subject"}


def test_everything_of_one_record_moves_to_the_other_and_back(network, ana, twin):
    load_topics()
    know_address(person=twin, email="ana@riberas.example.org", by=network.secretary)
    Profile.objects.create(person=twin, bio="Sou eu", language="pt")
    Expertise.objects.create(
        person=twin, topic_id="climate/adaptation", evidence="E", stated_by="staff", stated_on=dt.date(2026, 1, 1)
    )
    NetworkMembership.objects.filter(city=network.cities["Riberas"]).update(focal_point=twin)
    Segment.objects.filter(person=network.people["João Mar"]).update(person=twin)
    before = state()

    row = merge(gone=twin, kept=ana, by=network.secretary, why="la misma")

    models = (Appearance, Membership, KnownAddress, Profile, Expertise, Segment)
    assert [model.__name__ for model in models if model.objects.filter(person=twin).exists()] == []
    assert NetworkMembership.objects.get(city=network.cities["Riberas"]).focal_point == ana
    assert [entry.verb for entry in history.of(ana)][-1] == "merged"

    assert part_again(merge=row, by=network.secretary) == 0
    assert state() == before
    assert part_again(merge=row, by=network.secretary) == 0


def test_the_old_address_leads_to_the_record_that_stays_and_its_name_finds_it(network, ana, twin, client):
    merge(gone=twin, kept=ana, by=network.secretary)

    answer = client.get(f"/es/people/{twin.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, "/es/people/ana-ribera/")
    assert "Ana Ribera</a></h3>" in client.get("/es/people/", {"name": "saenz"}).text
    assert "Sáenz" not in client.get("/es/people/").text


def test_what_is_found_names_the_record_that_stays(network, ana, twin):
    merge(gone=ana, kept=twin, by=network.secretary)

    found = find("¿Cómo evacuar cuando crece el río?", language="es", user=network.secretary)
    assert {each.person for each in found if each.person} >= {twin}
    assert ana not in {each.person for each in found}


def test_a_post_that_both_hold_is_held_once_and_takes_the_day_it_lacked(network, ana, twin):
    city, first, last = network.cities["Riberas"], dt.date(2020, 1, 1), dt.date(2023, 12, 31)
    mine = appoint(person=ana, label="Edil", language="es", city=city, start=first, by=None)
    appoint(person=twin, label="Edil", language="es", city=city, start=first, end=last, by=None)
    before = state()

    row = merge(gone=twin, kept=ana, by=network.secretary)

    mine.refresh_from_db()
    assert (mine.end, Membership.objects.filter(post__label="Edil").count()) == (last, 1)
    part_again(merge=row, by=network.secretary)
    assert state() == before


def test_two_people_who_are_on_stage_at_the_same_time_are_merged_only_if_one_was_listed_twice(network, ana, twin):
    session = session_of(network, "river")
    put_on_stage(session=session, person=twin, affiliation="Alcaldía", by=None)
    put_on_stage(session=session, person=twin, role=AppearanceRole.MODERATOR, by=None)
    before = state()

    with pytest.raises(OnStageTogether) as refused:
        merge(gone=twin, kept=ana, by=network.secretary)
    assert [stage.name for stage in refused.value.stages] == ["El río y las sirenas"]
    assert state() == before

    row = merge(gone=twin, kept=ana, by=network.secretary, is_listed_twice=True)
    on_stage = session.appearances.filter(person=ana).order_by("role").values_list("role", "affiliation")
    assert list(on_stage) == [("moderator", ""), ("speaker", "Alcaldía")]
    assert not session.appearances.filter(person=twin).exists()
    part_again(merge=row, by=network.secretary)
    assert state() == before


def test_what_changed_since_stays_when_a_merge_is_undone(network, ana, twin):
    other = network.people["Rose Hill"]
    row = merge(gone=twin, kept=ana, by=network.secretary)
    Appearance.objects.filter(session=session_of(network, "buses"), person=ana).update(person=other)
    Membership.objects.filter(post__label="Consejera").delete()
    late = put_on_stage(session=session_of(network, "markets"), person=ana, by=None)

    assert part_again(merge=row, by=network.secretary) == 2
    assert (Appearance.objects.filter(person=other).count(), twin.memberships.count()) == (2, 0)
    late.refresh_from_db()
    assert late.person == ana


def test_a_folded_row_whose_session_is_gone_does_not_come_back(network, ana, twin):
    session = session_of(network, "river").meeting.sessions.create(number=2, language="es")
    for person in (ana, twin):
        put_on_stage(session=session, person=person, by=None)
    row = merge(gone=twin, kept=ana, by=network.secretary, is_listed_twice=True)
    session.delete()

    assert part_again(merge=row, by=network.secretary) == 1
    assert list(twin.appearances.values_list("session__meeting__slug", flat=True)) == ["buses"]


def test_two_with_accounts_are_merged_only_if_one_gives_way_and_the_one_account_there_is_comes_along(
    network, ana, twin
):
    other = User.objects.create_user("other@example.org", None, name="Other")
    Person.objects.filter(pk=ana.pk).update(user=network.member)
    Person.objects.filter(pk=twin.pk).update(user=other)

    with pytest.raises(TwoAccounts):
        merge(gone=twin, kept=ana, by=network.secretary)
    row = merge(gone=twin, kept=ana, by=network.secretary, account_of=twin)
    assert Person.objects.get(pk=ana.pk).user == other
    part_again(merge=row, by=network.secretary)
    assert (Person.objects.get(pk=ana.pk).user, Person.objects.get(pk=twin.pk).user) == (network.member, other)

    Person.objects.filter(pk=ana.pk).update(user=None)
    row = merge(gone=twin, kept=ana, by=network.secretary)
    assert Person.objects.get(pk=ana.pk).user == other
    part_again(merge=row, by=network.secretary)
    assert (Person.objects.get(pk=ana.pk).user, Person.objects.get(pk=twin.pk).user) == (None, other)


def test_a_code_for_the_record_that_went_opens_the_one_that_stays(network, ana, twin):
    know_address(person=twin, email="ana@riberas.example.org", by=network.secretary)
    row = claim(person=twin, user=network.member)
    merge(gone=twin, kept=ana, by=network.secretary)

    prove(claim=row, code=code_in(Letter.objects.get()))
    assert Person.objects.get(pk=ana.pk).user == network.member


def test_of_three_the_last_merge_is_undone_first(network, ana, twin):
    third = enrol(name="Ana R.", by=None)
    first = merge(gone=third, kept=twin, by=network.secretary)
    second = merge(gone=twin, kept=ana, by=network.secretary)

    assert Person.objects.get(pk=third.pk).merged_into == ana
    with pytest.raises(MergedSince):
        part_again(merge=first, by=network.secretary)
    part_again(merge=second, by=network.secretary)
    assert Person.objects.get(pk=third.pk).merged_into == twin
    part_again(merge=first, by=network.secretary)
    assert Person.objects.get(pk=third.pk).merged_into is None


def test_nobody_is_merged_with_herself_nor_twice_and_only_those_who_run_the_network_say_who_is_one(network, ana, twin):
    with pytest.raises(NotStanding):
        merge(gone=ana, kept=ana, by=network.secretary)
    row = merge(gone=twin, kept=ana, by=network.secretary)

    for deed in (
        lambda: merge(gone=network.people["Luis Prado"], kept=ana, by=network.member),
        lambda: part_again(merge=row, by=network.member),
        lambda: say_they_are_two(one=ana, other=twin, by=network.member),
    ):
        with pytest.raises(PermissionError):
            deed()
    with pytest.raises(NotStanding):
        merge(gone=network.people["Luis Prado"], kept=twin, by=network.secretary)


def test_a_request_for_a_correction_follows(network, ana, twin, client):
    client.post(
        f"/es/corrections/?about=/es/people/{twin.slug}/",
        {"about": f"/es/people/{twin.slug}/", "kind": "other", "wrong": "x", "name": "N", "email": "n@example.org"},
    )
    row = merge(gone=twin, kept=ana, by=network.secretary)

    assert Correction.objects.get().subject == ana
    part_again(merge=row, by=network.secretary)
    assert Correction.objects.get().subject == twin


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("José García Peña", "Jose Garcia Pena", "accents"),
        ("García Peña, José", "José García Peña", "order"),
        ("José García Peña", "José García", "part of the name"),
        ("J. García Peña", "José García Peña", "initials"),
        ("Thiago Souza", "Tiago Sousa", "sounds alike"),
        ("Carlos Villalobos", "Carlos Vilalovos", "sounds alike"),
        ("Marta Echeverría", "Marta Echeverrua", "one letter"),
        ("José García", "José García", "same name"),
    ],
)
def test_records_that_may_be_one_are_found_with_the_reason(db, one, other, why):
    for name in (one, other, "Rosa Quispe Mamani", "José Quispe"):
        enrol(name=name, by=None)
    appoint_both(one, other)

    assert look_for_twins() == 1
    assert [(row.first.name, row.second.name, row.reasons[0][0]) for row in Twins.objects.open()] == [(one, other, why)]


def appoint_both(*names):
    from plaza.directory.models import Organization

    body = Organization.objects.create(slug="o", name="O")
    for person in Person.objects.filter(name__in=names):
        appoint(person=person, label=f"P{person.pk}", language="es", organization=body, by=None)


@pytest.mark.parametrize(
    ("one", "other"),
    [("José García", "Josefa García"), ("Ana Silva", "Ana Souza"), ("João Silva Lima", "Pedro Silva Lima")],
)
def test_who_is_called_otherwise_is_not_offered(db, one, other):
    for name in (one, other):
        enrol(name=name, by=None)
    appoint_both(one, other)

    assert look_for_twins() == 0


def test_that_they_are_two_is_remembered_until_somebody_takes_it_back(network, ana):
    other = enrol(name="Ribera Ana", by=None)
    assert look_for_twins() == 1
    row = say_they_are_two(one=other, other=ana, by=network.secretary)

    assert (look_for_twins(), look_for_twins()) == (0, 0)
    say_they_may_be_one(twins=row, by=network.secretary)
    assert look_for_twins() == 1
    merge(gone=other, kept=ana, by=network.secretary)
    assert (look_for_twins(), Merge.objects.count()) == (0, 1)


def test_a_meeting_in_common_is_told(network, ana, twin):
    put_on_stage(session=session_of(network, "buses"), person=ana, by=None)
    look_for_twins()

    reasons = Twins.objects.get(first=ana, second=twin).reasons
    assert [what for what, _ in reasons] == ["part of the name", "city", "meeting"]


def test_a_merge_that_is_undone_names_nobody_again_who_asked_not_to_be_named(network, ana, twin):
    row = merge(gone=twin, kept=ana, by=network.secretary)
    hide(person=ana, by=network.secretary)
    part_again(merge=row, by=network.secretary)
    ana.refresh_from_db()
    twin.refresh_from_db()
    assert (ana.is_withdrawn, twin.is_withdrawn) == (True, True)


def test_who_asks_again_after_her_hidden_record_was_merged_stays_hidden_when_it_is_undone(network, ana, twin):
    hide(person=twin, by=network.secretary)
    row = merge(gone=twin, kept=ana, by=network.secretary)
    hide(person=ana, by=None)
    part_again(merge=row, by=network.secretary)
    ana.refresh_from_db()
    assert ana.is_withdrawn
