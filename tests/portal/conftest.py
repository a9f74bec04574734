"""The sites of others, and a meeting that came out of an old page."""

from collections.abc import Iterator

import pytest

from plaza.ingest.domain.decisions import accept
from plaza.knowledge.models import Material
from tests.ingest.old_page import PAGE, received
from tests.sites import Sites, sites


@pytest.fixture
def elsewhere(monkeypatch) -> Iterator[Sites]:
    """The sites of others: see tests/sites.py."""
    with sites(monkeypatch) as played:
        yield played


@pytest.fixture
def meeting(network):
    """Of an old page, which named its materials and no address."""
    page = received(PAGE, network.secretary)
    return accept(proposal=page.proposals.get(number=1), by=network.secretary)


@pytest.fixture
def notes(meeting):
    return Material.objects.get(work__sessions__meeting=meeting, work__kind="notes")


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client
