"""Who keeps the records, and in which language she does."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


@pytest.fixture
def in_spanish() -> Iterator[None]:
    with override("es"):
        yield
