"""The lists of records: who sees them, what stands on them, what they cost."""

import pytest

from plaza.core.records import record_kinds
from plaza.directory.models import City, Organization, Person
from plaza.knowledge.models import Work
from plaza.meetings.models import Meeting, Series
from tests.records.forms import KINDS


def test_these_are_the_records_that_are_kept(network):
    assert sorted(record_kinds) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_visitor_signs_in_and_a_member_finds_nothing(network, client, kind):
    for path in (f"/es/workspace/records/{kind}/", f"/es/workspace/records/{kind}/new/",
                 f"/es/workspace/records/{kind}/sheet/", f"/es/workspace/records/{kind}/export.csv"):  # fmt: skip
        client.logout()
        assert client.get(path).status_code == 302
        client.force_login(network.member)
        assert client.get(path).status_code == 404
    assert list(record_kinds[kind].visible_to(network.member)) == []


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_the_kinds_are_listed_with_their_numbers(network, secretary, language):
    answer = secretary.get(f"/{language}/workspace/records/")

    assert {kind.name: count for kind, count in answer.context["kinds"]} == {
        "cities": 3, "people": 4, "posts": 4, "organisations": 0, "works": 3, "series": 0, "meetings": 3,
        "sessions": 3, "appearances": 4, "organisers": 0, "indicators": 0, "indicator-values": 0,
    }  # fmt: skip


def test_words_choose_among_the_records(network, secretary):
    answer = secretary.get("/es/workspace/records/people/", {"q": "joão"})

    assert [row.name for row, _ in answer.context["rows"]] == ["João Mar"]


@pytest.mark.parametrize("path", ["nothing/", "people/99999/", "people/export.pdf", "changes/9/", "sheets/9/"])
def test_what_is_not_there_is_not_found(network, secretary, path):
    assert secretary.get(f"/es/workspace/records/{path}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_costs_the_same_for_few_records_and_for_many(network, secretary, kind, django_assert_max_num_queries):
    def grow(times):
        for number in range(times):
            person = Person.objects.create(name=f"P{number}", slug=f"p{kind}-{times}-{number}")
            city = City.objects.create(slug=f"c-{times}-{number}", names={"es": f"C{number}"}, name_sort="c",
                                       search_names="c", country_id="EC")  # fmt: skip
            Organization.objects.create(name="O", slug=f"o-{times}-{number}", city=city, country_id="EC")
            Series.objects.create(title="S", slug=f"s-{times}-{number}", language="es")
            meeting = Meeting.objects.create(title="M", slug=f"m-{times}-{number}", language="es")
            meeting.places.add(city)
            session = meeting.sessions.create(number=1, language="es")
            session.appearances.create(person=person, city=city)
            Work.objects.create(title="W", slug=f"w-{times}-{number}", language="es", kind="notes")
            post = city.posts.create(label="X", language="es")
            post.memberships.create(person=person)

    counts = []
    for times in (3, 27):
        grow(times)
        secretary.get(f"/es/workspace/records/{kind}/")
        with django_assert_max_num_queries(12) as asked:
            secretary.get(f"/es/workspace/records/{kind}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
