"""The network's settings: said in four languages, seen at once, one query a page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plaza.core import history
from plaza.core.models import Origin
from plaza.core.translations import translate
from plaza.network.domain.colours import shades_of
from plaza.network.domain.face import Face, face
from plaza.network.domain.settings import change_settings
from plaza.network.models import NetworkSettings
from tests.face.conftest import sent

PAGE = "/es/workspace/settings/"
HEADLINES = {
    "headline_es": "¿Qué hizo su vecina?",
    "headline_pt": "O que fez sua vizinha?",
    "headline_en": "What did your neighbour do?",
    "headline_fr": "Qu’a fait votre voisine ?",
}
RED = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="red"/></svg>'


def save(secretary, **changed):
    form = secretary.get(PAGE).context["form"]
    return secretary.post(PAGE, sent(form, **changed), follow=True)


def home(language):
    return Client().get(f"/{language}/").text


def test_until_it_is_set_the_environment_and_plaza_speak(network, settings):
    settings.NETWORK_NAME = "Red de Prueba"

    assert (face(), NetworkSettings.objects.count()) == (Face(None), 0)
    assert ("Red de Prueba" in home("pt"), "O que a sua cidade precisa resolver?" in home("pt")) == (True, True)


def test_what_the_secretariat_writes_in_four_languages_is_seen_at_once_in_each(secretary):
    for language in ("es", "pt", "en", "fr"):
        home(language)

    answer = save(secretary, **HEADLINES, name_es="Red del Río", name_pt="Rede do Rio")

    assert answer.redirect_chain == [(PAGE, 302)]
    assert {language: HEADLINES[f"headline_{language}"] in home(language) for language in ("es", "pt", "en")} == {
        "es": True, "pt": True, "en": True,
    }  # fmt: skip
    assert "<title>Rede do Rio</title>" in home("pt")
    assert "<title>Red del Río</title>" in home("en")


def test_a_text_missing_in_a_language_is_shown_as_a_gap_and_said_in_plazas_words_there(secretary):
    save(secretary, headline_es="Solo en español", about_es="Somos doce.")

    page = secretary.get(PAGE)
    gaps = [cell.field.name for row in page.context["form"].rows() for cell in row["cells"] if cell.is_gap]

    assert gaps == [f"{name}_{language}" for name in ("headline", "about") for language in ("pt", "en", "fr")]
    assert "Faltan 6 textos" in page.text
    assert "What does your city need to solve?" in home("en")
    assert '<p lang="es">Somos doce.</p>' in home("en")


def test_who_or_what_wrote_each_language_is_shown(network, secretary):
    save(secretary, headline_es="Uno", headline_pt="Um")
    row = NetworkSettings.objects.get()
    translate(subject=row, field="headline", language="fr", text="Un", origin=Origin.MACHINE, by=None)

    cells = secretary.get(PAGE).context["form"].rows()[2]["cells"]

    assert [(cell.code, cell.origin, cell.is_gap) for cell in cells] == [
        ("es", "source", False), ("pt", "human", False), ("en", "", True), ("fr", "machine", False),
    ]  # fmt: skip


def test_another_default_language_loses_no_words(secretary):
    save(secretary, **HEADLINES)

    save(secretary, language="pt")

    row = NetworkSettings.objects.prefetch_related("translations").get()
    assert (row.language, row.headline) == ("pt", HEADLINES["headline_pt"])
    assert {(each.language, each.text) for each in row.translations.filter(field="headline")} == {
        (language, HEADLINES[f"headline_{language}"]) for language in ("es", "en", "fr")
    }


def test_a_language_that_is_not_offered_is_not_in_the_list_and_the_bare_address_avoids_it(secretary):
    save(secretary, languages=["es", "pt"])

    assert 'hreflang="fr"' not in home("es")
    assert 'hreflang="pt"' in home("es")
    assert Client().get("/", headers={"accept-language": "fr"})["Location"] == "/es/"
    assert Client().get("/", headers={"accept-language": "pt-BR"})["Location"] == "/pt/"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"languages": ["pt"]}, "languages"),
        ({"languages": []}, "languages"),
        ({"colour": "red; } body { display: none"}, "colour"),
        ({"accent": "#fff"}, "accent"),
        ({"contact": "no es un correo"}, "contact"),
        ({"terms_url": "javascript:alert(1)"}, "terms_url"),
        ({"name_es": "x" * 81}, "name_es"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_nothing_is_lost(secretary, changed, field):
    answer = save(secretary, headline_es="Lo que escribí", **changed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Lo que escribí" in answer.text
    assert NetworkSettings.objects.count() == 0


def test_markup_in_a_text_is_shown_as_text(secretary):
    save(secretary, headline_es="<script>alert(1)</script>", about_es="<img src=x onerror=alert(1)>\u202eabc")

    assert "<script>alert(1)" not in home("es")
    assert "&lt;img src=x onerror=alert(1)&gt;abc" in home("es")


def test_a_colour_too_light_to_be_read_is_made_darker_and_the_secretary_is_told(secretary):
    answer = save(secretary, colour="#ffd000")

    told = [str(message) for message in answer.context["messages"]]
    css = Client().get(face().style_url)
    shown = shades_of("#ffd000").on_light
    assert told == [
        f"#ffd000 no se puede leer sobre una página clara: allí se muestra como {shown}, más oscuro.",
        "Guardado. Desde ahora lo muestran todas las páginas.",
    ]
    assert (css.status_code, css["Content-Type"], "immutable" in css["Cache-Control"]) == (
        200, "text/css; charset=utf-8", True,
    )  # fmt: skip
    assert f'<link rel="stylesheet" href="{face().style_url}">' in home("es")


def test_the_colours_of_an_earlier_version_are_not_there(secretary):
    save(secretary, colour="#114477")
    old = face().style_url

    save(secretary, colour="#771144")

    assert (Client().get(old).status_code, Client().get(face().style_url).status_code) == (404, 200)


def test_a_logo_is_handed_out_as_a_picture_that_can_do_nothing(secretary):
    save(secretary, logo=SimpleUploadedFile("logo.svg", RED))

    logo = Client().get(face().logo)
    assert (logo.status_code, logo["Content-Type"], logo["X-Content-Type-Options"]) == (200, "image/svg+xml", "nosniff")
    assert sorted(logo["Content-Security-Policy"].split("; ")) == [
        "default-src 'none'", "sandbox", "style-src 'unsafe-inline'",
    ]  # fmt: skip
    assert f'<img src="{face().logo}"' in home("es")
    save(secretary, without_logo="on")
    assert face().logo == ""


def test_a_logo_that_is_refused_says_why_and_loses_no_words(secretary):
    evil = SimpleUploadedFile("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

    answer = save(secretary, headline_es="Lo que escribí", logo=evil)

    assert answer.status_code == 422
    assert ("Este SVG contiene más que un dibujo" in answer.text, "Lo que escribí" in answer.text) == (True, True)


def test_nobody_else_changes_the_face(network, client):
    client.force_login(network.member)

    assert client.post(PAGE, {"name_es": "Mía"}).status_code == 404
    with pytest.raises(PermissionError):
        change_settings(texts={"name_es": "Mía"}, language="es", by=network.member)
    assert NetworkSettings.objects.count() == 0


def test_what_was_changed_is_in_the_history_and_saving_the_same_is_nothing(network, secretary):
    save(secretary, name_es="Red del Río")
    version = face().version
    save(secretary)

    (entry,) = history.of(NetworkSettings.objects.get())
    assert (entry.verb, entry.by, entry.details) == ("settings changed", network.secretary, {"changed": ["name_es"]})
    assert face().version == version


def test_knowing_the_network_costs_one_query_a_page_however_much_it_says(secretary, about, django_assert_num_queries):
    save(secretary, **HEADLINES)
    face()

    with django_assert_num_queries(1):
        face()
    client = Client()
    client.get("/es/tour/")
    with django_assert_num_queries(1):
        client.get("/es/tour/")


def test_no_process_shows_what_stood_there_before(secretary):
    change_settings(texts={"name_es": "Uno"}, language="es", by=None)
    assert face().says("name", "es").text == "Uno"

    # As another process would: without a word to this one.
    change_settings(texts={"name_es": "Dos"}, language="es", by=None)

    assert face().says("name", "es").text == "Dos"


def test_the_page_of_settings_costs_few_queries(secretary):
    save(secretary, **HEADLINES)
    secretary.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        secretary.get(PAGE)

    assert len(asked) <= 12


def test_a_letter_carries_the_name_in_its_language(network, client):
    from plaza.mail.models import Letter  # only here

    change_settings(texts={"name_es": "Red del Río", "name_pt": "Rede do Rio"}, language="es", by=None)

    client.post("/pt/sign-in/code/", {"email": "member@example.org"})

    assert "Rede do Rio" in Letter.objects.get().subject
