"""The player and the words go together: the words move the player, and the player moves along the words."""

import pytest

from plaza.knowledge.domain.recordings import publish
from tests.journeys.looking import in_view, text_of
from tests.network import add_recording, captions

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AT = "second => Math.abs(document.querySelector('audio').currentTime - second) < {}"
LINES = 1100


def test_the_time_of_a_line_moves_the_player_to_it(heard, visit):
    page = visit()
    page.goto("/es/recordings/river/")
    page.evaluate("document.querySelector('audio').muted = true")

    page.get_by_role("link", name="0:10").click()

    assert page.url.endswith("/es/recordings/river/#t=10")
    assert text_of(page, ".said[aria-current]").startswith("0:10 El sistema de alerta costó")
    # It plays on from there: a visitor who chose a line wants to hear it.
    page.wait_for_function(AT.format(3), arg=10)


def test_the_words_follow_the_player(heard, visit):
    page = visit()
    page.goto("/es/recordings/river/")

    page.evaluate("""async () => {
      const audio = document.querySelector('audio');
      audio.muted = true;
      await audio.play();
      audio.currentTime = 6;
    }""")

    page.wait_for_selector(".said[aria-current][data-start='5']")
    assert text_of(page, ".said[aria-current]").startswith("0:05 Cuando el río crece")


@pytest.fixture
def long_talk(network):
    """Ninety minutes, a line every five seconds: three parts of 500 lines or less."""
    said = [("Ana Ribera", f"Esta es la línea número {n}.") for n in range(LINES)]
    recording = add_recording(network, "largo", "Una charla larga", "es", captions(*said), is_published=False)
    return publish(recording=recording, by=None)


@pytest.mark.parametrize(
    ("fragment", "part", "line"),
    [
        ("#t=12", "Parte 1 de 3", "0:10 Esta es la línea número 2."),
        ("#t=2500", "Parte 2 de 3", "41:40 Esta es la línea número 500."),
        ("#t=4000", "Parte 2 de 3", "1:06:40 Esta es la línea número 800."),
        ("#t=1:25:00,1:25:05", "Parte 3 de 3", "1:25:00 Esta es la línea número 1020."),
        ("#t=99999", "Parte 3 de 3", "1:31:35 Esta es la línea número 1099."),
    ],
)
def test_a_moment_in_another_part_of_a_long_talk_opens_that_part(long_talk, visit, fragment, part, line):
    page = visit()

    page.goto(f"/es/recordings/largo/{fragment}")

    page.wait_for_selector(".said[aria-current]")
    assert text_of(page, ".said[aria-current]") == line
    assert in_view(page, ".said[aria-current]")
    assert page.locator("nav.pages span").all_inner_texts() == [part, part]


@pytest.mark.parametrize(
    "fragment", ["#t=", "#t=agua", "#t=-5", "#t=1:2:3:4:5:6", "#t=1..2", "#t=" + "9" * 400, "#words"]
)
def test_a_fragment_that_is_no_moment_opens_the_beginning(heard, visit, fragment):
    page = visit()

    page.goto(f"/es/recordings/river/{fragment}")

    assert page.locator(".said").count() == 3
    assert page.locator(".said[aria-current]").count() == 0
    assert page.evaluate("document.querySelector('audio').currentTime") == 0
