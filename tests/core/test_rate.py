"""Buckets of tokens: how often somebody may knock."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from plaza.core import rate
from plaza.core.models import TokenBucket

LIMIT = rate.Limit("tests", burst=3, every=60)


def take(who="10.1.2.3", limit=LIMIT, times=1):
    return [rate.take(limit, who) for _ in range(times)]


@pytest.mark.django_db
def test_a_bucket_gives_what_it_holds_and_fills_again_with_time():
    assert take(times=5) == [True, True, True, False, False]

    TokenBucket.objects.update(at=timezone.now() - dt.timedelta(seconds=121))
    assert take(times=3) == [True, True, False]
    TokenBucket.objects.update(at=timezone.now() - dt.timedelta(days=9))
    assert take(times=4) == [True, True, True, False]


@pytest.mark.django_db
def test_one_who_knocks_too_often_stands_in_nobody_elses_way():
    take(times=5)

    assert take("10.1.2.4") == [True]
    assert take(limit=rate.Limit("others", burst=1, every=60)) == [True]


@pytest.mark.django_db
def test_no_address_is_stored():
    take()

    assert "10.1.2.3" not in str(list(TokenBucket.objects.values()))


@pytest.mark.django_db
def test_where_the_bucket_cannot_be_asked_the_answer_is_no_and_the_transaction_goes_on(monkeypatch):
    monkeypatch.setattr(rate, "TAKE", "SELECT 1/0")

    assert take() == [False]
    assert TokenBucket.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_thousand_at_once_get_no_more_than_the_bucket_held():
    given = []

    def knock():
        try:
            given.extend(take(times=125))
        finally:
            connection.close()

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert (len(given), sum(given)) == (1000, 3)


@pytest.mark.django_db
def test_buckets_that_are_full_again_are_forgotten():
    take()
    take("10.1.2.4")
    TokenBucket.objects.filter(key=TokenBucket.objects.first().key).update(at=timezone.now() - dt.timedelta(days=3))

    assert rate.forget_full() == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "block"),
    [
        (0, "", "203.0.113.9", "203.0.113.9"),
        (0, "198.51.100.1", "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1", "127.0.0.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "127.0.0.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "127.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.9", "203.0.113.9"),
        (1, "", "203.0.113.9", "203.0.113.9"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "<script>", "203.0.113.9", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_who_knocks_is_told_by_proxies_that_are_known_and_by_nobody_else(settings, proxies, forwarded, remote, block):
    settings.PROXIES = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR=remote, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
    )

    assert rate.address_block(request) == block
