"""The secretary compares two records and says whether they are one person."""

import pytest

from plaza.accounts.models import User
from plaza.directory.domain.people import enrol
from plaza.directory.domain.twins import look_for_twins
from plaza.directory.models import Merge, Person, Twins
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.models import Session

PAGE = "/es/workspace/twins/"
BOTH = f"{PAGE}ana-ribera/ribera-ana/"


@pytest.fixture
def twin(network, client):
    person = enrol(name="Ribera, Ana", by=None)
    look_for_twins()
    client.force_login(network.secretary)
    return person


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_they_are_offered_with_the_reason_and_stand_side_by_side(network, client, twin, language):
    assert f"/{language}/workspace/twins/ana-ribera/ribera-ana/" in client.get(f"/{language}/workspace/twins/").text
    page = client.get(f"/{language}/workspace/twins/ana-ribera/ribera-ana/")

    assert (page.status_code, "Alcaldesa" in page.text) == (200, True)


def test_one_person_and_two_again(network, client, twin):
    assert client.post(BOTH, {"deed": "merge"}).status_code == 422
    client.post(BOTH, {"deed": "merge", "keep": "ana-ribera", "why": "la conozco"})

    assert Person.objects.get(pk=twin.pk).merged_into == network.people["Ana Ribera"]
    assert "Ribera, Ana" in client.get(PAGE).text
    client.post(f"/es/workspace/merges/{Merge.objects.get().pk}/undo/")
    assert Person.objects.get(pk=twin.pk).merged_into is None


def test_two_people_are_remembered_as_two(network, client, twin):
    client.post(BOTH, {"deed": "two"})

    assert not Twins.objects.open().exists()
    client.post(f"/es/workspace/two-people/{Twins.objects.get().pk}/offer/")
    assert Twins.objects.open().count() == 1


def test_who_is_on_stage_with_herself_is_asked_about_first(network, client, twin):
    put_on_stage(session=Session.objects.get(meeting__slug="river"), person=twin, by=None)
    refused = client.post(BOTH, {"deed": "merge", "keep": "ana-ribera"})

    assert (refused.status_code, Merge.objects.exists()) == (422, False)
    assert 'name="is_listed_twice"' in refused.text
    client.post(BOTH, {"deed": "merge", "keep": "ana-ribera", "is_listed_twice": "on"})
    assert Merge.objects.count() == 1


def test_two_accounts_are_refused_until_one_gives_way(network, client, twin):
    other = User.objects.create_user("other@example.org", None, name="Otra")
    Person.objects.filter(slug="ana-ribera").update(user=network.member)
    Person.objects.filter(pk=twin.pk).update(user=other)
    refused = client.post(BOTH, {"deed": "merge", "keep": "ana-ribera"})

    assert (refused.status_code, 'name="account_of"' in refused.text) == (422, True)
    client.post(BOTH, {"deed": "merge", "keep": "ana-ribera", "account_of": "ribera-ana"})
    assert Person.objects.get(slug="ana-ribera").user == other


def test_a_record_is_not_compared_with_itself_or_with_one_that_is_gone(network, client, twin):
    assert client.get(f"{PAGE}ana-ribera/ana-ribera/").status_code == 404
    client.post(BOTH, {"deed": "merge", "keep": "ana-ribera"})
    assert client.get(BOTH).status_code == 404


def test_the_list_costs_the_same_for_1_pair_and_for_more_than_15(network, client, twin, django_assert_max_num_queries):
    def costs():
        client.get(PAGE)
        with django_assert_max_num_queries(12) as made:
            client.get(PAGE)
        return len(made)

    few = costs()
    for number in range(15):
        for name in (f"Nombre Número{'abcdefghijklmno'[number] * 4}", f"Número{'abcdefghijklmno'[number] * 4} Nombre"):
            enrol(name=name, by=None)
    look_for_twins()

    assert Twins.objects.open().count() > 15
    assert costs() == few


@pytest.mark.parametrize(
    ("one", "other", "leads"),
    [
        ("Rose Hill", "Ribera, Ana", "/es/workspace/twins/rose-hill/ribera-ana/"),
        ("rose-hill", "joão mar", "/es/workspace/twins/rose-hill/joao-mar/"),
        ("Rose Hill", "rose-hill", ""),
        ("Rose Hill", "Nobody\x00", ""),
        ("Rose Hill", "", ""),
        ("x" * 5000, "<b>", ""),
    ],
)
def test_any_two_are_compared_by_their_names(network, client, twin, one, other, leads):
    answer = client.get(PAGE, {"one": one, "other": other})

    assert (answer.status_code, answer.get("Location", "")) == (302 if leads else 200, leads)
    assert leads or answer.text.count('class="said-by-us"') == 1
