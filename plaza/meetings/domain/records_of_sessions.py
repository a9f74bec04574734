"""Sessions, and who appears in them, as records that are kept by hand and by sheet."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core.folding import fold
from plaza.core.languages import CHOICES
from plaza.core.plain import row_number
from plaza.core.record_fields import Choice, Number, Pointer, Words, the_one
from plaza.core.records import Column, RecordKind, Values, translations_of
from plaza.core.translations import OwnLanguage
from plaza.directory.domain.finding import city_field, organisation_field, person_field
from plaza.directory.domain.records import CITY, ORGANISATION, PERSON
from plaza.knowledge.domain.records import LANGUAGE, TITLE, own_language, without_emptied_choices
from plaza.meetings.choices import AppearanceRole
from plaza.meetings.domain.changes import (
    NumberTaken,
    RoleTaken,
    add_session,
    change_appearance,
    change_session,
)
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.models import Appearance, Meeting, Session

MEETING: Final = ("encuentro", "reunión", "evento", "reunião", "encontro", "meeting", "event", "rencontre", "réunion")
SESSION: Final = ("sesión", "número", "sessão", "session", "number", "numéro")


def meeting_called(text: str) -> Meeting:
    found: Meeting = the_one(
        text,
        by_slug=lambda slug: Meeting.objects.filter(slug=slug).first(),
        by_name=lambda name: list(Meeting.objects.filter(title__iexact=name)),
    )
    return found


def meeting_field() -> Pointer:
    # Two meetings often share a title: its slug stands with it.
    return Pointer(find=meeting_called, show=lambda meeting: f"{meeting.title} ({meeting.slug})")


def _by_id(rows: "QuerySet[Any]", text: str) -> Any:
    return rows.filter(pk=row_number(text)).first()


def _with_meeting(rows: "QuerySet[Session]") -> "QuerySet[Session]":
    return rows.select_related("meeting").prefetch_related("translations")


def _sessions(user: Asker) -> "QuerySet[Session]":
    rows = _with_meeting(Session.objects.visible_to(user)).order_by("-meeting", "number")
    return rows if is_staff(user) else rows.none()


def _same_session(values: Values) -> Sequence[Session]:
    """That of the number; without one, that of the title."""
    rows = _with_meeting(Session.objects.filter(meeting=values["meeting"]))
    if values.get("number"):
        return list(rows.filter(number=values["number"]))
    return list(rows.filter(title__iexact=values["title"])) if values.get("title") else []


def _add(values: Values, by: User | None) -> Session:
    given = {name: value for name, value in values.items() if value}
    try:
        return add_session(by=by, **({"language": values["meeting"].language} | given))
    except NumberTaken as error:
        raise ValidationError(_("The meeting has a session of that number already.")) from error
    except OwnLanguage as error:
        raise ValidationError(own_language()) from error


def _change(session: Session, values: Values, by: User | None) -> list[str]:
    kept = without_emptied_choices(values, ("number", "language", "meeting"))
    try:
        return change_session(session=session, by=by, **kept)
    except NumberTaken as error:
        raise ValidationError(_("The meeting has a session of that number already.")) from error
    except OwnLanguage as error:
        raise ValidationError(own_language()) from error


SESSIONS: Final = RecordKind(
    name="sessions",
    label=gettext_lazy("Sessions"),
    one=gettext_lazy("Session"),
    visible_to=_sessions,
    columns=(
        Column(
            "meeting", gettext_lazy("Meeting"), meeting_field, lambda row: row.meeting,
            called=MEETING, is_required=True, is_listed=True, is_fixed=True,
        ),
        Column(
            "number", gettext_lazy("Number"), lambda: Number(min_value=1, max_value=32767), lambda row: row.number,
            called=SESSION, is_listed=True,
        ),
        Column(
            "title", gettext_lazy("Title"), lambda: Words(max_length=300), lambda row: row.title,
            called=TITLE, is_listed=True,
        ),
        Column(
            "language", gettext_lazy("Language"), lambda: Choice(choices=CHOICES), lambda row: row.language,
            called=LANGUAGE, is_bulk=True, is_listed=True,
        ),
        *translations_of({"title": gettext_lazy("Title")}, {"title": TITLE}),
    ),
    identify=lambda row: str(row.pk),
    find=lambda text: _by_id(_with_meeting(Session.objects.all()), text),
    alike=_same_session,
    key=("meeting", "number", "title"),
    make=_add,
    change=_change,
    containing=lambda rows, words: rows.filter(Q(title__icontains=words) | Q(meeting__title__icontains=words)),
    told_by=lambda row: row.meeting,
    address=lambda row: row.meeting.get_absolute_url(),
)  # fmt: skip


def _whole(rows: "QuerySet[Appearance]") -> "QuerySet[Appearance]":
    return rows.select_related("session__meeting", "person", "city__country", "organization")


def _appearances(user: Asker) -> "QuerySet[Appearance]":
    rows = _whole(Appearance.objects.filter(session__in=Session.objects.visible_to(user)))
    return rows.order_by("-session__meeting", "session__number", "position", "pk") if is_staff(user) else rows.none()


def _same_appearance(values: Values) -> Sequence[Appearance]:
    rows = Appearance.objects.filter(
        session__meeting=values["meeting"], session__number=values.get("session") or 1, person=values["person"]
    )
    return list(_whole(rows.filter(role=values.get("role") or AppearanceRole.SPEAKER)))


@transaction.atomic
def _put(values: Values, by: User | None) -> Appearance:
    number = values.get("session") or 1
    session = values["meeting"].sessions.filter(number=number).first()
    if session is None:
        raise ValidationError(_("The meeting has no session %(number)s."), params={"number": number})
    given = {name: value for name, value in values.items() if value and name not in ("meeting", "session")}
    return put_on_stage(session=session, by=by, **given)


def _correct(row: Appearance, values: Values, by: User | None) -> list[str]:
    fixed = ("meeting", "session", "person")
    kept = {name: value for name, value in values.items() if name not in fixed}
    try:
        return change_appearance(appearance=row, by=by, **without_emptied_choices(kept, ("role",)))
    except RoleTaken as error:
        raise ValidationError(_("The person is in that session in that role already.")) from error


APPEARANCES: Final = RecordKind(
    name="appearances",
    label=gettext_lazy("Who speaks where"),
    one=gettext_lazy("Appearance"),
    visible_to=_appearances,
    columns=(
        Column(
            "meeting", gettext_lazy("Meeting"), meeting_field, lambda row: row.session.meeting,
            called=MEETING, is_required=True, is_listed=True, is_fixed=True,
        ),
        Column(
            "session", gettext_lazy("Session"), lambda: Number(min_value=1, max_value=32767),
            lambda row: row.session.number, called=SESSION, is_listed=True, is_fixed=True,
        ),
        Column(
            "person", gettext_lazy("Person"), person_field, lambda row: row.person,
            called=(*PERSON, "ponente", "orador", "palestrante", "speaker", "intervenant"),
            is_required=True, is_listed=True, is_fixed=True,
        ),
        Column(
            "role", gettext_lazy("Role"), lambda: Choice(choices=AppearanceRole.choices), lambda row: row.role,
            called=("papel", "rol", "função", "role", "rôle"), is_bulk=True, is_listed=True,
        ),
        Column(
            "affiliation", gettext_lazy("Post on that day"), lambda: Words(max_length=300),
            lambda row: row.affiliation, called=("cargo", "afiliación", "afiliação", "affiliation", "fonction"),
            is_listed=True,
        ),
        Column("city", gettext_lazy("City"), city_field, lambda row: row.city, called=CITY, is_bulk=True),
        Column(
            "organization", gettext_lazy("Organisation"), organisation_field, lambda row: row.organization,
            called=ORGANISATION, is_bulk=True,
        ),
    ),
    identify=lambda row: str(row.pk),
    find=lambda text: _by_id(_whole(Appearance.objects.all()), text),
    alike=_same_appearance,
    key=("meeting", "session", "person", "role"),
    make=_put,
    change=_correct,
    containing=lambda rows, words: rows.filter(
        Q(person__name_sort__contains=fold(words)) | Q(session__meeting__title__icontains=words)
    ),
    told_by=lambda row: row.session.meeting,
    address=lambda row: row.session.meeting.get_absolute_url(),
)  # fmt: skip
