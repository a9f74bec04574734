"""A BigBlueButton server of this installation."""

import pytest

from tests.venues.fake import Fake, served


@pytest.fixture
def bbb(settings):
    with served(Fake()) as fake:
        settings.BIGBLUEBUTTON_URL, settings.BIGBLUEBUTTON_SECRET = fake.url, fake.secret
        yield fake
