"""A moderator answers, joins, dismisses, takes it back; and what nobody answered waits for the next meeting."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plaza.core import history
from plaza.live.domain import asking, moderating, rooms
from plaza.live.models import Question, Seconding
from plaza.meetings.models import Appearance, Session
from tests.live.conftest import ROOM, at_once, looks, questions

pytestmark = pytest.mark.django_db
DESK = f"{ROOM}moderate/"


@pytest.fixture
def moderator(network, room, client):
    """Luis Prado moderates the session, and has an account."""
    luis = network.people["Luis Prado"]
    luis.user = network.member
    luis.save()
    Appearance.objects.filter(person=luis).update(role="moderator")
    client.force_login(network.member)
    return client


def test_a_moderator_who_is_not_of_the_staff_runs_the_room_and_no_other(moderator, asks, people, network, room):
    question = asks(people[0], "¿Quién avisa?")

    assert "¿Quién avisa?" in moderator.get(DESK).text
    assert "/live/moderate/" in moderator.get("/es/meetings/river/").text
    moderator.post(DESK, {"deed": "answered", "question": question.number})
    assert questions() == [("¿Quién avisa?", "answered", 0)]
    assert [(row.verb, row.by) for row in history.of(question)][1:] == [("question answered", network.member)]
    assert moderator.get(DESK.replace("river", "buses")).status_code == 404
    assert moderator.get("/es/workspace/meetings/river/live/").status_code == 404

    Appearance.objects.update(role="speaker")
    assert moderator.get(DESK).status_code == 404
    assert moderator.post(DESK, {"deed": "close"}).status_code == 404
    room.refresh_from_db()
    assert room.is_open


def test_an_answer_in_writing_is_read_by_everybody_and_can_be_taken_back(moderator, asks, people):
    question = asks(people[0], "Quem avisa?", "pt")
    page = f"{DESK}{question.number}/"

    moderator.post(page, {"deed": "answer", "words": "La radio\u202e comunitaria.", "language": "es"})
    assert '<blockquote lang="es" dir="auto">La radio comunitaria.</blockquote>' in looks(people[1]).text
    moderator.post(DESK, {"deed": "undo", "question": question.number})

    assert "La radio" not in looks(people[1]).text
    assert [row.verb for row in history.of(question)] == [
        "question asked in the room", "question answered", "question asked again"
    ]  # fmt: skip


def test_two_questions_joined_are_seconded_by_each_once_and_apart_again_as_before(moderator, asks, people):
    into, other = asks(people[0], "¿Quién avisa?"), asks(people[1], "¿Quién nos avisa?")
    asking.second(question=into, by=people[2])
    asking.second(question=other, by=people[2])
    asking.second(question=other, by=people[0])  # she asked the first herself

    moderator.post(f"{DESK}{other.number}/", {"deed": "merge", "into": into.pk})
    # Jean who seconded both, and Marta who asked the other.
    assert questions() == [("¿Quién avisa?", "asked", 2), ("¿Quién nos avisa?", "merged", 2)]
    assert "¿Quién nos avisa?" not in looks(people[0]).text
    moderator.post(DESK, {"deed": "undo", "question": other.number})

    assert questions() == [("¿Quién avisa?", "asked", 1), ("¿Quién nos avisa?", "asked", 2)]


@pytest.mark.parametrize("wrong", ["itself", "answered", "another room"])
def test_a_question_goes_into_one_that_is_asked_in_its_own_room_and_nowhere_else(asks, people, other_room, wrong):
    question, other = asks(people[0], "¿Quién avisa?"), asks(people[0], "¿Cuánto costó?")
    into = {"itself": question, "answered": other, "another room": other}[wrong]
    if wrong == "answered":
        moderating.answer(question=other, by=None)
    if wrong == "another room":
        Question.objects.filter(pk=other.pk).update(room=other_room)
        into.refresh_from_db()

    with pytest.raises(moderating.NotThatWay):
        moderating.merge(question=question, into=into, by=None)


def test_why_a_question_was_dismissed_is_kept_and_the_room_does_not_see_it(moderator, asks, people):
    question = asks(people[0], "¿Compran mi producto?")
    page = f"{DESK}{question.number}/"
    assert moderator.post(page, {"deed": "dismiss", "reason": ""}).status_code == 422

    moderator.post(page, {"deed": "dismiss", "reason": "Publicidad"})

    question.refresh_from_db()
    assert (question.state, question.reason, history.of(question).last().why) == (
        "dismissed",
        "Publicidad",
        "Publicidad",
    )
    assert "Publicidad" in moderator.get(DESK).text
    assert not {"Publicidad", "¿Compran mi producto?"} & set(looks(people[1]).text.split("\n"))
    assert "mi producto" not in looks(people[1]).text


def test_where_a_moderator_reads_first_the_others_see_what_she_let_pass(moderator, comes, people, room):
    moderator.post(DESK, {"deed": "rules", "takes_questions": "on", "waits_for_moderator": "on"})
    ines = comes(people[0])
    ines.post(ROOM, {"deed": "ask", "words": "¿Quién avisa?", "language": "es"})

    question = Question.objects.get()
    assert ("¿Quién avisa?" in ines.get(ROOM).text, "¿Quién avisa?" in looks(people[1]).text) == (True, False)
    with pytest.raises(asking.TooLate):
        asking.second(question=question, by=people[1])
    moderator.post(DESK, {"deed": "pass", "question": question.number})

    assert "¿Quién avisa?" in looks(people[1]).text


def test_a_meeting_that_is_not_announced_opens_no_room(network, client):
    client.force_login(network.secretary)
    page = "/es/meetings/markets/live/moderate/"
    assert client.get(page).status_code == 200

    client.post(page, {"deed": "open"})

    assert client.get("/es/meetings/markets/live/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_answer_at_once_do_it_once(asks, people):
    question = asks(people[0], "¿Quién avisa?")

    assert at_once(2, lambda: moderating.answer(question=question, by=None)) == []

    assert [row.verb for row in history.of(question)] == ["question asked in the room", "question answered"]


def test_after_the_meeting_the_secretariat_has_what_was_asked_and_what_nobody_answered(
    asks, people, client, network, room
):
    answered, open_one = asks(people[0], "¿Quién avisa?", is_named=True), asks(people[1], "=1+1 ¿cuánto costó?")
    asking.second(question=open_one, by=people[2])
    moderating.answer(question=answered, by=None, words="La radio.", language="es")
    rooms.close_room(meeting=room.meeting, by=None)
    client.force_login(network.secretary)

    page = client.get("/es/workspace/live/").text
    assert ("cuánto costó" in page, "¿Quién avisa?" in page) == (True, False)
    listed = client.get("/es/workspace/meetings/river/live/").text
    assert ("cuánto costó" in listed, "Marta" in listed, "Inês Souza" in listed) == (True, False, True)
    assert "¿Quién avisa?" not in client.get("/es/workspace/meetings/river/live/?state=asked").text
    sheet = client.get("/en/workspace/meetings/river/live/sheet.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert [(row[1], row[2], row[5], row[6], row[10]) for row in rows[1:]] == [
        ("2", "'=1+1 ¿cuánto costó?", "1", "", ""),  # no live formula; who did not want to be named is not
        ("1", "¿Quién avisa?", "0", "Inês Souza", "La radio."),
    ]
    assert client.get("/es/workspace/meetings/river/live/sheet.xlsx").content[:2] == b"PK"
    assert client.get("/es/workspace/meetings/river/live/sheet.pdf").status_code == 404


def test_the_pages_of_a_room_cost_the_same_for_three_questions_and_for_thirty(
    asks, people, client, comes, network, django_assert_max_num_queries
):
    client.force_login(network.secretary)
    ines = comes(people[0])
    addresses = (DESK, "/es/workspace/meetings/river/live/", "/es/workspace/live/", f"{DESK}1/")
    costs = []
    for many in (3, 30):
        for number in range(len(questions()), many):
            question = asks(people[number % 3], f"¿{number}?", is_named=True)
            asking.second(question=question, by=people[(number + 1) % 3])
        costs.append([])
        for browser, address in ((ines, ROOM), *((client, each) for each in addresses)):
            browser.get(address)  # what Django asks once
            with django_assert_max_num_queries(12) as asked:
                assert browser.get(address).status_code == 200
            costs[-1].append(len(asked))

    assert costs[0] == costs[1]
    assert client.get(f"/es/workspace/history/live.question/{Question.objects.first().pk}/").status_code == 200


def test_who_erases_herself_leaves_her_questions_without_her(asks, people, network, room):
    from plaza.core.personal import Whom
    from plaza.live.domain import personal

    question = asks(people[0], "¿Quién avisa?", is_named=True)
    asking.second(question=asks(people[1], "¿Cuánto costó?"), by=people[0])
    whom = Whom(user=network.member, email=people[0].email, name=people[0].name)
    seen = looks(people[1])
    assert "Inês Souza" in seen.text
    assert [row["what"] for row in personal.tell(whom)] == ["question to a meeting", "seconding"]

    personal.erase(whom)

    assert personal.tell(whom) == []
    now = looks(people[1], seen["ETag"])
    assert ("Inês Souza" in now.text, "¿Quién avisa?" in now.text) == (False, True)
    question.refresh_from_db()
    assert (question.asker, Seconding.objects.get().registration) == (None, None)
    assert questions()[1] == ("¿Cuánto costó?", "asked", 1)


def test_undo_shows_nothing_that_nobody_let_pass(moderator, asks, people, room, network):
    rooms.set_rules(meeting=room.meeting, takes_questions=True, waits_for_moderator=True, by=None)
    never, once = asks(people[0], "¿Compran mi producto?"), asks(people[0], "¿Quién avisa?")
    moderating.let_pass(question=once, by=None)
    for question in (never, once):
        moderating.dismiss(question=question, reason="Publicidad", by=None)

        moderator.post(DESK, {"deed": "undo", "question": question.number})

    assert questions() == [("¿Compran mi producto?", "waiting", 0), ("¿Quién avisa?", "asked", 0)]
    assert ("mi producto" in looks(people[1]).text, "¿Quién avisa?" in looks(people[1]).text) == (False, True)


def test_a_button_of_an_old_page_wipes_no_answer_and_its_language_is_corrected(moderator, asks, people):
    question = asks(people[0], "¿Quién avisa?")
    page, written = f"{DESK}{question.number}/", {"deed": "answer", "words": "A rádio.", "language": "es"}
    moderator.post(page, written)

    moderator.post(DESK, {"deed": "answered", "question": question.number})
    moderator.post(page, {**written, "language": "pt"})

    question.refresh_from_db()
    assert (question.state, question.answer, question.answer_language) == ("answered", "A rádio.", "pt")
    moderator.post(page, {**written, "words": ""})  # who empties it means it
    question.refresh_from_db()
    assert (question.state, question.answer, question.answer_language) == ("answered", "", "")


def test_the_second_of_two_who_write_an_answer_sees_the_first_and_loses_no_word(moderator, asks, people, network):
    question = asks(people[0], "¿Quién avisa?")
    page = f"{DESK}{question.number}/"
    moderating.answer(question=question, by=network.secretary, words="Los bomberos,\ny la radio.", language="es")

    def sends(**typed):
        return moderator.post(page, {"deed": "answer", "language": "pt", "words": "A rádio.", **typed})

    late = sends(seen="")
    assert (late.status_code, Question.objects.get().answer) == (409, "Los bomberos,\ny la radio.")
    assert "Los bomberos,<br>y la radio.</blockquote>" in late.text
    assert ("A rádio.</textarea>" in late.text, list(late.context["answer"].errors)) == (True, ["words"])
    assert sends(seen="", words="").status_code == 302  # she wrote none: it was aloud
    assert Question.objects.get().answer == "Los bomberos,\ny la radio."
    assert sends(seen=late.context["answer"]["seen"].value().replace("\n", "\r\n")).status_code == 302
    assert Question.objects.get().answer == "A rádio."

    moderating.undo(question=question, by=network.secretary)
    moderating.dismiss(question=question, reason="Ya se preguntó.", by=network.secretary)
    gone = sends(seen="A rádio.", words="A rádio e a sirene.")
    assert (gone.status_code, "A rádio e a sirene.</textarea>" in gone.text) == (409, True)
    assert Question.objects.get().state == "dismissed"


def test_what_went_on_into_a_third_question_comes_back_from_there_too(asks, people):
    one, two, three = (asks(people[0], words) for words in ("¿Quién avisa?", "¿Quién nos avisa?", "¿Avisan?"))
    fourth = asks(people[3], "¿Y quién avisa?")
    asking.second(question=one, by=people[1])
    asking.second(question=one, by=people[2])
    asking.second(question=fourth, by=people[2])
    for question, into in ((one, two), (fourth, two), (two, three)):
        moderating.merge(question=question, into=into, by=None)
    # Marta by the first, Jean by the first and the fourth, and Luz who asked the fourth.
    assert [n for _, _, n in questions()] == [2, 3, 3, 1]

    moderating.undo(question=one, by=None)

    assert [n for _, _, n in questions()] == [2, 2, 2, 1]
    moderating.undo(question=fourth, by=None)
    assert [n for _, _, n in questions()] == [2, 0, 0, 1]


def test_who_was_erased_stays_a_number_through_joining_and_undoing(asks, people):
    one, two, three = (asks(people[0], words) for words in ("¿Quién avisa?", "¿Quién nos avisa?", "¿Avisan?"))
    for person in people[1:]:
        asking.second(question=one, by=person)
    Seconding.objects.filter(registration__in=people[1:3]).update(registration=None)

    moderating.merge(question=one, into=two, by=None)
    moderating.merge(question=two, into=three, by=None)

    assert [n for _, _, n in questions()] == [3, 3, 3]
    moderating.undo(question=one, by=None)
    assert [n for _, _, n in questions()] == [3, 0, 0]


def test_a_seconding_is_taken_back_where_the_question_went_too(asks, people):
    one, two = asks(people[0], "¿Quién avisa?"), asks(people[0], "¿Quién nos avisa?")
    asking.second(question=one, by=people[1])
    moderating.merge(question=one, into=two, by=None)

    asking.take_back(question=one, by=people[1])

    assert [n for _, _, n in questions()] == [0, 0]


def test_who_moderated_a_session_that_is_cancelled_is_no_moderator(moderator, asks, people, network):
    asks(people[0], "¿Quién avisa?")
    Session.objects.update(is_cancelled=True)

    assert moderator.get(DESK).status_code == 404
    assert not Question.objects.visible_to(network.member).exists()


def test_what_is_asked_while_the_desk_is_made_is_news_to_it(moderator, asks, people):
    asks(people[0], "¿Quién avisa?")
    with CaptureQueriesContext(connection) as made:
        moderator.get(DESK)

    read = [query["sql"].partition(" FROM ")[2] for query in made]
    pulse = next(n for n, rows in enumerate(read) if rows.startswith('"live_pulse"'))
    assert pulse < next(n for n, rows in enumerate(read) if rows.startswith('"live_question"'))
