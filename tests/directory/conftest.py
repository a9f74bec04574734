"""What the tests of the directory may ask for."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import network_kept
from tests.directory.terms import ADDRESS, a_term
from tests.network import Network


@pytest.fixture
def network(db: None) -> Network:
    """Cities and people, of whom nobody has met yet: most of what the directory does needs no recording."""
    return network_kept.network(has_recordings=False)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def term(network, today):
    """Ana's, of Riberas: it ends in twenty days."""
    return a_term(network, "Riberas", "Ana Ribera", ADDRESS, today + dt.timedelta(days=20))
