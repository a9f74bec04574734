"""Asking for the letters, confirming it, leaving: with consent, and without telling anybody who is known."""

import datetime as dt
import re
import threading

import pytest
from django.db import connection
from django.utils import timezone

from plaza.accounts.domain.accounts import ask_new_address, confirm_new_address
from plaza.core import history, rate
from plaza.core.languages import LANGUAGES
from plaza.core.personal import Whom
from plaza.directory.models import KnownAddress
from plaza.mail.domain import lists
from plaza.mail.models import Letter
from plaza.newsletters import views
from plaza.newsletters.domain import forgetting, personal, subscribing
from plaza.newsletters.models import LIST, Subscriber
from tests.newsletters.conftest import last_link, plain, subscribed

pytestmark = pytest.mark.django_db


def with_consent():
    return list(Subscriber.objects.with_consent().values_list("email", flat=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_gets_one_letter_and_only_her_click_confirms(ask, client, language):
    assert ask(language, language=language).status_code == 200

    letter, subscriber = Letter.objects.get(), Subscriber.objects.get()
    assert (letter.to, letter.language, letter.list_name) == ("ana@example.org", language, "")
    assert "Ana Ribera" not in letter.text + letter.subject + letter.to_name
    assert client.get(last_link()).status_code == 200
    assert with_consent() == []
    assert client.post(last_link()).status_code == 200
    assert with_consent() == ["ana@example.org"]
    assert (subscriber.consent_version, subscriber.consent_words != "") == ("1", True)
    assert list(history.of(subscriber).values_list("verb", "by")) == [("subscribed", None)]


def test_the_link_used_twice_confirms_once_and_says_the_same(ask, client):
    ask()
    first = client.post(last_link())
    confirmed_at = Subscriber.objects.get().confirmed_at

    second = client.post(last_link())

    assert (first.status_code, plain(first)) == (second.status_code, plain(second))
    assert Subscriber.objects.get().confirmed_at == confirmed_at
    assert history.of(Subscriber.objects.get()).count() == 1


def test_an_expired_link_confirms_nothing_and_is_told_like_one_that_never_was(ask, client):
    ask()
    Subscriber.objects.update(asked_at=timezone.now() - dt.timedelta(days=15))

    expired, never = client.post(last_link()), client.post("/es/newsletter/" + "0" * 64 + "/")

    assert (expired.status_code, plain(expired)) == (never.status_code, plain(never)) == (410, plain(never))
    assert with_consent() == []


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(ask):
    subscribed("known@example.org")

    def answer(address):
        got = ask(email=address)
        return got.status_code, re.sub(r'value="[^"]{20,}"', "", got.text.replace(address, "…"))

    assert answer("known@example.org") == answer("stranger@example.org")
    assert set(Letter.objects.values_list("to", "template")) == {
        ("known@example.org", "newsletters/already"),
        ("stranger@example.org", "newsletters/confirm"),
    }


def test_a_stranger_changes_nothing_of_who_is_subscribed(ask):
    before = subscribed("ana@example.org", "pt", name="Ana")

    ask(email="ANA@example.org", name="Buy at spam.example", language="fr")

    assert Subscriber.objects.filter(pk=before.pk).values().get() == Subscriber.objects.values().get()
    assert Subscriber.objects.get().name == "Ana"


def test_who_left_stays_away_until_her_own_click(ask, client):
    subscribed("ana@example.org")
    lists.leave(lists.place_of(LIST, "ana@example.org"))
    assert with_consent() == []

    ask()
    assert with_consent() == []
    client.post(last_link())

    assert with_consent() == ["ana@example.org"]


def test_the_link_of_long_ago_brings_nobody_back(ask, client):
    ask()
    old = last_link()
    client.post(old)
    lists.leave(lists.place_of(LIST, "ana@example.org"))

    client.post(old)

    assert with_consent() == []


def test_letters_to_one_address_are_few(ask, monkeypatch):
    monkeypatch.setattr(views, "REQUESTS", rate.Limit("many", burst=100, every=1))

    for _ in range(6):
        ask()

    assert Letter.objects.count() == 3


def test_who_knocks_too_often_loses_nothing(ask, monkeypatch):
    monkeypatch.setattr(views, "REQUESTS", rate.Limit("few", burst=1, every=3600))
    ask()

    answer = ask(email="other@example.org")

    assert (answer.status_code, 'value="other@example.org"' in answer.text) == (429, True)
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"agrees": ""},
        {"email": "no address"},
        {"email": "ana@example.org\nBcc: all@example.org"},
        {"name": "A" * 10_000},
        {"language": "de"},
        {"website": "http://spam.example"},
        {"topics": ["no/topic"]},
    ],
    ids=["no consent", "no address", "line break in the address", "10,000 letters", "language", "trap", "topic"],
)
def test_what_cannot_be_kept_gets_a_sentence_beside_its_field_and_keeps_nothing(ask, bad):
    answer = ask(**bad)

    assert (answer.status_code, "errorlist" in answer.text) == (422, True)
    assert not Subscriber.objects.exists()
    assert not Letter.objects.exists()


