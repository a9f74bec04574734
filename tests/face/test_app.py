"""What makes an app of the site, and which pages a telephone may keep."""

import struct

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from plaza.network.domain.settings import change_settings
from plaza.network.middleware import KEEP

VISITORS = ["/es/", "/es/recordings/river/", "/es/ask/?q=rio", "/es/cities/", "/es/offline/"]


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_the_manifest_says_what_the_network_is_called_and_where_it_begins(network, client, language):
    change_settings(texts={"name_es": "Red del Río", "short_name_es": "Río"}, language="es", colour="#114477", by=None)

    answer = client.get(f"/{language}/app.webmanifest")

    said = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert {key: said[key] for key in ("name", "short_name", "lang", "start_url", "scope", "theme_color")} == {
        "name": "Red del Río",
        "short_name": "Río",
        "lang": language,
        "start_url": f"/{language}/",
        "scope": "/",
        "theme_color": "#114477",
    }
    assert f'<link rel="manifest" href="/{language}/app.webmanifest">' in client.get(f"/{language}/").text


def test_every_icon_has_the_size_it_says(network, client):
    sizes = {}
    for icon in client.get("/es/app.webmanifest").json()["icons"]:
        data = open(finders.find(icon["src"].removeprefix("/static/")), "rb").read()  # noqa: SIM115 a short test
        sizes[icon["purpose"], icon["sizes"]] = "{}x{}".format(*struct.unpack(">II", data[16:24]))

    assert sizes == {
        ("any", "192x192"): "192x192",
        ("any", "512x512"): "512x512",
        ("maskable", "512x512"): "512x512",
    }


def test_the_worker_is_a_script_of_ours_and_another_one_after_each_edit(network, client):
    first = client.get("/service-worker.js")

    change_settings(texts={"name_es": "Red del Río"}, language="es", languages=["es", "pt"], by=None)
    second = client.get("/service-worker.js")

    assert (first["Content-Type"], first["Cache-Control"]) == ("text/javascript", "no-cache")
    assert 'const OFFLINE = ["/es/offline/", "/pt/offline/", "/en/offline/", "/fr/offline/"];' in first.text
    assert 'const OFFLINE = ["/es/offline/", "/pt/offline/"];' in second.text
    assert "worker-src 'self'" in client.get("/es/")["Content-Security-Policy"]


@pytest.mark.parametrize("address", VISITORS)
def test_a_public_page_may_be_kept_by_a_visitor_and_not_while_signed_in(network, address):
    visitor, member = Client(), Client()
    member.force_login(network.member)

    assert visitor.get(address).get(KEEP) == "yes"
    assert member.get(address).get(KEEP) is None


@pytest.mark.parametrize(
    "address",
    [
        "/es/sign-in/",
        "/es/corrections/",
        "/es/questions-kept/",
        "/es/recordings/markets/",
        "/es/workspace/",
        "/es/ask.json",
    ],
)
def test_a_form_of_ones_own_a_closed_page_and_a_document_for_machines_are_not_kept(network, client, address):
    assert client.get(address).get(KEEP) is None
