"""The secretary changes the home page in four languages, and a visitor sees each; what was read is there without a line."""

import pytest

from plaza.core.models import Translation
from plaza.knowledge.models import Work
from plaza.network.domain.own_pages import publish_page, write_page
from tests.journeys.looking import findings, follow, text_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEADLINES = {
    "es": "¿Qué le falta a su barrio?",
    "pt": "O que falta no seu bairro?",
    "en": "What does your neighbourhood lack?",
    "fr": "Que manque-t-il à votre quartier ?",
}
IS_READY = """navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller ||
  new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", () => done(true))))"""


def test_the_secretary_changes_the_home_page_in_four_languages_and_a_visitor_sees_each(network, visit):
    page = visit(user=network.secretary)
    page.goto("/es/workspace/")
    follow(page.get_by_role("link", name="Configuración de la red"))
    assert page.locator(".gap").count() == 0

    page.fill("[name=headline_es]", HEADLINES["es"])
    follow(page.get_by_role("button", name="Guardar"))
    assert page.locator(".is-gap").count() == 3
    for language in ("pt", "en", "fr"):
        page.fill(f"[name=headline_{language}]", HEADLINES[language])
    follow(page.get_by_role("button", name="Guardar"))
    assert page.locator(".is-gap").count() == 0

    visitor = visit()
    seen = {}
    for language in HEADLINES:
        visitor.goto(f"/{language}/")
        seen[language] = text_of(visitor, "h1")
    assert seen == HEADLINES


def test_the_secretary_writes_a_page_looks_at_it_and_publishes_it(network, visit):
    page = visit(user=network.secretary)
    page.goto("/es/workspace/own-pages/new/")
    page.fill("[name=slug]", "about")
    page.fill("[name=title_es]", "Quiénes somos")
    page.fill("[name=text_es]", "# La red\n\nDoce ciudades.")
    follow(page.get_by_role("button", name="Ver antes cómo queda"))
    assert text_of(page, "section.sheet h2 + details h2") == "La red"

    follow(page.get_by_role("button", name="Guardar y publicar"))

    visitor = visit()
    visitor.goto("/es/")
    follow(visitor.get_by_role("link", name="Quiénes somos"))
    assert text_of(visitor, "h1") == "Quiénes somos"
    seen = findings(visitor, "/en/pages/about/") | findings(page, page.url) | findings(page, f"{page.url}versions/1/")
    assert seen == {}


def test_pages_read_last_are_there_without_a_line_and_never_old_with_one(network, visit):
    page = visit(workers=True)
    page.goto("/es/tour/")
    assert page.evaluate(IS_READY)
    page.goto("/es/recordings/river/")
    page.goto("/es/ask/?q=sirenas+cuando+crece+el+rio")
    answer = text_of(page, "main")

    page.context.set_offline(True)
    page.reload()
    assert text_of(page, "main") == answer
    page.goto("/es/recordings/river/")
    assert text_of(page, "h1") == "El río y las sirenas"
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    page.goto("/pt/meetings/river/")
    assert text_of(page, "h1") == "Não há conexão no momento"
    page.locator("[data-kept] a").first.wait_for()
    kept = page.locator("[data-kept] a").all_inner_texts()
    assert kept == ["sirenas cuando crece el rio · Plaza", "El río y las sirenas · Plaza"]

    page.context.set_offline(False)
    Work.objects.filter(slug="river").update(title="El río, corregido")
    Translation.objects.all().delete()
    page.goto("/es/recordings/river/")
    assert text_of(page, "h1") == "El río, corregido"


def test_what_is_read_while_signed_in_is_not_kept_and_signing_out_forgets_the_rest(network, visit):
    write_page(page=None, slug="draft", texts={"title_es": "x", "text_es": "x"}, language="es", by=None)
    publish_page(
        page=write_page(page=None, slug="a", texts={"title_es": "y", "text_es": "y"}, language="es", by=None), by=None
    )
    page = visit(workers=True)
    page.goto("/es/tour/")
    assert page.evaluate(IS_READY)
    page.goto("/es/cities/")
    keys = "caches.open('plaza-pages').then(c => c.keys()).then(all => all.map(one => new URL(one.url).pathname))"
    page.wait_for_function(f"{keys}.then(all => all.length === 1)")

    page.goto("/es/sign-in/")
    page.get_by_label("Correo electrónico").fill("secretary@example.org")
    page.get_by_label("Contraseña").fill("correct horse")
    follow(page.get_by_role("button", name="Iniciar sesión"))
    page.goto("/es/pages/draft/")
    page.goto("/es/recordings/river/")
    assert page.evaluate(keys) == ["/es/cities/"]

    follow(page.get_by_role("button", name="Cerrar sesión"))
    page.wait_for_url("**/es/")
    page.wait_for_function(f"{keys}.then(all => !all.includes('/es/cities/'))")
    assert set(page.evaluate(keys)) <= {"/es/"}