def test_control_marks_in_a_name_are_left_out(ask):
    ask(name="Ana\r\nBcc: all@example.org\u202e\x00".replace("\x00", ""))

    assert Subscriber.objects.get().name == "Ana Bcc: all@example.org"


@pytest.mark.django_db(transaction=True)
def test_ten_who_ask_at_once_with_one_address_make_one_row(network):
    wrong, start = [], threading.Barrier(10)

    def run():
        start.wait()
        try:
            subscribing.ask(email="Ana@example.org", language="es")
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["ana@example.org"]
    assert len({letter.text for letter in Letter.objects.all()}) == 1  # whichever she opens, it confirms


def test_her_account_has_the_choice_too(network, client):
    client.force_login(network.member)
    assert "/es/account/newsletter/" in client.get("/es/account/").text

    client.post("/es/account/newsletter/", {"deed": "subscribe"})
    assert with_consent() == ["member@example.org"]
    assert Subscriber.objects.get().user == network.member
    client.post("/es/account/newsletter/", {"deed": "leave"})
    assert with_consent() == []
    client.post("/es/account/newsletter/", {"deed": "subscribe"})

    assert with_consent() == ["member@example.org"]
    assert Subscriber.objects.count() == 1


@pytest.fixture
def move(network):
    """Her account has another address, by the code that she typed."""

    def move(to="nova@example.org"):
        ask_new_address(user=network.member, email=to)
        code = re.search(r"\d{6}", Letter.objects.get(to=to, template="accounts/address_code").text)[0]
        confirm_new_address(user=network.member, code=code)

    return move


def test_a_subscription_follows_its_account_to_another_address_with_its_consent(move, network):
    before = subscribed("member@example.org", name="Otávio")

    move()

    row = Subscriber.objects.get()
    assert (row.pk, row.email, row.user) == (before.pk, "nova@example.org", network.member)
    assert (row.confirmed_at, row.consent_words) == (before.confirmed_at, before.consent_words)
    assert with_consent() == ["nova@example.org"]
    assert [(entry.verb, entry.by) for entry in history.of(row)][-1] == ("address changed", network.member)


def test_who_left_the_letters_stays_away_at_another_address_too(move):
    subscribed("member@example.org")
    lists.leave(lists.place_of(LIST, "member@example.org"))

    move()

    assert (Subscriber.objects.get().email, with_consent()) == ("nova@example.org", [])


def test_an_address_that_somebody_merely_typed_stands_in_nobodys_way_and_follows_nobody(ask, move):
    subscribed("member@example.org")
    ask(email="nova@example.org")
    ask(email="third@example.org")

    move()

    assert with_consent() == ["nova@example.org"]
    move("third@example.org")
    assert (with_consent(), Subscriber.objects.count()) == (["third@example.org"], 1)


def test_who_agreed_at_both_addresses_keeps_one_subscription(move, network):
    subscribed("member@example.org")
    there = subscribed("nova@example.org")

    move()

    row = Subscriber.objects.get()
    assert (row.pk, row.user, with_consent()) == (there.pk, network.member, ["nova@example.org"])


def test_what_was_never_confirmed_stays_where_it_was_typed(ask, move):
    ask(email="member@example.org")

    move()

    assert list(Subscriber.objects.values_list("email", flat=True)) == ["member@example.org"]


def test_only_a_confirmed_address_is_linked_with_its_person(ask, network, client):
    KnownAddress.objects.create(person=network.people["Ana Ribera"], email="ana@example.org")

    ask()
    assert Subscriber.objects.get().person is None
    client.post(last_link())

    assert Subscriber.objects.get().person == network.people["Ana Ribera"]


def test_what_was_never_confirmed_is_forgotten_after_14_days(ask):
    ask(email="old@example.org")
    Subscriber.objects.update(asked_at=timezone.now() - dt.timedelta(days=15))
    ask(email="young@example.org")
    subscribed("confirmed@example.org")

    forgetting.forget_old()

    assert set(Subscriber.objects.values_list("email", flat=True)) == {"young@example.org", "confirmed@example.org"}


def test_she_is_told_what_is_kept_and_it_is_erased(network, ask):
    subscribed("member@example.org", name="Otávio")
    subscribed("other@example.org")
    whom = Whom(user=network.member, email="member@example.org", name="Otávio")

    (told,) = personal.tell(whom)
    personal.erase(whom)

    assert (told["email"], told["name"], told["version"]) == ("member@example.org", "Otávio", "1")
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["other@example.org"]
