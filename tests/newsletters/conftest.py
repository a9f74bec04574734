import re

import pytest

from plaza.core.secret_links import hash_of
from plaza.mail.domain import lists
from plaza.mail.models import Letter
from plaza.newsletters.domain import issues, segments, subscribing
from plaza.newsletters.domain.links import token_of
from plaza.newsletters.models import LIST, Segment, Subscriber
from tests.mail.conftest import postbox  # noqa: F401  a real mail server

LINK = re.compile(r"http://127\.0\.0\.1(/\w\w/newsletter/\w+/)")
WORDS = {
    "es": (
        "Tres ciudades contra las inundaciones",
        "Hola:\n\n## Lo nuevo\n\n- **Riberas** avisa a [sus vecinos](https://red.example/es/)",
    ),
    "pt": ("Três cidades contra as enchentes", "Olá,\n\nRiberas avisa os vizinhos."),
}


@pytest.fixture
def form():
    return {"email": "ana@example.org", "name": "Ana Ribera", "language": "es", "agrees": "on", "website": ""}


@pytest.fixture
def ask(network, client, form):
    """`ask(**changed)` → the answer of the server to her form."""

    def ask(spoken="es", **changed):
        return client.post(f"/{spoken}/newsletter/", {**form, **changed})

    return ask


def link_in(letter):
    """The path of the link that confirms."""
    return LINK.search(letter.text)[1]


def last_link():
    return link_in(Letter.objects.order_by("-pk").first())


def subscribed(email, language="es", **more):
    """Somebody who asked and confirmed."""
    subscribing.ask(email=email, language=language, name=more.pop("name", ""))
    Letter.objects.filter(to=email).delete()
    row = Subscriber.objects.get(email=email)
    subscribing._agree(row)
    Subscriber.objects.filter(pk=row.pk).update(**more)
    row.refresh_from_db()
    return row


def subscriber(number, **changed):
    """A row of somebody who agreed, to be written many at once."""
    email = changed.pop("email", f"{number}@many.example.org")
    row = Subscriber(email=email, address_hash=lists.place_of(LIST, email).address_hash, language="es", **changed)
    row.token_hash = hash_of(token_of(row))
    row.consent_words, row.consent_version, row.confirmed_at = "x", "1", row.asked_at
    return row


@pytest.fixture
def everybody(network):
    return segments.save_segment(segment=Segment(), name="Toda la red", choices={}, by=network.secretary)


@pytest.fixture
def draft(network, everybody):
    issue = issues.begin(by=network.secretary)
    return issues.write(issue=issue, words=WORDS, segment=everybody, by=network.secretary)


def plain(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())
