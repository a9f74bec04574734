"""Putting a meeting together: its series, itself, its sessions, who is on stage."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history, jobs
from plaza.core.dates import ImpreciseDate
from plaza.core.languages import Language
from plaza.core.slugs import free_slug
from plaza.directory.models import City, Organization, Person
from plaza.knowledge.models import Work
from plaza.meetings.choices import AppearanceRole, MeetingKind, MeetingStatus
from plaza.meetings.models import Appearance, Meeting, Series, Session
from plaza.topics.models import Topic


@transaction.atomic
def open_series(*, title: str, language: Language, by: User | None) -> Series:
    """The series of that title, made if there is none."""
    series, is_new = Series.objects.get_or_create(
        slug=slugify(title)[:110], defaults={"title": title, "language": language}
    )
    if is_new:
        history.record(verb="opened", by=by, subject=series)
    return series


@transaction.atomic
def add_meeting(
    *,
    title: str,
    language: Language,
    kind: MeetingKind,
    by: User | None,
    slug: str = "",
    summary: str = "",
    date: ImpreciseDate | None = None,
    series: Series | None = None,
    number: int | None = None,
    status: MeetingStatus = MeetingStatus.DRAFT,
    topics: Iterable[Topic] = (),
    is_fictional: bool = False,
) -> Meeting:
    """A new meeting with one session, which is all that a plain webinar needs. `number`: in the series; without one it
    follows the highest there is."""
    meeting = Meeting(
        slug=free_slug(Meeting.objects.all(), (slug or slugify(title))[:110] or "meeting"),
        title=title,
        summary=summary,
        language=language,
        kind=kind,
        series=series,
        number=(number or _following(series)) if series else None,
        status=status,
        is_fictional=is_fictional,
    )
    meeting.date = date
    meeting.save()
    meeting.topics.set(topics)
    meeting.sessions.create(number=1, language=language)
    history.record(verb="added", by=by, subject=meeting)
    jobs.later("plaza.search.tasks.index_meeting", meeting_id=meeting.pk)
    return meeting


def _following(series: Series) -> int:
    highest = series.meetings.aggregate(highest=Max("number"))["highest"]
    return int(highest or 0) + 1


@transaction.atomic
def remove_meeting(*, meeting: Meeting, by: User | None) -> None:
    """Takes a meeting away with its sessions, and out of what is found. Its works stay."""
    pk = meeting.pk
    history.record(verb="removed", by=by, subject=meeting)
    meeting.delete()
    jobs.later("plaza.search.tasks.index_meeting", meeting_id=pk)


@transaction.atomic
def put_on_stage(
    *,
    session: Session,
    person: Person,
    by: User | None,
    role: AppearanceRole = AppearanceRole.SPEAKER,
    affiliation: str = "",
    city: City | None = None,
    organization: Organization | None = None,
) -> Appearance:
    """The same person in the same role again is the same appearance."""
    appearance, is_new = Appearance.objects.get_or_create(
        session=session,
        person=person,
        role=role,
        defaults={
            "affiliation": affiliation,
            "city": city,
            "organization": organization,
            "position": session.appearances.count(),
        },
    )
    if is_new:
        history.record(verb="put on stage", by=by, subject=session.meeting, person=person.pk, role=role)
    return appearance


@transaction.atomic
def keep_work(*, session: Session, work: Work, by: User | None) -> None:
    """What a session left behind stands with it."""
    session.works.add(work)
    history.record(verb="kept", by=by, subject=session.meeting, work=work.pk)
