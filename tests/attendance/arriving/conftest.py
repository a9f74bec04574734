"""A meeting of an hour in a room of a BigBlueButton server."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from plaza.directory.models import KnownAddress
from plaza.meetings.choices import MeetingStatus, VenueKind
from plaza.meetings.domain.online import set_online
from plaza.meetings.models import Meeting
from plaza.registration.domain import deciding, desks
from plaza.registration.domain.registering import Given, register
from tests import network_kept
from tests.attendance.arriving.story import TEN, post


@pytest.fixture
def network(db):
    return network_kept.network()


@pytest.fixture
def meeting(network, bbb):
    """An hour, a room of its own; Inês of nowhere we know and Ana of the directory, who is on stage, have a place."""
    found = network.meetings["river"]
    with time_machine.travel(TEN - dt.timedelta(days=1)):
        Meeting.objects.filter(pk=found.pk).update(
            status=MeetingStatus.ANNOUNCED,
            timezone="America/Guayaquil",
            starts_at=TEN,
            ends_at=TEN + dt.timedelta(hours=1),
            date_start=TEN.date(),
            date_end=TEN.date(),
        )
        found.refresh_from_db()
        set_online(meeting=found, kind=VenueKind.BIGBLUEBUTTON, by=network.secretary)
        desk = desks.open_registration(meeting=found, by=network.secretary)
        KnownAddress.objects.create(person=network.people["Ana Ribera"], email="ana@riberas.example.org")
        for name, email in (("Inês Souza", "ines@example.org"), ("Ana R.", "ana@riberas.example.org")):
            row = register(desk=desk, given=Given(name=name, email=email, language="pt"))
            deciding.confirm_address(registration=row)
    bbb.clock = lambda: timezone.now().timestamp()
    bbb.post = post
    return Meeting.objects.get(pk=found.pk)
