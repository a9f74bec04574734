"""The journey Plaza is for: a question in one language, another city's words in theirs, at the second."""

import re

import pytest

from tests.journeys.looking import follow, in_view, text_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LANGUAGES = ["es", "pt", "en", "fr"]
QUESTION = "como avisam as pessoas quando o rio sobe?"
AT = "second => Math.abs(document.querySelector('audio').currentTime - second) < 0.3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_in_portuguese_opens_the_spanish_recording_at_its_second(rio_manso, visit, language):
    page = visit(language=language)
    page.goto(f"/{language}/")

    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    quoted = text_of(page, ".found > li:first-child mark")
    follow(page.locator(".found > li:first-child h3 a"))

    address = re.search(r"/recordings/alerta-temprana-rio-manso/\?t=[\d.,]+#t=([\d.]+)$", page.url)
    second = float(address[1])
    assert text_of(page, "html", "lang") == language
    assert text_of(page, "mark") == quoted
    assert text_of(page, ".said[aria-current]") == text_of(page, f'.said[data-start="{second:g}"]')
    assert in_view(page, "mark")
    page.wait_for_function(AT, arg=second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_question_without_scripts_opens_at_the_same_words(rio_manso, visit, language):
    page = visit(language=language, scripts=False)
    page.goto(f"/{language}/")

    page.fill("#question", QUESTION)
    follow(page.locator(".ask button"))
    quoted = text_of(page, ".found > li:first-child mark")
    follow(page.locator(".found > li:first-child .button"))

    fragment = page.url.partition("#")[2]
    assert re.fullmatch(r"t=[\d.]+", fragment)
    assert text_of(page, "mark") == quoted
    assert in_view(page, "mark")
    assert text_of(page, "audio", "src") == f"/recordings/alerta-temprana-rio-manso/media#{fragment}"
