"""Asking and seconding, with nothing but the link of the letter."""

import pytest

from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.live.domain import asking, moderating, rooms
from plaza.live.models import Question, Seconding
from plaza.registration.domain import deciding
from plaza.registration.domain.registering import Given
from tests.live.conftest import ROOM, at_once, looks, questions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_without_an_account_asks_in_her_language_and_another_seconds_it(comes, people, language):
    ines, marta = comes(people[0]), comes(people[1])
    page = ROOM.replace("/es/", f"/{language}/")

    answer = ines.post(page, {"deed": "ask", "words": "Quem avisa?", "language": "pt"}, follow=True)
    row = Question.objects.get()
    assert (answer.status_code, row.words, row.language, row.asker, row.is_named) == (
        200, "Quem avisa?", "pt", people[0], False
    )  # fmt: skip
    assert "data-own" in answer.text
    assert "Inês" not in marta.get(page).text  # she did not want to be named
    seen = marta.post(page, {"second": row.pk}, follow=True).text

    assert f'name="take-back" value="{row.pk}" aria-pressed="true"' in seen
    assert '<p lang="pt" dir="auto"' in seen
    assert questions() == [("Quem avisa?", "asked", 1)]
    assert [(each.verb, each.by) for each in history.of(row)] == [("question asked in the room", None)]

    marta.post(page, {"take-back": row.pk})
    assert questions() == [("Quem avisa?", "asked", 0)]


def test_she_may_be_named_with_her_city(comes, people):
    comes(people[0]).post(ROOM, {"deed": "ask", "words": "¿Cuánto costó?", "language": "es", "is_named": "on"})

    assert "<bdi>Inês Souza</bdi>, <bdi>Porto Mar, Ecuador</bdi>" in comes(people[1]).get(ROOM).text


@pytest.mark.django_db(transaction=True)
def test_the_same_question_posted_ten_times_at_once_is_one(asks, people):
    assert at_once(10, lambda: asks(people[0], "¿Quién avisa?")) == []

    assert questions() == [("¿Quién avisa?", "asked", 0)]


@pytest.mark.django_db(transaction=True)
def test_ten_seconds_of_the_same_person_at_once_count_once(asks, people):
    question = asks(people[0], "¿Quién avisa?")

    assert at_once(10, lambda: asking.second(question=question, by=people[1])) == []

    assert questions() == [("¿Quién avisa?", "asked", 1)]


def test_who_asks_what_another_has_asked_seconds_it_and_nobody_seconds_her_own(asks, people):
    first = asks(people[0], "¿Quién avisa?")
    again = asks(people[1], "  quien   AVISA? ")
    asking.second(question=first, by=people[0])

    assert again == first
    assert questions() == [("¿Quién avisa?", "asked", 1)]


@pytest.mark.parametrize(
    ("words", "status", "kept"),
    [
        ("¿Quién\r\nSet-Cookie: a=b\r\navisa?", 302, ["¿Quién\nSet-Cookie: a=b\navisa?"]),
        ("¿Quién\0 avisa?", 302, ["¿Quién  avisa?"]),
        ("\u202e¿Quién\u2066 avisa?\u200f", 302, ["¿Quién avisa?"]),
        ("a" * 100_000, 422, []),
        (" \u202e\n ", 422, []),
        ("=cmd|' /C calc'!A0", 302, ["=cmd|' /C calc'!A0"]),
        ("<script>alert(1)</script>", 302, ["<script>alert(1)</script>"]),
    ],
    ids=["header injection", "NUL", "bidi marks", "100 KB", "nothing but marks", "formula", "markup"],
)
def test_a_bad_text_is_kept_as_plain_words_or_refused_and_nothing_is_lost(comes, people, words, status, kept):
    answer = comes(people[0]).post(ROOM, {"deed": "ask", "words": words, "language": "es"})

    assert (answer.status_code, list(Question.objects.values_list("words", flat=True))) == (status, kept)
    assert "a=b" not in str(answer.headers) + str(answer.cookies)
    if status == 422:
        assert words.strip(" \n\u202e") in answer.text
        assert answer.context["form"].errors
    else:
        assert "<script>alert" not in comes(people[1]).get(ROOM).text


