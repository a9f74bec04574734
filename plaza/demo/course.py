"""The demo's course: three evenings that are over, a cohort, reports of attendance, and certificates."""

import csv
import datetime as dt
import io
import tomllib
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from plaza.accounts.models import User
from plaza.attendance.domain.receiving import receive_report
from plaza.certificates.domain.issuing import issue_all
from plaza.certificates.domain.rules import set_rule
from plaza.core.languages import LANGUAGES
from plaza.demo.network import DATA
from plaza.directory.models import City
from plaza.mail.domain import outbox
from plaza.meetings.choices import MeetingKind, MeetingMode, MeetingStatus, OrganiserRole
from plaza.meetings.domain.changes import change_meeting
from plaza.meetings.domain.hours import set_hours
from plaza.meetings.domain.organisers import name_organiser
from plaza.meetings.domain.parts import put_inside
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.domain.states import move_meeting
from plaza.meetings.models import Meeting
from plaza.registration.domain.desks import close_registration, open_registration, set_up
from plaza.registration.domain.registering import Given, register
from plaza.topics.models import Topic

LANGUAGE: Final = "es"
BEGINS: Final = dt.time(18)
LASTS: Final = dt.timedelta(minutes=90)
HEAD: Final = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "City")
# Of the registration too: its letters would tell of days that are over.
LETTERS: Final = ("registration/confirmed", "certificates/issued")


@transaction.atomic
def load_course(by: User) -> Meeting:
    """The one that stands is left as it is."""
    row: dict[str, Any] = tomllib.loads((DATA / "course.toml").read_text("utf-8"))
    if standing := Meeting.objects.filter(slug=row["slug"]).first():
        return standing
    course = add_told(row, MeetingKind.COURSE, row["topics"])
    name_organiser(meeting=course, role=OrganiserRole.HOST, city=City.objects.get(slug=row["host"]), by=None)
    zone, today = ZoneInfo(row["zone"]), timezone.localdate()
    soon = dt.datetime.combine(today + dt.timedelta(days=1), BEGINS, zone)
    # People register while it is still to come.
    set_hours(meeting=course, starts_at=soon, ends_at=soon + LASTS, zone=row["zone"], by=None)
    move_meeting(meeting=course, to=MeetingStatus.ANNOUNCED, by=None)
    _register(course, row["cohort"])
    evenings = [dt.datetime.combine(today - dt.timedelta(days=each["before"]), BEGINS, zone) for each in row["module"]]
    set_hours(meeting=course, starts_at=evenings[0], ends_at=evenings[-1] + LASTS, zone=row["zone"], by=None)
    for number, (each, begins) in enumerate(zip(row["module"], evenings, strict=True)):
        module = add_told(each, MeetingKind.WORKSHOP)
        set_hours(meeting=module, starts_at=begins, ends_at=begins + LASTS, zone=row["zone"], by=None)
        put_inside(meeting=module, parent=course, by=None)
        _held(module)
        _attended(module, row["cohort"], number, by)
    close_registration(meeting=course, by=None)
    _held(course)
    set_rule(meeting=course, by=None, modules=row["asked"])
    issue_all(course.pk, by.pk)
    for who in row["cohort"]:
        for template in LETTERS:
            outbox.forget(to=who["email"], template=template)
    return course


def add_told(row: dict[str, Any], kind: MeetingKind, topics: list[str] | None = None) -> Meeting:
    """A meeting online, in four languages."""
    meeting = add_meeting(
        title=row["title"][LANGUAGE],
        summary=row.get("summary", {}).get(LANGUAGE, ""),
        slug=row["slug"],
        language=LANGUAGE,
        kind=kind,
        topics=Topic.objects.filter(code__in=topics or []),
        is_fictional=True,
        by=None,
    )
    texts = {
        f"{field}_{language}": row[field][language]
        for field in ("title", "summary")
        for language in LANGUAGES
        if field in row and language != LANGUAGE
    }
    change_meeting(meeting=meeting, by=None, mode=MeetingMode.ONLINE, **texts)
    return meeting


def _held(meeting: Meeting) -> None:
    meeting.refresh_from_db()
    if meeting.status == MeetingStatus.DRAFT:
        move_meeting(meeting=meeting, to=MeetingStatus.ANNOUNCED, by=None)
    move_meeting(meeting=meeting, to=MeetingStatus.HELD, by=None)
    meeting.refresh_from_db()


def _register(course: Meeting, cohort: list[dict[str, Any]]) -> None:
    course.refresh_from_db()
    set_up(meeting=course, by=None, seats=30)
    desk = open_registration(meeting=course, by=None)
    for who in cohort:
        city = City.objects.get(slug=who["city"])
        given = Given(name=who["name"], email=who["email"], language=who["language"], city=city, sector="public")
        register(desk=desk, given=given, by=User.objects.filter(email=who["email"]).first())


def _attended(module: Meeting, cohort: list[dict[str, Any]], number: int, by: User) -> None:
    """The report as a video tool saves it."""
    begins = module.starts_at
    assert begins is not None  # for the types: it was set
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(HEAD)
    for who in cohort:
        if minutes := who["minutes"][number]:
            ends = begins + dt.timedelta(minutes=minutes)
            sheet.writerow([who["name"], who["email"], _utc(begins), _utc(ends), minutes, ""])
    receive_report(meeting=module, data=written.getvalue().encode(), name=f"{module.slug}.csv", by=by)


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
