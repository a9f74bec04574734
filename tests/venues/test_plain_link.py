"""Links of any tool."""

import pytest

from plaza.venues.plain_link import NotALink, PlainLink, link_of, tool_of
from plaza.venues.venue import Guest, Opened

INES = Guest('Inês "Ina" Souza\n', "ines-1", "pt")


@pytest.mark.parametrize(
    ("address", "tool"),
    [
        ("https://us02web.zoom.us/j/83112345678?pwd=abc", "Zoom"),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting", "Microsoft Teams"),
        ("https://meet.google.com/abc-defg-hij", "Google Meet"),
        ("https://meet.jit.si/RioManso", "Jitsi"),
        ("https://jitsi.riberas.example.org/RioManso", "Jitsi"),
        ("https://zoom.us.evil.example/j/1", ""),
        ("https://riberas.example.org/sala", ""),
    ],
)
def test_a_tool_is_known_by_its_host(address, tool):
    assert tool_of(link_of(address)) == tool


@pytest.mark.parametrize(
    "words",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://zoom.us",
        "data:text/html,x",
        "http://zoom.us/j/1",
        "//zoom.us/j/1",
        "zoom.us/j/1",
        "https://ana:secret@zoom.us/j/1",
        "https://zoom.us/j/1\r\nSet-Cookie: a=1",
        "https://",
        "https://zoom.us/" + "x" * 2000,
    ],
)
def test_what_is_no_https_address_is_no_link(words):
    with pytest.raises(NotALink):
        link_of(words)


def test_only_jitsi_is_told_a_name_and_only_behind_the_mark():
    zoom, jitsi = PlainLink("https://zoom.us/j/1?pwd=x"), PlainLink("https://meet.jit.si/RioManso")
    with_settings = PlainLink("https://meet.jit.si/RioManso#config.startWithAudioMuted=true")

    assert zoom.address_for("r", INES, Opened()) == "https://zoom.us/j/1?pwd=x"
    named = "userInfo.displayName=%22In%C3%AAs%20Ina%20Souza%22"
    assert jitsi.address_for("r", INES, Opened()) == f"https://meet.jit.si/RioManso#{named}"
    assert with_settings.address_for("r", INES, Opened()) == (
        f"https://meet.jit.si/RioManso#config.startWithAudioMuted=true&{named}"
    )
    assert (jitsi.present("r"), jitsi.recordings("r")) == (None, ())
