"""Polls: one vote a person, counted while it is open; the result as a chart and a table."""

import pytest
from django.db import IntegrityError, transaction

from plaza.core.languages import LANGUAGES
from plaza.live.access import HEADER, Ticket
from plaza.live.domain import polls
from plaza.live.models import Poll, Vote
from tests.live.conftest import ROOM, STATE, at_once, looks

pytestmark = pytest.mark.django_db
NEW = f"{ROOM}polls/new/"
ASKED = {
    "question_es": "¿Qué falta más?", "choices_es": "Dinero\nGente\nTiempo",
    "question_pt": "O que mais falta?", "choices_pt": "Dinheiro\nGente\nTempo",
}  # fmt: skip


@pytest.fixture
def secretary(room, client, network):
    client.force_login(network.secretary)
    return client


@pytest.fixture
def poll(secretary):
    secretary.post(NEW, {**ASKED, "deed": "open"})
    return Poll.objects.get()


def test_people_vote_each_once_and_the_result_is_shown_when_it_is_closed(secretary, poll, comes, people):
    ines, marta = comes(people[0]), comes(people[1])
    pt = ROOM.replace("/es/", "/pt/")
    assert "O que mais falta?" in ines.get(pt).text
    ines.post(pt, {"vote": poll.pk, f"choice-{poll.pk}": "0"})
    ines.post(pt, {"vote": poll.pk, f"choice-{poll.pk}": "2"})  # she changed her mind
    marta.post(ROOM, {"vote": poll.pk, f"choice-{poll.pk}": "2"})

    open_board = looks(people[2]).text
    assert ("<svg" in open_board, f'id="choice-{poll.pk}-0"' in open_board) == (False, True)
    assert f'id="choice-{poll.pk}-2" checked' in ines.get(pt).text
    secretary.post(f"{ROOM}moderate/", {"deed": "close-poll", "poll": poll.pk})

    result = looks(people[2]).text
    assert "<title>Tiempo: 2</title>" in result
    assert '<th scope="row">Tiempo</th><td>2</td><td>100</td>' in result
    assert '<th scope="row">Dinero</th><td>0</td><td>0</td>' in result
    assert "<title>Tempo: 2</title>" in looks(people[2], spoken="pt").text
    assert list(Vote.objects.order_by("registration").values_list("registration", "chosen")) == [
        (people[0].pk, [2]), (people[1].pk, [2])
    ]  # fmt: skip


def test_a_vote_after_closing_is_not_counted_and_she_is_told_in_her_language(secretary, poll, comes, people):
    polls.close_poll(poll=poll, by=None)
    ines, told = comes(people[0]), set()

    for language in LANGUAGES:
        page, vote = ROOM.replace("/es/", f"/{language}/"), {"vote": poll.pk, f"choice-{poll.pk}": "0"}
        answer = ines.post(page, vote, headers={"Accept": "text/plain"})
        assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")
        told.add(answer.text)

    assert (len(told), Vote.objects.count()) == (4, 0)


def test_a_vote_for_nothing_for_what_is_not_there_or_for_too_many_is_none(poll, comes, people):
    ines = comes(people[0])

    for chosen in ([], ["9"], ["-1"], ["x"], ["²"], ["0", "1"]):
        vote = {"vote": poll.pk, f"choice-{poll.pk}": chosen}
        assert ines.post(ROOM, vote, headers={"Accept": "text/plain"}).status_code == 422

    assert not Vote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_votes_of_the_same_person_at_once_are_one(poll, people):
    assert at_once(10, lambda: polls.vote(poll=poll, by=people[0], chosen=[1])) == []

    assert Vote.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(poll=poll, registration=people[0], chosen=[1])


@pytest.mark.parametrize(
    ("changed", "beside"),
    [
        ({"choices_es": ""}, ["choices_es", "choices_pt"]),
        ({"choices_es": "Dinero\n \n"}, ["choices_es", "choices_pt"]),
        ({"choices_es": "Dinero\nDinero\nGente"}, ["choices_es"]),
        ({"choices_es": "\n".join(map(str, range(21))), "choices_pt": ""}, ["choices_es"]),
        ({"choices_pt": "Dinheiro"}, ["choices_pt"]),
        ({"question_es": ""}, ["question_es"]),
        ({"question_es": "a" * 100_000}, ["question_es"]),
    ],
    ids=["no choices", "one choice", "one twice", "21 choices", "fewer in Portuguese", "no question", "100 KB"],
)
def test_a_poll_that_cannot_be_answered_is_not_made_and_nothing_typed_is_lost(secretary, changed, beside):
    answer = secretary.post(NEW, {**ASKED, **changed, "deed": "open"})

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, beside)
    assert "O que mais falta?" in answer.text
    assert not Poll.objects.exists()


def test_several_may_be_chosen_and_shown_at_once_where_the_poll_says_so(secretary, comes, people):
    secretary.post(NEW, {**ASKED, "takes_several": "on", "shows_while_open": "on", "deed": "open"})
    poll = Poll.objects.get()

    seen = comes(people[0]).post(ROOM, {"vote": poll.pk, f"choice-{poll.pk}": ["0", "1"]}, follow=True).text

    assert 'type="checkbox"' in seen
    assert ("<title>Dinero: 1</title>" in seen, "<title>Tiempo: 0</title>" in seen) == (True, True)


def test_a_draft_is_changed_or_removed_and_one_that_people_saw_is_not(secretary, people):
    secretary.post(NEW, {**ASKED, "deed": "save"})
    poll = Poll.objects.get()
    page = f"{ROOM}polls/{poll.pk}/"
    assert "¿Qué falta más?" not in looks(people[0]).text
    secretary.post(page, {**ASKED, "question_es": "¿Qué falta?", "deed": "open"})
    secretary.post(page, {**ASKED, "question_es": "¿Otra cosa?", "deed": "save"})
    secretary.post(page, {"deed": "remove"})

    assert Poll.objects.get().question == "¿Qué falta?"
    with pytest.raises(polls.NotADraft):
        polls.remove_poll(poll=poll, by=None)


def test_a_vote_in_a_poll_whose_result_is_hidden_is_news_to_who_moderates(secretary, poll, people, room, network):
    page = {HEADER: Ticket(room.meeting_id, account=network.secretary.pk).signed()}
    seen = secretary.get(STATE, headers=page)["ETag"]

    polls.vote(poll=poll, by=people[0], chosen=[2])

    assert secretary.get(STATE, headers={**page, "If-None-Match": seen}).status_code == 200
    assert "<title>Tiempo: 1</title>" in secretary.get(f"{ROOM}moderate/").text
