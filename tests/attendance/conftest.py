"""A meeting of the cast's network that was held on a March evening, and reports of it."""

import datetime as dt

import pytest

from plaza.attendance.domain.receiving import receive_report
from plaza.core.dates import ImpreciseDate
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.models import Meeting
from tests import network_kept

HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),City"


def report_of(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


# Times with their zone: nothing is left open.
ANA = "Ana Ribera,,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,Riberas"
ANA_AGAIN = "Ana Ribera,,2026-03-12T15:30:00Z,2026-03-12T16:30:00Z,60,Riberas"
LUIS = "L. Prado,,2026-03-12T15:00:00Z,2026-03-12T15:20:00Z,20,"
GUEST = "Marta Lejana,marta@lejana.example.org,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,Hillside"
PHONE = "iPhone,,2026-03-12T15:10:00Z,2026-03-12T15:40:00Z,30,"
NOBODY = ",,2026-03-12T15:10:00Z,2026-03-12T15:40:00Z,30,"


@pytest.fixture
def network(db):
    return network_kept.network(has_recordings=False)


@pytest.fixture
def held(network) -> Meeting:
    meeting = add_meeting(
        title="Encuentro de riberas", slug="encuentro", language="es", kind=MeetingKind.WEBINAR,
        date=ImpreciseDate.of_day(dt.date(2026, 3, 12)), status=MeetingStatus.HELD, by=None,
    )  # fmt: skip
    meeting.starts_at = dt.datetime(2026, 3, 12, 15, tzinfo=dt.UTC)
    meeting.ends_at = dt.datetime(2026, 3, 12, 17, tzinfo=dt.UTC)
    meeting.timezone = "America/Guayaquil"
    meeting.save(update_fields=["starts_at", "ends_at", "timezone"])
    return meeting


@pytest.fixture
def receive(held, network):
    return lambda *rows, **options: receive_report(
        meeting=options.pop("meeting", held), data=report_of(*rows, **options), name="reporte.csv", by=network.secretary
    )
