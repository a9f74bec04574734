"""Four people ask the same thing in four languages; what was asked in vain reaches those who plan the next meeting."""

import pytest

from plaza.search.domain.grouping import group_waiting
from tests.journeys.looking import findings, follow, text_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ASKED = {
    "es": "¿cómo avisan a los barrios cuando crece el río?",
    "pt": "como os bairros são avisados quando o rio sobe?",
    "en": "how are the neighbourhoods warned when the river rises?",
    "fr": "comment les quartiers sont-ils prévenus quand la rivière monte ?",
}
IN_VAIN = {"es": "¿cuántas bibliotecas tiene la ciudad?", "pt": "quantas bibliotecas a cidade tem?"}


def ask(page, language, question):
    page.goto(f"/{language}/")
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.wait_for_url(f"**/{language}/ask/?q=*")


def test_four_people_ask_in_four_languages_and_get_the_same_place(network, visit):
    places = set()
    for language, question in ASKED.items():
        page = visit(language=language)
        ask(page, language, question)
        follow(page.locator(".found > li:first-child h3 a"))
        places.add((page.url.partition(f"/{language}/")[2], text_of(page, "mark")))

    assert places == {
        (
            "recordings/river/?t=5,10#t=5",
            "Cuando el río crece, las sirenas avisan a los barrios y evacuamos en cuarenta minutos.",
        )
    }


def test_a_question_asked_in_vain_in_two_languages_stands_once_in_the_workspace(network, visit):
    for language, question in IN_VAIN.items():
        page = visit(language=language)
        ask(page, language, question)
        assert page.locator(".found mark").count() > 0  # what comes nearest
    group_waiting()

    workspace = visit(language="es", user=network.secretary)
    workspace.goto("/es/workspace/")
    follow(workspace.get_by_role("link", name="Lo que se preguntó"))

    assert workspace.locator(".found > li").count() == 1
    assert "2 veces" in text_of(workspace, ".found > li .facts")
    follow(workspace.get_by_role("button", name="Tomar nota"))
    assert workspace.locator(".found > li").count() == 0


def test_who_wants_nothing_kept_leaves_nothing(network, visit):
    page = visit(language="pt")
    page.goto("/pt/questions-kept/")
    follow(page.get_by_role("button", name="Não guardar minhas perguntas"))
    ask(page, "pt", IN_VAIN["pt"])
    group_waiting()

    workspace = visit(language="es", user=network.secretary)
    workspace.goto("/es/workspace/asked/")

    assert workspace.locator(".found > li").count() == 0


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_axe_finds_nothing_on_an_answer_a_refusal_and_what_was_asked(network, visit, language):
    page = visit(language=language, user=network.secretary, width=360)

    found = {}
    for address in (f"ask/?q={ASKED[language]}", "ask/?q=receta de torta de chocolate", "workspace/asked/"):
        found |= findings(page, f"/{language}/{address}")

    assert found == {}
