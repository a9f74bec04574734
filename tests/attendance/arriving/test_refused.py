"""What is sent as a report and is none of a server of ours."""

import pytest

from plaza.attendance.models import SentReport
from tests.attendance.arriving.story import (
    HERE,
    JSON,
    account,
    signed,
)


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("", 401),
        ("Bearer a.b.c", 401),
        (lambda: signed(secret="another"), 401),
        (lambda: signed(alg="none"), 401),
        (lambda: signed(alg="HS256"), 401),
        (lambda: signed(ends=-3600), 401),
        (lambda: signed(), 200),
    ],
    ids=["none", "nonsense", "wrong secret", "alg none", "another alg", "ended", "right"],
)
def test_a_report_comes_in_by_the_servers_own_token_alone(meeting, client, authorization, status):
    told = authorization() if callable(authorization) else authorization
    answer = client.post(HERE, account(meeting), content_type=JSON, HTTP_AUTHORIZATION=told)

    assert answer.status_code == status
    assert SentReport.objects.count() == (status == 200)


def test_who_tries_tokens_is_kept_waiting_and_the_server_never(meeting, client):
    wrong, right = signed(secret="another"), signed()
    tried = [client.post(HERE, {}, content_type=JSON, HTTP_AUTHORIZATION=wrong).status_code for _ in range(21)]
    sent = [client.post(HERE, {}, content_type=JSON, HTTP_AUTHORIZATION=right).status_code for _ in range(61)]

    assert tried == [401] * 20 + [429]
    assert set(sent) == {404}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[" * 100_000, 422),
        (b"\x00\xff", 422),
        (b"[]", 404),
        (b'{"meeting_id": 5}', 404),
        (b'{"meeting_id": "00000000-0000-0000-0000-000000000000"}', 404),
        (b'{"meeting_id": "%s"}' % (b"x" * 36), 404),
        (b" " * (10 * 1024 * 1024 + 1), 413),
    ],
    ids=["empty", "cut off", "deep", "binary", "a list", "a number", "unknown", "no uuid", "too large"],
)
def test_what_is_no_report_of_ours_is_refused_with_a_sentence(meeting, client, body, status):
    answer = client.post(HERE, body, content_type=JSON, HTTP_AUTHORIZATION=signed())

    assert answer.status_code == status
    assert len(answer.content) > 20
    assert SentReport.objects.count() == 0


def test_a_site_without_a_server_takes_nothing(meeting, client, settings):
    settings.BIGBLUEBUTTON_URL = ""
    answer = client.post(HERE, account(meeting), content_type=JSON, HTTP_AUTHORIZATION=signed())

    assert answer.status_code == 404
    assert client.get(HERE).status_code == 405
    assert SentReport.objects.count() == 0
