"""The adapter, against the verified fake."""

import datetime as dt
import time
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest

from plaza.core import egress
from plaza.venues import bigbluebutton
from plaza.venues.bigbluebutton import BigBlueButton, api_of
from plaza.venues.configured import bigbluebutton as configured
from plaza.venues.venue import Found, Guest, Present, Role, Room, VenueDown, WhyDown
from tests.venues.fake import SECRET

ROOM = Room("0f8e-river", "The river, in time", records=True, tells={"analytics-callback-url": "https://p.example/in/"})
INES = Guest("Inês Souza", "ines-1", "pt")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><response><returncode>&j;</returncode></response>'
    % (b"".join(b'<!ENTITY %c "%s">' % (one, b"&%c;" % (one - 1) * 10) for one in range(ord("b"), ord("k"))))
)


@pytest.fixture
def server(bbb):
    return configured()


def enter(address):
    with urllib.request.urlopen(address) as room:
        return room.read().decode()


def test_a_room_is_opened_once_people_go_in_and_it_ends(bbb, server):
    opened = server.open(ROOM)
    again = server.open(ROOM)
    seen = enter(server.address_for(ROOM.key, INES, opened))
    enter(server.address_for(ROOM.key, Guest("Ana", "ana", "es", Role.MODERATOR), opened))
    there = server.present(ROOM.key)

    assert opened == again
    assert opened.since == bbb.meetings[ROOM.key].created
    assert ">Inês Souza<" in seen
    assert there == [Present("ines-1", "Inês Souza", Role.VIEWER), Present("ana", "Ana", Role.MODERATOR)]
    asked = bbb.called("create")[0]
    assert {name: asked[name] for name in ("record", "meetingKeepEvents", "meta_analytics-callback-url")} == {
        "record": "true",
        "meetingKeepEvents": "true",
        "meta_analytics-callback-url": "https://p.example/in/",
    }

    bbb.post = lambda *told: 200
    server.end(ROOM.key)
    for _ in range(100):
        if not bbb.meetings:
            break
        time.sleep(0.02)
    server.end(ROOM.key)  # twice is once

    assert server.present(ROOM.key) is None


def test_an_address_of_an_earlier_opening_leads_nowhere(bbb, server):
    bbb.clock = lambda: 1_000_000.0
    old = server.address_for(ROOM.key, INES, server.open(ROOM))
    bbb.meetings.clear()
    bbb.clock = lambda: 2_000_000.0
    server.open(ROOM)

    with pytest.raises(urllib.error.HTTPError):
        enter(old)  # sent back with the error, to a page that the fake does not have
    assert bbb.meetings[ROOM.key].attendees == {}


def test_a_name_with_a_header_in_it_is_one_line_of_a_signed_address(bbb, server):
    opened = server.open(ROOM)
    evil = Guest("Inês\r\nSet-Cookie: a=1&role=MODERATOR\u202e", "ines-1", "pt")
    address = server.address_for(ROOM.key, evil, opened)
    enter(address)

    assert [mark for mark in ("\r", "\n", "%0D", "%0A") if mark in address] == []
    assert parse_qs(urlsplit(address).query)["role"] == ["VIEWER"]
    assert server.present(ROOM.key) == [
        Present("ines-1", "Inês Set-Cookie: a=1&role=MODERATOR", Role.VIEWER),
    ]


def test_a_title_of_any_length_is_a_name_that_the_server_takes(bbb, server):
    for key, name in (("long", "á" * 300), ("short", "A"), ("none", "")):
        server.open(Room(key, name))

    assert [len(meeting.asked["name"]) for meeting in bbb.meetings.values()] == [64, 2, 2]


def test_recordings_are_those_that_are_published(bbb, server):
    server.open(ROOM)
    assert server.recordings(ROOM.key) == []
    bbb.clock = lambda: 1_790_000_000.0
    server.open(Room("other", "Other"))
    bbb.publish_recording("other", "https://bbb.example.org/playback/presentation/2.3/x", minutes=57)
    bbb.publish_recording("other", "javascript:alert(1)")
    bbb.publish_recording("other", "https://bbb.example.org/hidden")
    bbb.recordings[-1]["state"] = "unpublished"

    began = dt.datetime.fromtimestamp(1_790_000_000, dt.UTC)
    address = "https://bbb.example.org/playback/presentation/2.3/x"
    assert server.recordings("other") == [Found(bbb.meetings["other"].internal, address, 57, began)]


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ((200, BOMB), WhyDown.ODD),
        ((200, b"<response><returncode>SUCCESS</returncode>" + b"<x>y</x>" * 1_300_000 + b"</response>"), WhyDown.ODD),
        ((200, b"<html><body>It works!</body></html>"), WhyDown.ODD),
        ((200, b"\x00\xff not XML"), WhyDown.ODD),
        ((200, b"<response>" * 3000), WhyDown.ODD),
        ((200, b""), WhyDown.ODD),
        ((302, b""), WhyDown.ODD),
        ((502, b"Bad Gateway"), WhyDown.SILENT),
    ],
    ids=["XML bomb", "10 MB of XML", "a web page", "binary", "deep", "nothing", "redirect", "bad gateway"],
)
def test_an_answer_that_is_none_is_a_clear_sentence(bbb, server, says, why):
    bbb.says = says

    with pytest.raises(VenueDown) as down:
        server.present(ROOM.key)

    assert down.value.why == why


def test_a_server_that_is_slow_or_down_or_keeps_another_secret_is_told_apart(bbb, server, monkeypatch):
    monkeypatch.setattr(bigbluebutton, "SECONDS", 0.2)
    reasons = []
    for change in ({"slow": 0.6}, {"slow": 0, "secret": "another"}):
        for name, value in change.items():
            setattr(bbb, name, value)
        with pytest.raises(VenueDown) as down:
            server.try_out()
        reasons.append(down.value.why)
    with pytest.raises(VenueDown) as down:
        BigBlueButton("http://127.0.0.1:9/bigbluebutton/api", SECRET).try_out()

    assert [*reasons, down.value.why] == [WhyDown.SILENT, WhyDown.SECRET, WhyDown.SILENT]
    assert SECRET not in repr(server)


def test_only_the_server_that_the_host_named_may_be_inside():
    with pytest.raises(egress.NotFetched):
        egress.ask("http://127.0.0.1:9/x", inside="https://bbb.example.org/", seconds=1, most_bytes=10)


@pytest.mark.parametrize(
    "url",
    [
        "https://bbb.example.org",
        "https://bbb.example.org/",
        "https://bbb.example.org/bigbluebutton/",
        "https://bbb.example.org/bigbluebutton/api",
    ],
)
def test_the_address_may_be_written_as_hosts_write_it(url):
    assert api_of(url) == "https://bbb.example.org/bigbluebutton/api"
