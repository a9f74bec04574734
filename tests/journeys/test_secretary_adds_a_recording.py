"""What the secretary brings in today is found today."""

import pytest

from plaza.knowledge.models import Recording
from plaza.search.domain.indexing import index_recording
from tests.journeys.looking import follow, in_view, text_of
from tests.network import captions

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAID = captions(
    ("Carmen Lagos", "Gracias por la invitación, venimos de la biblioteca central."),
    ("Carmen Lagos", "Los bibliobuses llevan libros a las escuelas rurales cada dos semanas."),
)


def sign_in(page, address, password):
    page.goto("/es/")
    follow(page.get_by_role("link", name="Iniciar sesión"))
    page.get_by_label("Correo electrónico").fill(address)
    page.get_by_label("Contraseña").fill(password)
    follow(page.get_by_role("button", name="Iniciar sesión"))


def file(name, content):
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def test_the_secretary_adds_publishes_and_finds_a_recording(network, visit):
    page = visit()
    sign_in(page, "secretary@example.org", "correct horse")

    follow(page.get_by_role("link", name="Agregar una grabación"))
    page.get_by_role("textbox", name="Título").fill("Libros que viajan")
    page.get_by_label("Subtítulos").set_input_files(file("libros.vtt", SAID))
    follow(page.get_by_role("button", name="Continuar"))
    page.wait_for_url("**/es/recordings/libros-que-viajan/")
    assert page.locator(".said").count() == 2

    follow(page.get_by_role("link", name="Espacio de trabajo"))
    follow(page.get_by_role("button", name="Publicar Libros que viajan"))
    index_recording(Recording.objects.get(work__slug="libros-que-viajan").pk)

    page.goto("/pt/")
    page.fill("#question", "como chegam os livros às escolas rurais?")
    page.press("#question", "Enter")
    follow(page.get_by_role("link", name="Libros que viajan"))
    page.wait_for_url("**/pt/recordings/libros-que-viajan/?t=5,10#t=5")

    assert text_of(page, "mark") == "Los bibliobuses llevan libros a las escuelas rurales cada dos semanas."
    assert in_view(page, "mark")


def test_a_wrong_password_says_so_and_signs_nobody_in(network, visit):
    page = visit()

    sign_in(page, "secretary@example.org", "wrong horse")

    assert page.get_by_role("alert").count() == 1
    assert page.get_by_role("link", name="Espacio de trabajo").count() == 0


def test_captions_without_times_are_refused_beside_their_field(network, visit):
    page = visit(user=network.secretary)
    page.goto("/es/workspace/recordings/new/")

    page.get_by_role("textbox", name="Título").fill("Sin tiempos")
    page.get_by_label("Subtítulos").set_input_files(file("notas.txt", b"Only words, no times."))
    follow(page.get_by_role("button", name="Continuar"))

    assert page.locator(".field:has([name=captions]) .errorlist").count() == 1
    assert not Recording.objects.filter(work__slug="sin-tiempos").exists()
