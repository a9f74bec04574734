"""Every page bears any words behind its question mark: an answer, a refusal, never a fault."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.accounts.test_routes import KIND_OF_RECORD, NAMED, everything

# Every name that a page of ours reads from its address.
NAMES = (
    *("q", "name", "words", "page", "part", "t", "topic", "kind", "country", "city", "size", "year", "language"),
    *("speaker", "activity", "sector", "type", "state", "role", "next", "effect", "from", "to", "sort", "by"),
)
WORDS = (
    "\x00",
    "a\x00b",
    "9" * 30,
    "-1",
    "é" * 3000,
    "%ff",
    "' OR 1=1 --",
    "\ud83d".encode("utf-8", "replace").decode(),
)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: ascii(words[:12]))
def test_no_words_in_an_address_break_a_page(network, client, words):
    client.force_login(network.secretary)
    client.raise_request_exception = False
    broken = []
    for name, named in everything():
        if name == "account_logout":
            continue
        values = {each: NAMED[each] for each in named}
        if "kind" in values and name.startswith("records:"):
            values["kind"] = KIND_OF_RECORD
        if name in ("portal:city", "directory:city-desk"):
            values["slug"] = "riberas"
        with override("es"):
            address = reverse(name, kwargs=values)
        answer = client.get(address, dict.fromkeys(NAMES, words))
        if answer.status_code >= 500:
            broken.append(address)
    assert broken == []
