"""What the secretariat sees of what was asked in vain, and the page that tells what is kept."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.search.choices import AskedState
from plaza.search.domain.asked import dismiss, groups_in_vain, note, reopen
from plaza.search.domain.grouping import group_waiting
from plaza.search.models import AskedGroup, AskedQuestion
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic
from tests.search.questions import CEMETERY, DOGS, ask, ask_in_all


def shown(groups):
    return [(group.question, group.asked, group.spoken) for group in groups]


def test_what_was_asked_in_vain_is_counted_and_the_most_asked_comes_first(network):
    ask(CEMETERY["es"])
    ask(CEMETERY["fr"], "fr", is_answered=True, times=9)
    ask(DOGS["es"], times=2)
    ask(DOGS["pt"], "pt", days_ago=3)
    group_waiting()

    found = groups_in_vain(network.secretary)

    assert shown(found) == [(DOGS["es"], 3, 2), (CEMETERY["es"], 1, 1)]
    assert [group.last_asked for group in found] == [timezone.localdate()] * 2


def test_month_topic_and_city_choose_among_what_was_asked(network):
    load_topics()
    lights = "alumbrado público led, cuánto se ahorra"
    ask(lights)
    ask(f"{lights} en Riberas", days_ago=400)
    ask(DOGS["es"])
    group_waiting()
    lighting = Topic.objects.get(code="climate/energy-efficiency")

    def found(**chosen):
        return shown(groups_in_vain(network.secretary, **chosen))

    assert found(month=timezone.localdate() - dt.timedelta(days=400)) == [(lights, 1, 1)]
    assert found(city=network.cities["Riberas"]) == [(lights, 1, 1)]
    assert found(city=network.cities["Hillside"]) == []
    assert found(topic=lighting) == found(topic=lighting.parent) == [(lights, 2, 1)]
    assert found() == [(lights, 2, 1), (DOGS["es"], 1, 1)]


def test_who_does_not_run_the_network_learns_nothing(network, client):
    ask(DOGS["es"])
    group_waiting()
    address = f"/es/workspace/asked/{AskedGroup.objects.get().pk}/"

    assert shown(groups_in_vain(network.member)) == shown(groups_in_vain(AnonymousUser())) == []
    assert list(AskedQuestion.objects.visible_to(network.member)) == []
    assert client.get("/es/workspace/asked/")["Location"] == "/es/sign-in/?next=/es/workspace/asked/"
    assert client.post(address, {"deed": "dismiss"}).status_code == 302
    client.force_login(network.member)
    assert client.get("/es/workspace/asked/").status_code == 404
    assert client.post(address, {"deed": "dismiss"}).status_code == 404
    assert DOGS["es"] in groups_in_vain(network.secretary).get().question
    with pytest.raises(PermissionError):
        dismiss(group=AskedGroup.objects.get(), by=network.member)


def test_what_is_decided_is_in_the_history_once(network):
    ask(DOGS["es"])
    group_waiting()
    group = AskedGroup.objects.get()

    note(group=group, by=network.secretary, why="For the meeting in May")
    note(group=group, by=network.secretary)
    dismiss(group=group, by=network.secretary)
    reopen(group=group, by=network.secretary)

    assert list(history.of(group).values_list("verb", "by", "why")) == [
        ("noted", network.secretary.pk, "For the meeting in May"),
        ("dismissed", network.secretary.pk, ""),
        ("reopened", network.secretary.pk, ""),
    ]


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def test_the_secretary_takes_note_and_comes_back_to_what_she_looked_at(secretary):
    ask(DOGS["es"])
    group_waiting()
    group = AskedGroup.objects.get()

    response = secretary.post(f"/es/workspace/asked/{group.pk}/?state=open&page=1", {"deed": "note"})

    assert response["Location"] == "/es/workspace/asked/?state=open&page=1"
    group.refresh_from_db()
    assert group.state == AskedState.NOTED


def test_the_page_shows_the_words_of_each_language_with_their_language(secretary):
    ask_in_all(DOGS)
    group_waiting()

    page = secretary.get("/es/workspace/asked/").text

    assert f'lang="es">{DOGS["es"]}</h3>' in page
    assert [f'<li lang="{code}">{DOGS[code]}</li>' in page for code in ("pt", "en", "fr")] == [True] * 3
    assert "/es/ask/?q=qu%C3%A9%20hacer%20con%20los%20perros%20callejeros" in page


def test_what_nobody_can_choose_is_said_and_the_rest_is_shown(secretary):
    ask(DOGS["es"])
    group_waiting()

    page = secretary.get("/es/workspace/asked/?month=2020-01&topic=none&state=odd&page=zero").text

    assert page.count('class="errorlist"') == 3
    assert DOGS["es"] in page


def test_the_workspace_leads_to_what_was_asked(secretary):
    assert 'href="/es/workspace/asked/"' in secretary.get("/es/workspace/").text
    assert secretary.get("/es/workspace/asked/").status_code == 200


def test_the_list_costs_the_same_for_one_question_and_for_three(secretary, django_assert_num_queries):
    load_topics()
    ask_in_all(DOGS)
    group_waiting()
    secretary.get("/es/workspace/asked/")
    with django_assert_num_queries(9):
        secretary.get("/es/workspace/asked/")
    ask_in_all(CEMETERY)
    ask("alumbrado público led en Riberas")
    group_waiting()

    with django_assert_num_queries(9):
        page = secretary.get("/es/workspace/asked/")

    assert page.text.count("<h3") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_for_how_long(network, client, settings, language):
    settings.QUESTIONS_KEPT_DAYS = 123

    assert "123" in client.get(f"/{language}/questions-kept/").text
