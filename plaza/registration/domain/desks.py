"""The desk of a meeting: set up, opened, closed, and what it asks."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.records import changed
from plaza.core.translations import translate_by_hand
from plaza.directory.models import City
from plaza.meetings.choices import MeetingStatus
from plaza.meetings.domain.changes import change_meeting
from plaza.meetings.models import Meeting
from plaza.registration.choices import DeskStanding, QuestionKind
from plaza.registration.domain.seats import SHUT, held, move_on
from plaza.registration.models import DoorKeeper, KeptSeats, Question, RegistrationDesk

SETTINGS: Final = (
    *("intro", "opens_at", "closes_at", "seats", "releases_at", "needs_approval", "offer_hours"),
    *("asks_sector", "asks_city", "asks_accessibility"),
)


class NotAnnounced(Exception):
    """A draft, or a meeting that is over: nobody could register for it."""


class HasAnswers(Exception):
    """People have answered the question: its kind stays, and no option of it goes."""


def desk_of(meeting: Meeting) -> RegistrationDesk:
    """The desk of a meeting; a new one is kept when it is changed for the first time."""
    found = RegistrationDesk.objects.filter(meeting=meeting).select_related("meeting").first()
    return found or RegistrationDesk(meeting=meeting, language=meeting.language)


@transaction.atomic
def set_up(
    *, meeting: Meeting, by: User | None, kept: Mapping[City, int] | None = None, **values: Any
) -> RegistrationDesk:
    """Settings, words in other languages (`intro_pt`) and the seats kept for cities. More seats are offered at once."""
    RegistrationDesk.objects.get_or_create(meeting=meeting, defaults={"language": meeting.language})
    desk = held(RegistrationDesk.objects.get(meeting=meeting))
    fields = changed(desk, values, SETTINGS)
    if fields:
        desk.save(update_fields=fields)
    fields += translate_by_hand(subject=desk, texts=values, by=by)
    if kept is not None and dict(desk.kept_seats.values_list("city", "seats")) != {c.pk: n for c, n in kept.items()}:
        desk.kept_seats.all().delete()
        KeptSeats.objects.bulk_create(KeptSeats(desk=desk, city=city, seats=number) for city, number in kept.items())
        fields.append("kept_seats")
    if fields:
        history.record(verb="registration desk changed", by=by, subject=desk, fields=fields)
        move_on(desk)
    return desk


@transaction.atomic
def open_registration(*, meeting: Meeting, by: User | None) -> RegistrationDesk:
    """From now on. Raises NotAnnounced."""
    if meeting.status in SHUT:
        raise NotAnnounced(meeting.status)
    now = timezone.now()
    RegistrationDesk.objects.get_or_create(meeting=meeting, defaults={"language": meeting.language})
    desk = held(RegistrationDesk.objects.get(meeting=meeting))
    if desk.standing in (DeskStanding.OPEN, DeskStanding.FULL):
        return desk
    desk.opens_at = now
    if desk.closes_at is not None and desk.closes_at <= now:
        desk.closes_at = None
    desk.save(update_fields=["opens_at", "closes_at"])
    history.record(verb="registration opened", by=by, subject=desk)
    _say(desk, MeetingStatus.REGISTRATION_OPEN, by)
    move_on(desk)
    return desk


@transaction.atomic
def close_registration(*, meeting: Meeting, by: User | None) -> RegistrationDesk:
    """Nobody registers any more; the waiting list still moves."""
    desk = held(RegistrationDesk.objects.get(meeting=meeting))
    if desk.standing == DeskStanding.CLOSED:
        return desk
    now = timezone.now()
    desk.opens_at = min(desk.opens_at, now) if desk.opens_at else None
    desk.closes_at = now
    desk.save(update_fields=["opens_at", "closes_at"])
    history.record(verb="registration closed", by=by, subject=desk)
    _say(desk, MeetingStatus.CLOSED, by)
    move_on(desk)
    return desk


def _say(desk: RegistrationDesk, status: MeetingStatus, by: User | None) -> None:
    """The meeting says it too, while it stands between being announced and being held."""
    before = (MeetingStatus.ANNOUNCED, MeetingStatus.REGISTRATION_OPEN, MeetingStatus.CLOSED)
    if desk.meeting.status in before and desk.meeting.status != status:
        change_meeting(meeting=desk.meeting, by=by, status=status)
        desk.meeting.refresh_from_db(fields=["status"])


def turn_by_the_clock() -> int:
    """Desks whose hour has come: they open, close, or let go of the seats that were kept."""
    now = timezone.now()
    due = RegistrationDesk.objects.filter(
        Q(standing=DeskStanding.NOT_YET, opens_at__lte=now)
        | (~Q(standing=DeskStanding.CLOSED) & (Q(closes_at__lte=now) | Q(meeting__ends_at__lte=now)))
        | Q(standing=DeskStanding.FULL, releases_at__lte=now)
        | (~Q(standing=DeskStanding.CLOSED) & Q(meeting__status__in=SHUT))
    )
    for desk in due.order_by("pk"):
        with transaction.atomic():
            move_on(held(desk))
    return len(due)


@transaction.atomic
def save_question(
    *, desk: RegistrationDesk, question: Question | None, kind: QuestionKind, is_required: bool, by: User, **texts: str
) -> Question:
    """`texts`: `label`, `options` in the desk's language, `label_pt`, `options_pt` … Raises HasAnswers."""
    row = question or Question(desk=desk, language=desk.language, position=_next(desk))
    label, options = texts.pop("label"), texts.pop("options", "")
    was = len(row.options.splitlines())
    if row.pk and row.answers.exists() and (kind != row.kind or len(options.splitlines()) < was):
        raise HasAnswers(row.pk)
    row.kind, row.is_required, row.label, row.options = kind, is_required, label, options
    row.save()
    translate_by_hand(subject=row, texts=texts, by=by)
    history.record(
        verb="question of a meeting changed" if question else "question of a meeting added", by=by, subject=desk
    )
    return row


@transaction.atomic
def move_up(*, question: Question, by: User) -> None:
    """One place; the first stays."""
    above = question.desk.questions.filter(position__lt=question.position).last()
    if above is not None:
        above.position, question.position = question.position, above.position
        above.save(update_fields=["position"])
        question.save(update_fields=["position"])


@transaction.atomic
def remove_question(*, question: Question, by: User) -> None:
    """With its answers, and their files."""
    for answer in question.answers.exclude(file=""):
        storage, name = answer.file.storage, answer.file.name
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]
    history.record(verb="question of a meeting removed", by=by, subject=question.desk)
    question.delete()


def _next(desk: RegistrationDesk) -> int:
    return (desk.questions.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def put_at_door(*, desk: RegistrationDesk, user: User, by: User) -> DoorKeeper:
    """She may check in people of this meeting; asked again, the same."""
    row, is_new = DoorKeeper.objects.get_or_create(desk=desk, user=user)
    if is_new:
        history.record(verb="put at the door", by=by, subject=desk, user=user.pk)
    return row


@transaction.atomic
def take_from_door(*, keeper: DoorKeeper, by: User) -> None:
    """She may no more."""
    history.record(verb="taken from the door", by=by, subject=keeper.desk, user=keeper.user_id)
    keeper.delete()
