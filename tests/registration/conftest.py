"""A meeting of two hours in Riberas, its registration open, for three people at most."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from plaza.directory.models import City
from plaza.mail.models import Letter
from plaza.meetings.choices import MeetingStatus
from plaza.meetings.models import Meeting
from plaza.registration.domain import desks
from plaza.registration.domain.links import path_of
from plaza.registration.domain.registering import Given, register
from plaza.registration.models import Registration
from tests.mail.conftest import postbox  # noqa: F401  a real mail server

LINK = re.compile(r"http://127\.0\.0\.1(/\w\w/registration/\w+/)")
FORM = {"name": "Inês Souza", "email": "ines@example.org", "language": "pt", "sector": "public", "city": "Porto Mar"}


def at_nine(days=10):
    """Nine o'clock in São Paulo, so many days from now."""
    there = timezone.now() + dt.timedelta(days=days)
    return there.astimezone(dt.UTC).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def meeting(network):
    found = network.meetings["river"]
    found.status, found.timezone = MeetingStatus.ANNOUNCED, "America/Bogota"
    found.starts_at, found.ends_at = at_nine(), at_nine() + dt.timedelta(hours=2)
    found.save()
    City.objects.filter(slug="porto-mar").update(timezone="America/Sao_Paulo")
    for city in network.cities.values():
        city.refresh_from_db()
    return found


@pytest.fixture
def desk(meeting, network):
    desks.set_up(meeting=meeting, by=network.secretary, seats=3)
    return desks.open_registration(meeting=meeting, by=network.secretary)


@pytest.fixture
def send(client, desk):
    """`send(**changed)` → the answer of the server to her form."""

    def send(spoken="pt", **changed):
        return client.post(f"/{spoken}/meetings/river/register/", {**FORM, **changed})

    return send


def somebody(desk, number, **changed):
    """Registered by the deed that the form calls."""
    given = {"name": f"Person {number}", "email": f"p{number}@example.org", "language": "es", **changed}
    return register(desk=desk, given=Given(**given))


def state_of(row):
    return Registration.objects.get(pk=row.pk).state


def states(meeting=None):
    """In the order of arrival."""
    return list(Registration.objects.order_by("number").values_list("state", flat=True))


def link_in(letter):
    return LINK.search(letter.text)[1]


def last_letter():
    return Letter.objects.order_by("-pk").first()


def page_of(row):
    return path_of(Registration.objects.get(pk=row.pk)).replace("/es/", f"/{row.language}/")


def reloaded(meeting):
    return Meeting.objects.get(pk=meeting.pk)
