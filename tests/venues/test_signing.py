"""Tokens of the server, and what is none."""

import pytest

from plaza.venues.signing import is_signed
from tests.venues.fake import SECRET
from tests.venues.fake_account import token

NOW = 1_790_000_000
DAY = 24 * 3600


def test_a_token_of_the_server_is_ours_until_it_ends():
    good = f"Bearer {token({'exp': NOW + DAY}, SECRET)}"

    assert is_signed(good, SECRET, now=NOW)
    assert not is_signed(good, SECRET, now=NOW + DAY + 600)
    assert not is_signed(good, "another", now=NOW)
    assert not is_signed(good, "", now=NOW)


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer a.b",
        "Bearer a.b.c",
        "Bearer é.é.é",
        f"Basic {token({'exp': NOW + 60}, SECRET)}",
        f"Bearer {token({'exp': NOW + 60}, SECRET, alg='none')}",
        f"Bearer {token({'exp': NOW + 60}, SECRET, alg='HS256')}",
        f"Bearer {token({}, SECRET)}",
        f"Bearer {token({'exp': True}, SECRET)}",
        f"Bearer {token({'exp': 'never'}, SECRET)}",
        f"Bearer {token({'exp': NOW + 400 * DAY}, SECRET)}",
        f"Bearer {token({'exp': NOW + 60, 'x': 'x' * 3000}, SECRET)}",
        f"Bearer {token({'exp': NOW + 60}, SECRET)[:-2]}AA",
        f"Bearer {token([], SECRET)}",
    ],
)
def test_any_other_token_opens_nothing(authorization):
    assert not is_signed(authorization, SECRET, now=NOW)


def test_none_algorithm_signed_with_an_empty_key_opens_nothing():
    assert not is_signed(f"Bearer {token({'exp': NOW + 60}, '', alg='HS512')}", "", now=NOW)
