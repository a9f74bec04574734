"""What is kept of a question, for how long, and what never is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from plaza.search.access import may_keep
from plaza.search.domain.asked import forget_old, keep, without_personal_data
from plaza.search.domain.grouping import group_waiting
from plaza.search.models import AskedGroup, AskedQuestion
from tests.search.questions import CEMETERY, DOGS, ask, kept


def test_nothing_is_kept_of_the_asker_but_the_words(db):
    keep(question="¿Cómo avisan en Riberas?", language="es", is_answered=False)

    row = AskedQuestion.objects.values().get()
    assert {name: value for name, value in row.items() if name != "id"} == {
        "group_id": None,
        "question": "¿Cómo avisan en Riberas?",
        "folded": "como avisan en riberas",
        "language": "es",
        "asked_on": timezone.localdate(),
        "times": 1,
        "is_answered": False,
        "vector": None,
        "encoder": "",
    }


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("escríbanme a ana.perez+red@example.org por favor", "escríbanme a … por favor"),
        ("mi número es +593 (9) 9876-5432, llamen", "mi número es …, llamen"),
        ("meu cpf é 123.456.789-09", "meu cpf é …"),
        ("call 5551234 now", "call … now"),
        ("who is @ana_perez", "who is …"),
        ("costó 58 mil en 2025, 12 % más", "costó 58 mil en 2025, 12 % más"),
        ("x" * 600, "x" * 512),
    ],
    ids=["e-mail", "telephone", "identity card", "digits", "account", "no person", "long"],
)
def test_what_names_a_person_is_taken_out_before_it_is_kept(asked, kept):
    assert without_personal_data(asked) == kept


def test_a_question_that_was_only_an_address_is_not_kept(db):
    keep(question="ana@example.org", language="es", is_answered=False)
    keep(question="👍 ¿?", language="es", is_answered=False)

    assert kept() == []


def test_the_same_words_count_up_and_the_last_answer_counts(db):
    keep(question="perros", language="es", is_answered=False)
    keep(question="perros", language="es", is_answered=True)
    keep(question="perros", language="pt", is_answered=False)

    assert kept() == [("perros", "es", 2, True), ("perros", "pt", 1, False)]


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_is_answered_even_where_nothing_can_be_kept(caplog):
    keep(question="¿secreto?", language="the moon's", is_answered=False)

    assert kept() == []
    assert "a question was not kept" in caplog.text
    assert "secreto" not in caplog.text


def test_where_the_host_keeps_no_questions_none_is_kept(db, settings):
    settings.QUESTIONS_KEPT_DAYS = 0

    keep(question="perros", language="es", is_answered=False)

    assert kept() == []


def test_a_question_is_forgotten_when_its_days_are_over_and_its_group_with_it(db, settings):
    settings.QUESTIONS_KEPT_DAYS = 30
    ask(DOGS["es"], days_ago=31)
    ask(CEMETERY["es"], days_ago=30)
    group_waiting()

    assert forget_old() == 1
    assert [group.question for group in AskedGroup.objects.all()] == [CEMETERY["es"]]
    assert [row[0] for row in kept()] == [CEMETERY["es"]]


def test_no_words_outlive_their_time_in_the_name_of_a_group(db, settings):
    settings.QUESTIONS_KEPT_DAYS = 30
    ask(DOGS["es"], days_ago=31)
    ask(DOGS["pt"], "pt")
    group_waiting()

    forget_old()

    assert AskedGroup.objects.values_list("question", "language").get() == (DOGS["pt"], "pt")


def test_who_says_no_is_not_kept_until_she_says_yes(network, client):
    def may(client):
        request = RequestFactory().get(
            "/", headers={"cookie": "; ".join(f"{k}={m.value}" for k, m in client.cookies.items())}
        )
        request.user = AnonymousUser()
        return may_keep(request)

    assert may(client)
    response = client.post("/es/questions-kept/", {"keep": "no"})
    cookie = response.cookies["keep_no_questions"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"], cookie["path"]) == ("1", "Lax", 31536000, "/")
    assert not may(client)
    assert 'value="yes"' in client.get("/es/questions-kept/").text
    client.post("/es/questions-kept/", {"keep": "yes"})
    assert may(client)
    assert 'value="no"' in client.get("/es/questions-kept/").text


def test_behind_https_the_cookie_is_sent_nowhere_else(network, client, settings):
    settings.SESSION_COOKIE_SECURE = True

    assert client.post("/es/questions-kept/", {"keep": "no"}).cookies["keep_no_questions"]["secure"]


@pytest.mark.parametrize(
    ("headers", "may"), [({}, True), ({"Sec-GPC": "1"}, False), ({"DNT": "1"}, False), ({"DNT": "0"}, True)], ids=str
)
def test_a_browsers_own_no_is_heard(network, client, headers, may):
    request = RequestFactory().get("/", headers=headers)
    request.user = AnonymousUser()

    assert may_keep(request) is may
    assert ("<button name" in client.get("/en/questions-kept/", headers=headers).text) is may


def test_the_secretarys_own_looking_is_no_demand(network):
    request = RequestFactory().get("/")
    request.user = network.secretary

    assert not may_keep(request)
