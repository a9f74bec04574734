"""The meeting of attendance's tests, of two hours on a March evening: people with a place, reports, certificates."""

import datetime as dt
import os

import pytest
from django.db.models import Max
from django.utils import timezone

from plaza.certificates.domain import issuing, pdf
from plaza.certificates.domain.candidates import roll_of
from plaza.certificates.models import Certificate
from plaza.core.dates import ImpreciseDate
from plaza.core.folding import fold
from plaza.core.secret_links import hash_of
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.hours import set_hours
from plaza.meetings.domain.parts import put_inside
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.models import Meeting
from plaza.registration.domain.desks import set_up
from plaza.registration.domain.links import door_code_of, token_of
from plaza.registration.models import Registration
from tests.attendance.conftest import held, network, receive  # noqa: F401  its fixtures

DESK = "/es/workspace/meetings/encuentro/certificates/"


def row_of(name, minutes, email="", day=12, start="15:00", city=""):
    """Of a report: so many minutes from an hour on."""
    begins = dt.datetime.fromisoformat(f"2026-03-{day:02d}T{start}:00")
    ends = begins + dt.timedelta(minutes=minutes)
    return f"{name},{email},{begins.isoformat()}Z,{ends.isoformat()}Z,{minutes},{city}"


def with_place(meeting, name, email, *, proved=True, language="pt", checked_in=False, **values):
    """Somebody whose place is confirmed."""
    set_up(meeting=meeting, by=None)
    last = meeting.registrations.aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    row = Registration(
        meeting=meeting, number=last + 1, name=name, name_sort=fold(name), email=email, language=language,
        state="confirmed", seated_at=now, address_confirmed_at=now if proved else None,
        checked_in_at=now if checked_in else None, **{"city_words": "Porto Mar", **values},
    )  # fmt: skip
    row.token_hash, row.door_hash = hash_of(token_of(row)), hash_of(door_code_of(row))
    row.save()
    return row


def all_issued(meeting, network):  # noqa: F811
    """By the job, once."""
    issuing.issue_all(meeting.pk, network.secretary.pk)
    return list(Certificate.objects.filter(meeting=meeting).order_by("pk"))


def found(meeting, name):
    return next(each for each in roll_of(meeting).people if each.name == name)


@pytest.fixture
def ines(held):  # noqa: F811
    return with_place(held, "Inês Souza", "ines@example.org")


@pytest.fixture
def certificate(held, network, receive, ines):  # noqa: F811
    """Hers, of a meeting at which she stayed 110 minutes of 120."""
    receive(row_of("Inês Souza", 110, "ines@example.org"))
    (row,) = all_issued(held, network)
    return row


@pytest.fixture
def secretary(network, client):  # noqa: F811
    client.force_login(network.secretary)
    return client


@pytest.fixture
def paper():
    """Where WeasyPrint and Pango are; elsewhere what needs them is passed over, and fails where programs are demanded."""
    if not pdf.is_there():
        reason = "WeasyPrint or Pango was not found: no PDF can be made"
        if os.environ.get("PLAZA_REQUIRE_PROGRAMS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def course(network):  # noqa: F811
    """Three evenings in March, an hour and a half each."""
    whole = add_meeting(
        title="Curso de alerta temprana", slug="curso", language="es", kind=MeetingKind.COURSE,
        status=MeetingStatus.HELD, date=ImpreciseDate(dt.date(2026, 3, 2), dt.date(2026, 3, 16)), by=None,
    )  # fmt: skip
    for number, day in enumerate((2, 9, 16), start=1):
        module = add_meeting(
            title=f"Módulo {number}", slug=f"modulo-{number}", language="es", kind=MeetingKind.WORKSHOP,
            status=MeetingStatus.HELD, by=None,
        )  # fmt: skip
        begins = dt.datetime(2026, 3, day, 15, tzinfo=dt.UTC)
        set_hours(
            meeting=module,
            starts_at=begins,
            ends_at=begins + dt.timedelta(minutes=90),
            zone="America/Guayaquil",
            by=None,
        )
        put_inside(meeting=module, parent=whole, by=None)
    return Meeting.objects.get(pk=whole.pk)
