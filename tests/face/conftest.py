"""`plaza.network`: the folder is not named so, for `tests.network` is the cast."""

import pytest

from plaza.core.languages import LANGUAGES
from plaza.network.domain.own_pages import publish_page, write_page

TITLES = {"es": "Quiénes somos", "pt": "Quem somos", "en": "Who we are", "fr": "Qui nous sommes"}


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


@pytest.fixture
def about(network):
    """A page of the network's own, published, in four languages."""
    page = write_page(page=None, slug="about", texts=words(), language="es", by=network.secretary)
    publish_page(page=page, by=network.secretary)
    page.refresh_from_db()
    return page


def words(**changed):
    texts = {f"title_{language}": TITLES[language] for language in LANGUAGES}
    texts |= {f"text_{language}": f"## {TITLES[language]}\n\nRío Manso." for language in LANGUAGES}
    return texts | changed


def sent(form, **changed):
    """What a browser sends back of a form as it stands."""
    data = {}
    for field in form:
        value = field.value()
        if field.name not in ("logo", "without_logo") and value is not None:
            data[field.name] = value
    return data | changed
