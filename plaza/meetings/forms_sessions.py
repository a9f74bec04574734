"""Forms of sessions, of who is on stage in them, and of tracks and rooms."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField
from plaza.core.form_languages import LanguagesForm
from plaza.core.languages import CHOICES
from plaza.core.record_fields import Number
from plaza.directory.domain.finding import city_field, organisation_field, person_field
from plaza.meetings.choices import AppearanceRole, SessionKind
from plaza.meetings.domain.changes import add_session, blank_session, change_session
from plaza.meetings.domain.clocks import wall_clock
from plaza.meetings.domain.places import NameTaken, add_room, add_track, change_place
from plaza.meetings.domain.posts import post_on
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.forms import ClockForm, day_field, hour_field
from plaza.meetings.models import Appearance, Meeting, Room, Session, Track


class SessionForm(ClockForm):
    """`session` None: a new one, which has its title in the language it is held in."""

    title = PlainField(label=_("Title"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices)
    day = day_field(_("Day"), required=False)
    starts = hour_field(_("Begins at"), required=False)
    ends = hour_field(_("Ends at"), required=False)
    room = forms.ModelChoiceField(
        label=_("Room"), queryset=Room.objects.none(), required=False, empty_label=_("not told")
    )
    track = forms.ModelChoiceField(
        label=_("Track"), queryset=Track.objects.none(), required=False, empty_label=_("not told")
    )
    language = forms.ChoiceField(label=_("Held in"), choices=CHOICES)
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreted into"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_cancelled = forms.BooleanField(label=_("It is cancelled"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, session: Session | None = None, **kwargs: Any) -> None:
        self.meeting, self.session = meeting, session
        super().__init__(*args, initial=self._initial(meeting, session) | kwargs.pop("initial", {}), **kwargs)
        for name, rows in (("room", meeting.rooms.all()), ("track", meeting.tracks.all())):
            field: Any = self.fields[name]
            field.queryset, field.label_from_instance = rows, lambda row: row.name
            if not rows:
                del self.fields[name]
        if session is None:
            del self.fields["is_cancelled"]
        else:
            del self.fields["title"]  # it stands among the texts

    @staticmethod
    def _initial(meeting: Meeting, session: Session | None) -> dict[str, Any]:
        zone = meeting.clocks
        if session is None:
            first = wall_clock(meeting.starts_at, zone).date() if meeting.starts_at else meeting.date_start
            return {"day": first, "language": meeting.language}
        names = ("kind", "room", "track", "language", "interpretation", "is_cancelled")
        found = {name: getattr(session, name) for name in names}
        if session.starts_at and session.ends_at:
            starts, ends = wall_clock(session.starts_at, zone), wall_clock(session.ends_at, zone)
            found |= {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, zone = data.get("day"), self.meeting.timezone
        starts, ends = data.get("starts"), data.get("ends")
        if (starts or ends) and not zone:
            self.add_error("starts", _("First say when the meeting is, and by which clocks: sessions follow them."))
        elif (starts is None) != (ends is None):
            self.add_error("ends" if starts else "starts", _("A session has both hours, or none yet."))
        elif starts and not day:
            self.add_error("day", _("Say on which day."))
        elif starts and ends:
            # What ends at midnight or after it ends on the next day.
            last = day + dt.timedelta(days=1) if day and ends <= starts and ends <= dt.time(5) else day
            data["starts_at"] = self.instant_of(day, starts, zone, "starts")
            data["ends_at"] = self.instant_of(last, ends, zone, "ends")
            if data["starts_at"] and data["ends_at"] and data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", _("It ends before it begins."))
        return data

    def save(self, *, by: User, texts: dict[str, str] | None = None) -> Session:
        data = {
            name: value for name, value in self.cleaned_data.items() if name not in ("day", "starts", "ends", "which")
        }
        data = {"starts_at": None, "ends_at": None} | data
        row = self.session or blank_session(self.meeting)
        if row is None:
            return add_session(meeting=self.meeting, by=by, **data)
        change_session(session=row, by=by, **data | (texts or {}))
        return row


class SessionTexts(LanguagesForm):
    lengths: ClassVar = {"title": 300, "summary": 4000}
    labels: ClassVar = {"title": _("Title"), "summary": _("Summary")}
    rows_of: ClassVar = {"summary": 3}


class StageForm(forms.Form):
    """Somebody on stage. Where no post is written, it is the one she held on that day."""

    role = forms.ChoiceField(label=_("Role"), choices=AppearanceRole.choices)
    affiliation = PlainField(
        label=_("Post on that day"),
        max_length=300,
        required=False,
        help_text=_("Empty: the post the directory knows for that day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = {
            "person": (person_field(), _("Person")),
            "city": (city_field(), _("City")),
            "organization": (organisation_field(), _("Organisation")),
        }
        for name, (field, label) in fields.items():
            field.label, field.required = label, name == "person"
            self.fields[name] = field
        self.order_fields(["person", "role", "affiliation", "city", "organization"])

    def save(self, session: Session, *, by: User) -> Appearance:
        data = self.cleaned_data
        values: dict[str, Any] = {name: data[name] or None for name in ("city", "organization")}
        values["affiliation"] = data["affiliation"]
        if not any(values.values()):
            values = post_on(data["person"], session)
        return put_on_stage(session=session, person=data["person"], role=AppearanceRole(data["role"]), by=by, **values)


class PlaceForm(LanguagesForm):
    """A track or a room, called in four languages; a room has seats."""

    lengths: ClassVar = {"name": 120}
    labels: ClassVar = {"name": _("Name")}

    def __init__(self, *args: Any, meeting: Meeting, place: Track | Room | None, is_room: bool, **kwargs: Any) -> None:
        super().__init__(*args, record=place, **kwargs)
        self.meeting, self.place, self.is_room = meeting, place, is_room
        if is_room:
            self.fields["seats"] = Number(label=_("Seats"), initial=getattr(place, "seats", None))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        own = f"name_{self.place.language if self.place else self.meeting.language}"
        if own in data and not data[own]:
            self.add_error(own, _("It needs a name in the meeting’s own language."))
        return data

    def save(self, *, by: User) -> bool:
        """False where the meeting has another of that name."""
        values: dict[str, Any] = self.values(self.place.language if self.place else self.meeting.language)
        if self.is_room:
            values["seats"] = self.cleaned_data.get("seats")
        try:
            if self.place is not None:
                change_place(place=self.place, by=by, **values)
            else:
                (add_room if self.is_room else add_track)(meeting=self.meeting, by=by, **values)
        except NameTaken:
            language = self.place.language if self.place else self.meeting.language
            self.add_error(f"name_{language}", _("The meeting has another of that name."))
            return False
        return True
