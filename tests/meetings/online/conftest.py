"""A meeting that begins in five minutes, its room of BigBlueButton, and who sees to it."""

import datetime as dt

import pytest
from django.utils import timezone

from plaza.meetings.choices import MeetingStatus, VenueKind
from plaza.meetings.domain.online import set_online
from plaza.meetings.models import Meeting


@pytest.fixture
def meeting(network):
    """It begins in five minutes."""
    found = network.meetings["river"]
    now = timezone.now()
    Meeting.objects.filter(pk=found.pk).update(
        status=MeetingStatus.ANNOUNCED,
        timezone="America/Bogota",
        starts_at=now + dt.timedelta(minutes=5),
        ends_at=now + dt.timedelta(minutes=95),
    )
    return Meeting.objects.get(pk=found.pk)


@pytest.fixture
def room(meeting, bbb, network):
    return set_online(meeting=meeting, kind=VenueKind.BIGBLUEBUTTON, records=True, by=network.secretary)


@pytest.fixture
def desk(client, network):
    client.force_login(network.secretary)
    return client