@pytest.mark.parametrize("bad", [{"language": "de"}, {"second": "x"}, {"second": "9" * 30}, {"vote": "1"}, {}])
def test_a_form_made_by_hand_does_nothing(comes, people, bad):
    answer = comes(people[0]).post(ROOM, {"deed": "ask" if "language" in bad else "", "words": "¿?", **bad})

    assert answer.status_code in (404, 422)
    assert (questions(), Seconding.objects.count()) == ([], 0)


def test_in_a_closed_room_nobody_asks_or_seconds_and_all_is_still_read(comes, asks, people, room, network):
    question = asks(people[0], "¿Quién avisa?")
    marta = comes(people[1])
    rooms.close_room(meeting=room.meeting, by=network.secretary)

    asked = marta.post(ROOM, {"deed": "ask", "words": "¿Y ahora?", "language": "es"})
    marta.post(ROOM, {"second": question.pk})

    assert (asked.status_code, "¿Y ahora?" in asked.text or asked.context["form"]["words"].value()) == (
        409,
        "¿Y ahora?",
    )
    assert questions() == [("¿Quién avisa?", "asked", 0)]
    assert "¿Quién avisa?" in marta.get(ROOM).text


def test_a_question_answered_meanwhile_is_seconded_no_more_and_one_that_was_joined_is_seconded_there(asks, people):
    first, other = asks(people[0], "¿Quién avisa?"), asks(people[0], "¿Quién nos avisa?")
    moderating.merge(question=other, into=first, by=None)
    assert asking.second(question=other, by=people[1]) == first
    moderating.answer(question=first, by=None)

    with pytest.raises(asking.TooLate):
        asking.second(question=first, by=people[2])
    assert questions() == [("¿Quién avisa?", "answered", 1), ("¿Quién nos avisa?", "merged", 0)]


def test_after_five_questions_in_a_minute_the_sixth_waits_and_is_not_lost(comes, people):
    ines = comes(people[0])
    for number in range(5):
        ines.post(ROOM, {"deed": "ask", "words": f"¿{number}?", "language": "es"})

    answer = ines.post(ROOM, {"deed": "ask", "words": "¿La sexta?", "language": "es"})

    assert (answer.status_code, answer.context["form"]["words"].value()) == (429, "¿La sexta?")
    assert len(questions()) == 5


def test_who_asks_again_what_was_decided_is_told_what_became_of_it(comes, asks, people):
    ines, into = comes(people[0]), asks(people[1], "¿Cuánto costó?")
    deeds = [
        lambda question: moderating.answer(question=question, by=None),
        lambda question: moderating.merge(question=question, into=into, by=None),
        lambda question: moderating.dismiss(question=question, reason="Publicidad", by=None),
    ]
    told = []
    for number, deed in enumerate(deeds):
        again = {"deed": "ask", "words": f"¿{number}?", "language": "es"}
        page = ROOM.replace("/es/", "/en/")
        deed(asks(people[0], again["words"]))
        told += [str(each) for each in ines.post(page, again, follow=True).context["messages"]]

    assert told == [
        "You have asked this already, and it was answered.",
        "You have asked this already: it was joined to another question.",
        "You have asked this already, and a moderator decided not to take it up.",
    ]
    assert len(questions()) == 4


def test_who_asked_by_name_and_corrects_it_is_shown_so(asks, people, django_capture_on_commit_callbacks):
    asks(people[0], "¿Quién avisa?", is_named=True)
    seen = looks(people[1])
    given = Given(name="Inês de Souza", email=people[0].email, language="pt", city_words="Vila Nova")

    with django_capture_on_commit_callbacks(execute=True):
        deciding.change(registration=people[0], given=given)

    assert "<bdi>Inês de Souza</bdi>, <bdi>Vila Nova</bdi>" in looks(people[1], seen["ETag"]).text
