"""The demo's summit: three days that are still to come, with halls, tracks and people of the cast."""

import datetime as dt
import tomllib
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from plaza.core.languages import LANGUAGES
from plaza.demo.network import DATA, cast
from plaza.directory.models import City, Person
from plaza.meetings.choices import AppearanceRole, MeetingKind, MeetingMode, MeetingStatus, OrganiserRole, SessionKind
from plaza.meetings.domain.changes import add_session, change_meeting
from plaza.meetings.domain.hours import set_hours
from plaza.meetings.domain.organisers import name_organiser
from plaza.meetings.domain.places import add_room, add_track
from plaza.meetings.domain.programme import add_meeting, put_on_stage
from plaza.meetings.domain.states import move_meeting
from plaza.meetings.models import Meeting
from plaza.registration.domain.desks import open_registration, set_up
from plaza.topics.models import Topic

LANGUAGE: Final = "es"
# From the day the demo is first loaded: long enough to be planned for, on a Wednesday.
AHEAD: Final = dt.timedelta(days=45)
WEDNESDAY: Final = 2
SEATS: Final = 180


@transaction.atomic
def load_summit(people: dict[str, Person]) -> Meeting:
    """The one that stands is left as it is."""
    row: dict[str, Any] = tomllib.loads((DATA / "summit.toml").read_text("utf-8"))
    if standing := Meeting.objects.filter(slug=row["slug"]).first():
        return standing
    soon = timezone.localdate() + AHEAD
    first = soon + dt.timedelta(days=(WEDNESDAY - soon.weekday()) % 7)
    zone = ZoneInfo(row["zone"])

    def at(day: int, hour: str) -> dt.datetime:
        return dt.datetime.combine(first + dt.timedelta(days=day - 1), dt.time.fromisoformat(hour), zone)

    host = City.objects.get(slug=row["host"])
    meeting = add_meeting(
        title=row["title"][LANGUAGE],
        summary=row["summary"][LANGUAGE],
        slug=row["slug"],
        language=LANGUAGE,
        kind=MeetingKind.SUMMIT,
        topics=Topic.objects.filter(code__in=row["topics"]),
        is_fictional=True,
        by=None,
    )
    set_hours(meeting=meeting, starts_at=at(1, "09:00"), ends_at=at(row["days"], "12:00"), zone=row["zone"], by=None)
    texts = _others(row["title"], "title") | _others(row["summary"], "summary")
    change_meeting(
        meeting=meeting, by=None, mode=MeetingMode.MIXED, venue=row["venue"], places=[host], **texts
    )  # fmt: skip
    name_organiser(meeting=meeting, role=OrganiserRole.HOST, city=host, by=None)
    rooms = [
        add_room(
            meeting=meeting, name=room["name"][LANGUAGE], seats=room["seats"], by=None, **_others(room["name"], "name")
        )
        for room in row["room"]
    ]
    tracks = [
        add_track(meeting=meeting, name=track["name"][LANGUAGE], by=None, **_others(track["name"], "name"))
        for track in row["track"]
    ]
    posts = {person["name"]: person for person in cast()["person"]}
    meeting.sessions.all().delete()  # the one that a new meeting has: its programme stands below
    for each in row["session"]:
        language = each.get("language", LANGUAGE)
        session = add_session(
            meeting=meeting,
            language=language,
            title=each["title"][language],
            kind=SessionKind(each["kind"]),
            starts_at=at(each["day"], each["from"]),
            ends_at=at(each["day"], each["to"]),
            room=rooms[each["room"] - 1] if "room" in each else None,
            track=tracks[each["track"] - 1] if "track" in each else None,
            interpretation=each.get("interpretation", []),
            by=None,
            **_others(each["title"], "title", language),
        )
        for name in each["speaks"]:
            put_on_stage(
                session=session,
                person=people[name],
                role=AppearanceRole.PANELIST if each["kind"] == SessionKind.PANEL else AppearanceRole.SPEAKER,
                affiliation=posts[name]["post"],
                city=City.objects.get(slug=posts[name]["city"]),
                by=None,
            )
    move_meeting(meeting=meeting, to=MeetingStatus.ANNOUNCED, by=None)
    meeting.refresh_from_db()
    set_up(meeting=meeting, by=None, seats=SEATS)
    open_registration(meeting=meeting, by=None)
    return meeting


def _others(words: dict[str, str], field: str, own: str = LANGUAGE) -> dict[str, Any]:
    """In the languages that are not the record's own: `{"title_pt": …}`."""
    return {f"{field}_{language}": words[language] for language in LANGUAGES if language != own}
