import re
import uuid

import pytest

from plaza.corrections.models import Correction


@pytest.fixture
def form():
    """What somebody fills in on the page of Ana Ribera."""
    return {
        "about": "/es/people/ana-ribera/",
        "form_key": str(uuid.uuid4()),
        "kind": "correction",
        "wrong": "Ya no soy alcaldesa.",
        "wish": "Ex alcaldesa de Riberas (2020–2024).",
        "capacity": "self",
        "name": "Ana Ribera Núñez",
        "email": "ana@example.org",
        "website": "",
    }


@pytest.fixture
def ask(network, client, form):
    """`ask(**changed)` → the answer of the server to her form."""

    def ask(language="es", **changed):
        return client.post(f"/{language}/corrections/", {**form, **changed})

    return ask


@pytest.fixture
def asked(ask):
    """A request that was taken in."""
    ask()
    return Correction.objects.get()


def plain(response):
    """Its words, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())
