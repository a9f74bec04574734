"""Pages of the network's own: written, looked at, published, taken back."""

import pytest
from django.test import Client

from plaza.core import history
from plaza.network.domain.own_pages import NoWords, publish_page, take_back, texts_of, write_page
from plaza.network.models import OwnPage
from tests.face.conftest import TITLES, sent, words

LIST = "/es/workspace/own-pages/"


def fresh(page):
    return OwnPage.objects.prefetch_related("translations").get(pk=page.pk)


def test_a_page_is_read_in_each_language_and_led_to_from_the_foot_of_every_page(about, client):
    for language, title in TITLES.items():
        page = client.get(f"/{language}/pages/about/").text
        assert (f"<h1>{title}</h1>" in page, f"<h2>{title}</h2>" in page) == (True, True)
        assert f'<a href="/{language}/pages/about/">{title}</a>' in client.get(f"/{language}/tour/").text


def test_a_draft_is_for_those_who_run_the_network(network, client, secretary):
    page = write_page(page=None, slug="draft", texts=words(), language="es", by=network.secretary)

    assert Client().get("/es/pages/draft/").status_code == 404
    assert "/pages/draft/" not in Client().get("/es/").text
    assert secretary.get("/es/pages/draft/").status_code == 200
    secretary.post(f"{LIST}{page.pk}/move/", {"deed": "publish"})
    assert Client().get("/es/pages/draft/").status_code == 200
    secretary.post(f"{LIST}{page.pk}/move/", {"deed": "withdraw"})
    assert Client().get("/es/pages/draft/").status_code == 404


def test_a_page_not_in_the_readers_language_shows_another_and_says_so(network, client):
    texts = {"title_pt": "Convivência", "text_pt": "Cuide das pessoas."}
    publish_page(page=write_page(page=None, slug="code", texts=texts, language="pt", by=None), by=None)

    page = client.get("/fr/pages/code/").text

    assert '<h1><span lang="pt">Convivência</span></h1>' in page
    assert '<div class="prose" lang="pt"><p>Cuide das pessoas.</p>' in page
    assert "Vous la lisez dans une autre : Português." in page


def test_the_secretary_looks_before_she_publishes(secretary, network):
    form = secretary.get(f"{LIST}new/").context["form"]
    typed = sent(form, slug="privacy", title_es="Privacidad", text_es="# Qué\n\n<b>nada</b>", title_en="Privacy")

    looked = secretary.post(f"{LIST}new/", {**typed, "deed": "look"})
    assert ("<h2>Qué</h2>" in looked.text, "&lt;b&gt;nada&lt;/b&gt;" in looked.text) == (True, True)
    assert OwnPage.objects.count() == 0

    secretary.post(f"{LIST}new/", {**typed, "deed": "publish"})

    page = OwnPage.objects.get()
    assert (page.slug, page.state, Client().get("/es/pages/privacy/").status_code) == ("privacy", "published", 200)
    assert [entry.verb for entry in history.of(page)] == ["page written", "published"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"slug": "about"}, "slug"),
        ({"slug": "no vale"}, "slug"),
        ({"title_es": ""}, "title_es"),
        ({"text_es": ""}, "text_es"),
        ({"text_es": "x" * 20_001}, "text_es"),
        ({"position": "-1"}, "position"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field_and_not_lost(secretary, about, changed, field):
    typed = {"slug": "other", "title_es": "Título", "text_es": "Texto largo y pensado", "language": "es"}
    typed |= {"shelf": "footer", "position": "10", **changed}

    answer = secretary.post(f"{LIST}new/", {**typed, "deed": "keep"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert str(changed[field]) in answer.text
    assert OwnPage.objects.count() == 1


def test_what_stood_there_before_is_kept_and_can_be_taken_back(secretary, about, network):
    before = texts_of(fresh(about))
    write_page(
        page=about, slug="about", texts=words(text_es="Otra cosa.", title_fr="", text_fr=""), language="es", by=None
    )
    assert "Otra cosa." in Client().get("/es/pages/about/").text
    address = f"{LIST}{about.pk}/versions/1/"
    assert "Río Manso." in secretary.get(address).text

    secretary.post(address)

    assert texts_of(fresh(about)) == before
    assert "Río Manso." in Client().get("/es/pages/about/").text
    assert list(about.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert secretary.get(f"{LIST}{about.pk}/versions/9/").status_code == 404


def test_saving_the_same_makes_no_version(about):
    write_page(page=about, slug="about", texts=words(), language="es", by=None)

    assert about.versions.count() == 1


def test_another_language_of_its_own_loses_no_words(about):
    write_page(page=about, slug="about", texts=words(), language="fr", by=None)

    assert (fresh(about).language, texts_of(fresh(about))) == ("fr", words())


def test_a_page_without_words_and_a_hand_that_may_not_are_refused(network, about):
    with pytest.raises(NoWords):
        write_page(page=None, slug="x", texts={"title_es": "Solo título"}, language="es", by=None)
    for deed in (
        lambda: write_page(page=about, slug="x", texts=words(), language="es", by=network.member),
        lambda: publish_page(page=about, by=network.member),
        lambda: take_back(page=about, version=about.versions.get(), by=network.member),
    ):
        with pytest.raises(PermissionError):
            deed()
    assert fresh(about).slug == "about"


def test_the_list_says_what_is_missing_and_costs_the_same_for_three_and_for_thirty(
    secretary, network, django_assert_max_num_queries
):
    counts = []
    for many in (3, 30):
        for number in range(OwnPage.objects.count(), many):
            texts = {"title_es": f"Página {number}", "text_es": "x", "title_pt": "P", "text_pt": "y"}
            write_page(page=None, slug=f"page-{number}", texts=texts, language="es", by=None)
        secretary.get(LIST)
        with django_assert_max_num_queries(12) as asked:
            page = secretary.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert page.text.count("English, Français") == 30
