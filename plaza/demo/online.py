"""The demo's meeting by a plain link: it begins soon, and its door is open already, so that one sees how people go in."""

import datetime as dt
import tomllib
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.demo.course import add_told
from plaza.demo.network import DATA, cast
from plaza.directory.models import City, Person
from plaza.meetings.choices import AppearanceRole, MeetingKind, MeetingStatus, OrganiserRole, VenueKind
from plaza.meetings.domain.hours import set_hours
from plaza.meetings.domain.online import set_online
from plaza.meetings.domain.organisers import name_organiser
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.domain.states import move_meeting
from plaza.meetings.models import MOST_BEFORE, Meeting
from plaza.registration.domain.desks import open_registration
from plaza.registration.domain.registering import Given, register

# From the hour the demo is first loaded.
AHEAD: Final = dt.timedelta(hours=3)
LASTS: Final = dt.timedelta(minutes=90)


@transaction.atomic
def load_online(people: dict[str, Person]) -> Meeting:
    """The one that stands is left as it is."""
    row: dict[str, Any] = tomllib.loads((DATA / "online.toml").read_text("utf-8"))
    if standing := Meeting.objects.filter(slug=row["slug"]).first():
        return standing
    meeting = add_told(row, MeetingKind.CONVERSATION, row["topics"])
    begins = (timezone.now() + AHEAD).replace(minute=0, second=0, microsecond=0)
    set_hours(meeting=meeting, starts_at=begins, ends_at=begins + LASTS, zone=row["zone"], by=None)
    host, name = City.objects.get(slug=row["host"]), row["moderates"]
    name_organiser(meeting=meeting, role=OrganiserRole.HOST, city=host, by=None)
    post = next(person["post"] for person in cast()["person"] if person["name"] == name)
    put_on_stage(
        session=meeting.sessions.get(), person=people[name], role=AppearanceRole.MODERATOR, affiliation=post, city=host,
        by=None,
    )  # fmt: skip
    set_online(meeting=meeting, kind=VenueKind.PLAIN, address=row["link"], opens_before=MOST_BEFORE, by=None)
    move_meeting(meeting=meeting, to=MeetingStatus.ANNOUNCED, by=None)
    meeting.refresh_from_db()
    desk = open_registration(meeting=meeting, by=None)
    for user in User.objects.filter(email__in=row["coming"]).order_by("pk"):
        register(desk=desk, given=Given(name=user.name, email=user.email, language=user.language), by=user)
    return meeting
