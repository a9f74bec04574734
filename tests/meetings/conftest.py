"""A summit of three days in Riberas: two rooms, two tracks, a handful of sessions; times are those of Guayaquil."""

import datetime as dt
from dataclasses import dataclass

import pytest

from plaza.meetings.choices import MeetingKind, SessionKind
from plaza.meetings.domain.changes import add_session, remove_session
from plaza.meetings.domain.clocks import instant
from plaza.meetings.domain.hours import set_hours
from plaza.meetings.domain.places import add_room, add_track
from plaza.meetings.domain.programme import add_meeting, put_on_stage
from plaza.meetings.models import Meeting, Room, Session, Track
from tests.network import Network

ZONE = "America/Guayaquil"


def at(day: int, clock: str, zone: str = ZONE) -> dt.datetime:
    """In October 2027, when no clocks are changed there."""
    return instant(dt.datetime.fromisoformat(f"2027-10-{day:02d}T{clock}"), zone)


@dataclass
class Summit:
    meeting: Meeting
    rooms: dict[str, Room]
    tracks: dict[str, Track]
    sessions: dict[str, Session]

    def session(self, title: str) -> Session:
        """As it is now."""
        return Session.objects.get(pk=self.sessions[title].pk)

    def add(self, title: str, day: int, begins: str, ends: str, room: str = "", **values: object) -> Session:
        self.sessions[title] = add_session(
            meeting=self.meeting,
            language="es",
            title=title,
            starts_at=at(day, begins),
            ends_at=at(day, ends),
            room=self.rooms[room] if room else None,
            by=None,
            **values,
        )
        return self.sessions[title]


@pytest.fixture
def summit(network: Network) -> Summit:
    meeting = add_meeting(
        title="Cumbre de los ríos", slug="cumbre", language="es", kind=MeetingKind.SUMMIT, by=network.secretary
    )
    set_hours(meeting=meeting, starts_at=at(5, "09:00"), ends_at=at(7, "18:00"), zone=ZONE, by=network.secretary)
    meeting.refresh_from_db()
    remove_session(session=meeting.sessions.get(), by=None)
    rooms = {name: add_room(meeting=meeting, name=name, by=None) for name in ("Sala Azul", "Sala Verde")}
    tracks = {name: add_track(meeting=meeting, name=name, by=None) for name in ("Agua", "Calles")}
    summit = Summit(meeting, rooms, tracks, {})
    summit.add("Apertura", 5, "09:00", "10:00", kind=SessionKind.CEREMONY)
    summit.add("El río crece", 5, "10:00", "12:00", "Sala Azul", track=tracks["Agua"])
    summit.add("Buses de noche", 5, "10:00", "11:00", "Sala Verde", track=tracks["Calles"], interpretation=["pt"])
    summit.add("Mercados", 5, "11:00", "12:00", "Sala Verde", track=tracks["Calles"])
    summit.add("Sirenas", 6, "09:00", "10:30", "Sala Azul", track=tracks["Agua"])
    for title, name, city in (
        ("El río crece", "Ana Ribera", "Riberas"),
        ("Buses de noche", "João Mar", "Porto Mar"),
        ("Mercados", "Rose Hill", "Hillside"),
    ):
        put_on_stage(
            session=summit.sessions[title], person=network.people[name], city=network.cities[city],
            affiliation="Alcaldía", by=None,
        )  # fmt: skip
    return summit
