"""Forms of a meeting's desk: what it is, when, where, what it says in four languages."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField
from plaza.core.form_languages import LanguagesForm
from plaza.core.languages import CHOICES
from plaza.core.record_fields import Number
from plaza.core.translations import Translated
from plaza.directory.domain.finding import cities_field, city_field, organisation_field
from plaza.knowledge.choices import Visibility
from plaza.knowledge.domain.records import topics_field
from plaza.meetings.choices import MeetingKind, MeetingMode, OrganiserRole
from plaza.meetings.domain.changes import change_meeting
from plaza.meetings.domain.clocks import HourTwice, NoSuchHour, instant, wall_clock
from plaza.meetings.domain.hours import Keeps, UnknownZone, move_to_zone, set_hours
from plaza.meetings.domain.organisers import name_organiser
from plaza.meetings.domain.parts import InsideItself, put_inside
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.domain.records import series_field
from plaza.meetings.domain.records_of_sessions import meeting_field
from plaza.meetings.models import Meeting
from plaza.meetings.zones import called, zone_choices
from plaza.topics.models import Topic


def _labelled(field: Any, label: Any, hint: Any = "") -> Any:
    field.label, field.help_text = label, hint or field.help_text
    return field


class NewMeetingForm(forms.Form):
    title = PlainField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(
        label=_("Its own language"), choices=CHOICES, help_text=_("The one the others are translated from.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)

    def save(self, *, by: User) -> Meeting:
        data = self.cleaned_data
        return add_meeting(title=data["title"], language=data["language"], kind=MeetingKind(data["kind"]), by=by)


class TextsForm(LanguagesForm):
    lengths: ClassVar = {"title": 300, "summary": 4000}
    labels: ClassVar = {"title": _("Title"), "summary": _("Summary")}
    rows_of: ClassVar = {"summary": 4}

    def __init__(self, *args: Any, record: Translated, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.own = record.language

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if f"title_{self.own}" in data and not data[f"title_{self.own}"]:
            self.add_error(f"title_{self.own}", _("A meeting needs a title in its own language."))
        return data

    def save(self, meeting: Meeting, *, by: User) -> list[str]:
        return change_meeting(meeting=meeting, by=by, **self.values(meeting.language))


class AboutForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    mode = forms.ChoiceField(
        label=_("How one takes part"), choices=[("", _("not told")), *MeetingMode.choices], required=False
    )
    venue = PlainField(
        label=_("House and address"), max_length=300, required=False, help_text=_("As people will look for it.")
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreted into"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=Visibility.choices)
    number = Number(label=_("Number in the series"), max_value=32767)
    is_own = forms.BooleanField(label=_("The network holds it, and does not only take part"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        names = ("kind", "mode", "venue", "interpretation", "visibility", "number", "is_own", "series", "parent")
        initial = {name: getattr(meeting, name) for name in names}
        initial |= {name: list(getattr(meeting, name).select_related("country")) for name in ("places", "about")}
        initial["topics"] = list(meeting.topics.all())
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["places"] = _labelled(cities_field(), _("Cities where it is held"))
        self.fields["about"] = _labelled(cities_field(), _("Cities it is about"))
        some = "; ".join(topic.called for topic in Topic.objects.leaves()[:3])
        said = _("By their names, with semicolons between them, for example: %(names)s.") % {"names": some}
        self.fields["topics"] = _labelled(topics_field(), _("Topics"), said if some else "")
        self.fields["series"] = _labelled(
            series_field(), _("Series"), _("Its title. A new series is begun under Records, in the workspace.")
        )
        self.fields["parent"] = _labelled(
            meeting_field(), _("Part of another meeting"), _("Its title, or the word in its address.")
        )
        self.order_fields([*names[:5], "topics", "places", "about", "is_own", "series", "number", "parent"])
        self.meeting = meeting

    def save(self, *, by: User) -> bool:
        """False where it would be a part of itself: nothing was saved then."""
        values = dict(self.cleaned_data)
        try:
            put_inside(meeting=self.meeting, parent=values.pop("parent"), by=by)
        except InsideItself:
            self.add_error("parent", _("It would be a part of itself: that meeting is inside this one."))
            return False
        change_meeting(meeting=self.meeting, by=by, **values)
        return True


class ClockForm(forms.Form):
    """With hours of a wall clock; of one that comes twice it is asked which of the two is meant."""

    which = forms.ChoiceField(
        label=_("Which of the two"),
        choices=[
            ("", _("choose")),
            ("0", _("the first, before the clocks are put back")),
            ("1", _("the second, after it")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound or "which" not in self.data:
            self._which = self.fields.pop("which")

    def instant_of(self, day: dt.date | None, hour: dt.time | None, zone: str, field: str) -> dt.datetime | None:
        """None, with the reason beside the field, where the clocks there never show it, or show it twice."""
        if day is None or hour is None or not zone:
            return None
        asked = self.data.get("which", "")
        try:
            return instant(dt.datetime.combine(day, hour), zone, which=int(asked) if asked in ("0", "1") else None)
        except NoSuchHour as odd:
            said = _("On %(day)s the clocks of %(zone)s are put forward and never show %(hour)s. Choose another hour.")
            self.add_error(field, said % _of(odd))
        except HourTwice as odd:
            said = _(
                "On %(day)s the clocks of %(zone)s are put back and show %(hour)s twice. Say which of the two you mean."
            )
            self.add_error(field, said % _of(odd))
            if "which" not in self.fields:
                self.fields["which"] = self._which
        return None


def _of(odd: NoSuchHour | HourTwice) -> dict[str, str]:
    return {
        "day": formats.date_format(odd.wall, "DATE_FORMAT"),
        "zone": called(odd.zone),
        "hour": f"{odd.wall:%H:%M}",
    }


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def hour_field(label: Any, **options: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class HoursForm(ClockForm):
    timezone = forms.ChoiceField(label=_("By the clocks of"))
    first_day = day_field(_("First day"))
    first_hour = hour_field(_("Begins at"))
    last_day = day_field(_("Last day"), required=False, help_text=_("Empty: the same day."))
    last_hour = hour_field(_("Ends at"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        zone = meeting.timezone
        initial: dict[str, Any] = {"timezone": zone, "first_day": meeting.date_start, "last_day": meeting.date_end}
        if meeting.starts_at and meeting.ends_at:
            starts, ends = wall_clock(meeting.starts_at, zone), wall_clock(meeting.ends_at, zone)
            initial |= {"first_day": starts.date(), "first_hour": starts.time()}
            initial |= {"last_day": ends.date(), "last_hour": ends.time()}
        super().__init__(*args, initial=initial, **kwargs)
        self.meeting = meeting
        field: Any = self.fields["timezone"]
        field.choices = zone_choices(zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        zone = data.get("timezone", "")
        starts = self.instant_of(data.get("first_day"), data.get("first_hour"), zone, "first_hour")
        ends = self.instant_of(data.get("last_day") or data.get("first_day"), data.get("last_hour"), zone, "last_hour")
        if starts and ends and ends <= starts:
            self.add_error("last_hour", _("It ends before it begins: look at the days and the hours."))
        return data | {"starts_at": starts, "ends_at": ends}

    def save(self, *, by: User) -> list[str]:
        data = self.cleaned_data
        return set_hours(
            meeting=self.meeting, starts_at=data["starts_at"], ends_at=data["ends_at"], zone=data["timezone"], by=by
        )


class ZoneForm(forms.Form):
    zone = forms.ChoiceField(label=_("To the clocks of"))
    keeps = forms.ChoiceField(
        label=_("What stays"),
        widget=forms.RadioSelect,
        choices=[
            (Keeps.WALL_CLOCK.value, _("The hour on the clock: nine o’clock stays nine o’clock, there.")),
            (Keeps.INSTANT.value, _("The moment itself: whoever is to come at that moment comes at that moment.")),
        ],
        initial=Keeps.WALL_CLOCK.value,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        field: Any = self.fields["zone"]
        field.choices = zone_choices()

    def save(self, *, by: User) -> bool:
        """False where an hour of the programme does not exist there, with the reason beside the field."""
        data = self.cleaned_data
        try:
            move_to_zone(meeting=self.meeting, zone=data["zone"], keeps=Keeps(data["keeps"]), by=by)
        except NoSuchHour as odd:
            said = _("Nothing was moved: on %(day)s the clocks of %(zone)s are put forward and never show %(hour)s.")
            self.add_error("zone", said % _of(odd))
            return False
        except UnknownZone:
            self.add_error("zone", _("There are no clocks of that name."))
            return False
        return True


class OrganiserForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=OrganiserRole.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"] = _labelled(city_field(), _("City"))
        self.fields["organization"] = _labelled(organisation_field(), _("Organisation"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("city")) == bool(data.get("organization")):
            raise forms.ValidationError(_("A city or an organisation holds a meeting: name one of the two."))
        return data

    def save(self, meeting: Meeting, *, by: User) -> None:
        data = self.cleaned_data
        name_organiser(
            meeting=meeting,
            role=OrganiserRole(data["role"]),
            city=data["city"] or None,
            organization=data["organization"] or None,
            by=by,
        )
