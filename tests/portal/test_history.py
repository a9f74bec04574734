"""Who did what with one record."""

import pytest

from plaza.core import history


@pytest.fixture
def page(network):
    return f"/es/workspace/history/meetings.meeting/{network.meetings['river'].pk}/"


def test_the_secretary_reads_who_did_what_when_and_why(network, client, page):
    history.record(verb="published", by=network.secretary, subject=network.meetings["river"], why="It was asked for.")
    history.record(verb="looked at twice", by=None, subject=network.meetings["river"])
    client.force_login(network.secretary)

    text = client.get(page).text

    assert ("Sofía" in text, "It was asked for." in text) == (True, True)
    assert '<span lang="en">looked at twice</span>' in text
    assert 'href="/es/meetings/river/"' in text


@pytest.mark.parametrize("kind", ["meetings.none", "none", "a.b.c", "meetings.meeting/9999"])
def test_a_record_there_is_not_is_not_found(network, client, kind):
    client.force_login(network.secretary)
    pk = "" if "/" in kind else "/1"

    assert client.get(f"/es/workspace/history/{kind}{pk}/").status_code == 404


def test_it_costs_the_same_for_three_and_for_thirty(network, client, page, django_assert_num_queries):
    client.force_login(network.secretary)
    for count in (3, 27):
        for _ in range(count):
            history.record(verb="published", by=network.secretary, subject=network.meetings["river"])
        client.get(page)
        with django_assert_num_queries(6):
            client.get(page)
