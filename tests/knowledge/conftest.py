from collections.abc import Iterator

import pytest

from tests.sites import Sites, sites


@pytest.fixture
def elsewhere(monkeypatch) -> Iterator[Sites]:
    """The sites of others: see tests/sites.py."""
    with sites(monkeypatch) as played:
        yield played
