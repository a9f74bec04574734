"""What a browser asks every ten seconds: light where nothing is new, whole where something is, and cheap."""

import gzip

import pytest
from django.test import Client

from plaza.live import kept_boards
from plaza.live.access import HEADER, Ticket
from plaza.live.domain import asking, moderating, polls, rooms
from tests.live.conftest import STATE, looks

pytestmark = pytest.mark.django_db
FEW_HUNDRED = 400


def test_nothing_new_is_a_few_hundred_bytes_and_one_query(asks, people, django_assert_num_queries):
    asks(people[0], "¿Quién avisa?")
    seen = looks(people[1])

    with django_assert_num_queries(1):
        again = looks(people[1], seen["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    head = "HTTP/1.1 304 Not Modified\r\n" + "".join(f"{name}: {value}\r\n" for name, value in again.headers.items())
    assert len(head) < FEW_HUNDRED
    assert not again.cookies


def test_each_deed_is_seen_at_the_next_look(asks, people, room, network):
    looked, etags = people[1], []

    def news():
        answer = looks(looked, etags[-1] if etags else "")
        if answer.status_code == 200:
            etags.append(answer["ETag"])
        return answer.status_code

    assert (news(), news()) == (200, 304)
    question = asks(people[0], "¿Quién avisa?")
    other = asks(people[0], "¿Cuánto costó?")
    deeds = [
        lambda: asking.second(question=question, by=people[2]),
        lambda: asking.take_back(question=question, by=people[2]),
        lambda: moderating.answer(question=question, by=None, words="La radio.", language="es"),
        lambda: moderating.undo(question=question, by=None),
        lambda: moderating.merge(question=other, into=question, by=None),
        lambda: moderating.undo(question=other, by=None),
        lambda: moderating.dismiss(question=other, reason="Ya dicho", by=None),
        lambda: rooms.set_rules(meeting=room.meeting, takes_questions=False, waits_for_moderator=True, by=None),
        lambda: rooms.close_room(meeting=room.meeting, by=None),
    ]
    assert (news(), news()) == (200, 304)
    for deed in deeds:
        deed()
        assert (news(), news()) == (200, 304)
    # What changes nothing is no news.
    rooms.close_room(meeting=room.meeting, by=None)
    assert news() == 304


def test_the_board_is_made_once_for_everybody_of_a_language(asks, people, django_assert_num_queries):
    asks(people[0], "¿Quién avisa?")
    first = looks(people[0])

    with django_assert_num_queries(1):
        other = looks(people[1])
    assert other.content == first.content
    assert "data-own" not in first.text  # nothing of hers is in it
    assert 'aria-pressed="true"' not in first.text
    packed = looks(people[1], **{"Accept-Encoding": "gzip"})
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", first.content)
    assert "Me too" in looks(people[1], spoken="en").text
    assert "Me too" not in first.text


def test_a_board_made_a_moment_ago_is_handed_out_though_something_came_and_the_next_one_soon(asks, people, monkeypatch):
    monkeypatch.setattr(kept_boards, "AFRESH", 60.0)
    asks(people[0], "¿Quién avisa?")
    seen = looks(people[1])
    asks(people[0], "¿Cuánto costó?")

    # It has what is handed out just now; the number that it holds is that board's own, so it asks for the next.
    assert looks(people[1], seen["ETag"]).status_code == 304
    monkeypatch.setattr(kept_boards, "AFRESH", 0.0)
    assert "¿Cuánto costó?" in looks(people[1], seen["ETag"]).text


@pytest.mark.parametrize("many", [3, 30])
def test_as_many_queries_for_thirty_questions_as_for_three(asks, people, comes, room, many, django_assert_num_queries):
    for number in range(many):
        asking.second(question=asks(people[number % 3], f"¿{number}?", is_named=True), by=people[(number + 1) % 3])
    poll = polls.save_poll(
        room=room, poll=None, takes_several=False, shows_while_open=True, by=None, language="es", question="¿Sí?",
        choices="Sí\nNo",
    )  # fmt: skip
    polls.open_poll(poll=poll, by=None)
    polls.vote(poll=poll, by=people[0], chosen=[0])

    with django_assert_num_queries(8):
        assert looks(people[0]).status_code == 200


def test_a_moderator_who_only_looks_sees_it_until_she_is_none(room, network):
    network.secretary.refresh_from_db()
    page = {HEADER: Ticket(room.meeting_id, account=network.secretary.pk).signed()}
    assert Client().get(STATE, headers=page).status_code == 200
    network.secretary.network_role = "member"
    network.secretary.save()

    assert Client().get(STATE, headers=page).status_code == 403
