"""What every test may ask for."""

import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from django.utils import translation

from plaza.core import kept_pages, kept_reads
from plaza.ui.templatetags.frame import typeset
from tests import emptied, migrated, network_kept
from tests.network import Network
from tests.venues.fake import Fake
from tests.venues.fake_served import served

# The same inputs in every run, so that what does not land is at fault itself; `make fuzz` draws new ones.
hypothesis.settings.register_profile("ordinary", derandomize=True)
hypothesis.settings.register_profile("wild", derandomize=False, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("PLAZA_HYPOTHESIS", "ordinary"))
TransactionTestCase._fixture_teardown = emptied.empty  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database of each worker is a copy."""
    django_settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = migrated.template()


@pytest.fixture
def network(db: None) -> Network:
    """A small named network: see tests/network.py."""
    return network_kept.network()


@pytest.fixture
def bbb(settings: object) -> Iterator[Fake]:
    """A BigBlueButton server of this installation: a verified fake, see tests/venues."""
    with served(Fake()) as fake:
        settings.BIGBLUEBUTTON_URL, settings.BIGBLUEBUTTON_SECRET = fake.url, fake.secret  # type: ignore[attr-defined]
        yield fake


@pytest.fixture(autouse=True)
def _own_media(settings: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")  # type: ignore[attr-defined]
    return


@pytest.fixture(autouse=True)
def _no_page_of_the_test_before() -> None:
    kept_pages.pages.clear()
    kept_reads.forget()
    typeset.clear()


@pytest.fixture(autouse=True)
def _no_language_of_the_test_before() -> None:
    """A page that was asked for leaves its language behind in the thread; the order of tests is by lot."""
    translation.deactivate()
