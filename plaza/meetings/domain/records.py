"""Series and meetings as records that are kept by hand and by sheet."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from plaza.accounts.access import Asker, is_staff
from plaza.accounts.models import User
from plaza.core.languages import CHOICES, DEFAULT
from plaza.core.record_fields import Choice, Number, Pointer, in_order, the_one
from plaza.core.records import Column, RecordKind, Values, translations_of
from plaza.core.translations import OwnLanguage
from plaza.directory.domain.finding import cities_field
from plaza.directory.domain.records import CITY
from plaza.knowledge.domain.records import (
    KIND,
    LANGUAGE,
    SUMMARY,
    TITLE,
    TRANSLATED,
    common_columns,
    dated_alike,
    own_language,
    title_column,
    without_emptied_choices,
)
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.changes import change_meeting, change_series
from plaza.meetings.domain.programme import add_meeting, open_series
from plaza.meetings.models import Meeting, Series

SERIES_CALLED: Final = ("serie", "ciclo", "série", "series", "cycle")


def series_called(text: str) -> Series:
    found: Series = the_one(
        text,
        by_slug=lambda slug: Series.objects.filter(slug=slug).first(),
        by_name=lambda name: list(Series.objects.filter(title__iexact=name)),
    )
    return found


def series_field() -> Pointer:
    return Pointer(find=series_called, show=_series_named)


def _series_named(series: Series) -> str:
    return series.title if series.slug == slugify(series.title)[:110] else f"{series.title} ({series.slug})"


def _series(user: Asker) -> "QuerySet[Series]":
    rows = Series.objects.prefetch_related("translations").order_by("title", "pk")
    return rows if is_staff(user) else rows.none()


def _called_alike(title: str) -> "QuerySet[Series]":
    """Of the same title, but for the marks that an address leaves out: there is one series of an address."""
    same = Q(title__iexact=title) | Q(slug=slugify(title)[:110] or "-")
    return Series.objects.prefetch_related("translations").filter(same)


@transaction.atomic
def _open(values: Values, by: User | None) -> Series:
    series = open_series(title=values["title"], language=values.get("language") or DEFAULT, by=by)
    _change_series(series, {name: text for name, text in values.items() if text and name != "title"}, by)
    return series


def _change_series(series: Series, values: Values, by: User | None) -> list[str]:
    try:
        return change_series(series=series, by=by, **without_emptied_choices(values, ("title", "language")))
    except OwnLanguage as error:
        raise ValidationError(own_language()) from error


SERIES: Final = RecordKind(
    name="series",
    label=gettext_lazy("Series of meetings"),
    one=gettext_lazy("One series"),
    visible_to=_series,
    columns=(
        title_column(),
        Column(
            "language", gettext_lazy("Language"), lambda: Choice(choices=CHOICES), lambda row: row.language,
            called=LANGUAGE, is_bulk=True, is_listed=True,
        ),
        *translations_of({"title": gettext_lazy("Title")}, {"title": TITLE}),
    ),
    identify=lambda row: str(row.slug),
    find=lambda slug: Series.objects.prefetch_related("translations").filter(slug=slug).first(),
    alike=lambda values: list(_called_alike(values["title"])),
    key=("title",),
    make=_open,
    change=_change_series,
    containing=lambda rows, words: rows.filter(title__icontains=words),
)  # fmt: skip


def _with_all(rows: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    return rows.select_related("series").prefetch_related("translations", "topics", "places__country")


def _meetings(user: Asker) -> "QuerySet[Meeting]":
    rows = _with_all(Meeting.objects.visible_to(user)).order_by("-pk")
    return rows if is_staff(user) else rows.none()


@transaction.atomic
def _make(values: Values, by: User | None) -> Meeting:
    given = {name: value for name, value in values.items() if value}
    first = {name: given.pop(name) for name in ("title", "date", "summary", "series", "status") if name in given}
    meeting = add_meeting(
        language=given.pop("language", DEFAULT), kind=given.pop("kind", MeetingKind.EVENT), by=by, **first
    )
    _change(meeting, given, by)
    return meeting


def _change(meeting: Meeting, values: Values, by: User | None) -> list[str]:
    kept = without_emptied_choices(values, ("title", "kind", "language", "status", "visibility"))
    try:
        return change_meeting(meeting=meeting, by=by, **kept)
    except OwnLanguage as error:
        raise ValidationError(own_language()) from error


def _places(meeting: Meeting) -> tuple[Any, ...]:
    return in_order(meeting.places.all())


MEETINGS: Final = RecordKind(
    name="meetings",
    label=gettext_lazy("Meetings"),
    one=gettext_lazy("Meeting"),
    visible_to=_meetings,
    columns=(
        title_column(),
        Column(
            "kind", gettext_lazy("Kind"), lambda: Choice(choices=MeetingKind.choices), lambda row: row.kind,
            called=KIND, is_bulk=True, is_listed=True,
        ),
        *common_columns(),
        Column(
            "status", gettext_lazy("State"), lambda: Choice(choices=MeetingStatus.choices), lambda row: row.status,
            called=("estado", "situação", "state", "status", "état"), is_bulk=True, is_listed=True,
        ),
        Column(
            "places", gettext_lazy("Places"), cities_field, _places,
            called=(*CITY, "lugar", "lugares", "sede", "local", "place", "places", "lieu", "lieux"), is_bulk=True,
        ),
        Column(
            "series", gettext_lazy("Series"), series_field, lambda row: row.series,
            called=SERIES_CALLED, is_bulk=True,
        ),
        Column(
            "number", gettext_lazy("Number in the series"), lambda: Number(max_value=32767), lambda row: row.number,
            called=("número", "edición", "edição", "number", "edition", "numéro", "édition"),
        ),
        *translations_of(TRANSLATED, {"title": TITLE, "summary": SUMMARY}),
    ),
    identify=lambda row: str(row.slug),
    find=lambda slug: _with_all(Meeting.objects.filter(slug=slug)).first(),
    alike=lambda values: dated_alike(_with_all(Meeting.objects.all()), values),
    key=("title", "date"),
    make=_make,
    change=_change,
    containing=lambda rows, words: rows.filter(Q(title__icontains=words) | Q(translations__text__icontains=words)).distinct(),
    address=lambda row: row.get_absolute_url(),
)  # fmt: skip
