import csv
import datetime as dt
import itertools
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from plaza.core import history
from plaza.core.languages import LANGUAGES
from plaza.demo.recordings import DATA
from plaza.retrieval.encoders import EncoderAbsent
from plaza.retrieval.query import Encoders
from plaza.search.access import may_keep
from plaza.search.choices import AskedState
from plaza.search.domain import grouping
from plaza.search.domain.asked import dismiss, forget_old, groups_in_vain, keep, note, reopen, without_personal_data
from plaza.search.domain.grouping import group_waiting
from plaza.search.models import AskedGroup, AskedQuestion
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic

HERE = Path(__file__).resolve().parent


def table(file):
    with file.open(encoding="utf-8") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


# The same question in Spanish, Portuguese, English and French, line by line.
ALIKE = table(HERE / "asked_alike.tsv")
DOGS = dict(zip(LANGUAGES, ALIKE[3], strict=True))
CEMETERY = dict(zip(LANGUAGES, ALIKE[12], strict=True))


def ask(question, language="es", *, days_ago=0, is_answered=False, times=1):
    """A question as `keep` would have kept it some days ago."""
    for _ in range(times):
        keep(question=question, language=language, is_answered=is_answered)
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    AskedQuestion.objects.filter(question=question, asked_on=timezone.localdate()).update(asked_on=day)


def ask_in_all(questions, **more):
    for language, question in questions.items():
        ask(question, language, **more)


def kept():
    return list(AskedQuestion.objects.order_by("pk").values_list("question", "language", "times", "is_answered"))


def grouped():
    """The groups there are, each as the set of the questions in it."""
    rows = AskedQuestion.objects.values_list("group", "question")
    return {frozenset(words for key, words in rows if key == group) for group, _ in rows}


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


def test_questions_come_together_across_languages(db):
    ask_in_all(DOGS)
    ask_in_all(CEMETERY)

    group_waiting()

    assert grouped() == {frozenset(DOGS.values()), frozenset(CEMETERY.values())}
    assert [(group.question, group.language) for group in AskedGroup.objects.order_by("pk")] == [
        (DOGS["es"], "es"),
        (CEMETERY["es"], "es"),
    ]


def test_grouping_again_changes_nothing(db):
    ask_in_all(DOGS)
    ask("¿Qué hacer con los PERROS callejeros?")
    group_waiting()
    before = list(AskedQuestion.objects.order_by("pk").values())

    group_waiting()

    assert list(AskedQuestion.objects.order_by("pk").values()) == before
    assert AskedGroup.objects.count() == 1


def test_what_is_asked_later_joins_what_was_asked_before(db, network):
    ask(DOGS["es"])
    group_waiting()
    dismiss(group=AskedGroup.objects.get(), by=network.secretary)

    ask(DOGS["fr"], "fr")
    group_waiting()

    assert AskedGroup.objects.get().state == AskedState.DISMISSED


class AwayEncoder:
    name = "away"
    dimensions = 512

    def encode(self, texts, languages, role):
        raise EncoderAbsent("nobody answers")


@pytest.mark.parametrize("quick", [None, AwayEncoder()], ids=["not installed", "does not answer"])
def test_without_the_encoder_the_same_words_come_together_and_the_rest_once_it_answers(db, monkeypatch, quick):
    ask(DOGS["es"])
    ask("¿QUÉ HACER CON LOS PERROS CALLEJEROS?", days_ago=1)
    ask(DOGS["fr"], "fr")
    with monkeypatch.context() as away:
        away.setattr(grouping, "encoders", lambda: Encoders(careful=None, quick=quick, words=None))
        group_waiting()
    apart = AskedGroup.objects.count()

    group_waiting()

    assert (apart, AskedGroup.objects.count()) == (2, 1)
    assert not AskedQuestion.objects.filter(group=None).exists()


def test_of_what_asks_the_same_four_in_five_come_together_and_of_what_does_not_hardly_any(db):
    meaning = {}
    for number, said in enumerate(ALIKE):
        meaning |= dict.fromkeys(zip(said, LANGUAGES, strict=True), number)
    meaning |= {(question, language): question for _, language, question, _ in table(DATA / "questions.tsv")}
    # By their last letters: so no meaning comes in one piece, and every run sees the same order.
    for question, language in sorted(meaning, key=lambda each: each[0][::-1]):
        ask(question, language)

    group_waiting()

    rows = AskedQuestion.objects.values_list("question", "language", "group")
    found = [(meaning[question, language], group) for question, language, group in rows]
    pairs = Counter((one[0] == other[0], one[1] == other[1]) for one, other in itertools.combinations(found, 2))
    right = pairs[True, True] / (pairs[True, True] + pairs[True, False])
    false = pairs[False, True] / (pairs[False, True] + pairs[True, True])
    assert right >= 0.80, f"{right:.1%} of the pairs that ask the same"
    assert false <= 0.03, f"{false:.1%} of the pairs put together"


def test_a_question_gets_its_topic_or_none(db):
    load_topics()
    ask("alumbrado público led, cuánto se ahorra")
    ask(DOGS["pt"], "pt")

    group_waiting()

    assert list(AskedGroup.objects.order_by("pk").values_list("topic", flat=True)) == [
        "climate/energy-efficiency",
        None,
    ]


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("¿Cómo avisan en Riberas y en Porto Mar?", ["Porto Mar", "Riberas"]),
        ("¿Cómo avisan en las riberas?", []),
        ("¿Y en Riberasola, o en PortoMar?", []),
        ("what does Hillside do", ["Hillside"]),
    ],
)
def test_a_question_belongs_to_the_member_cities_it_names(network, question, cities):
    ask(question)

    group_waiting()

    assert sorted(city.called for city in AskedQuestion.objects.get().cities.all()) == cities


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
    with django_assert_num_queries(8):
        secretary.get("/es/workspace/asked/")
    ask_in_all(CEMETERY)
    ask("alumbrado público led en Riberas")
    group_waiting()

    with django_assert_num_queries(8):
        page = secretary.get("/es/workspace/asked/")

    assert page.text.count("<h3") == 3


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_for_how_long(network, client, settings, language):
    settings.QUESTIONS_KEPT_DAYS = 123

    assert "123" in client.get(f"/{language}/questions-kept/").text
