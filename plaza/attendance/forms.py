"""Forms of the pages of attendance: the report, what it leaves open, and who somebody is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.models import User
from plaza.attendance.domain.deciding import say_times
from plaza.attendance.domain.receiving import receive_report
from plaza.attendance.domain.showing import days_by_order
from plaza.attendance.models import AttendanceImport
from plaza.core.form_fields import PlainField
from plaza.directory.domain.finding import person_called
from plaza.directory.models import Person
from plaza.formats.attendance import MOST_BYTES, WhyNot
from plaza.meetings.models import Meeting, Session
from plaza.meetings.zones import called, zone_choices


class ReportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The report of the video tool"),
        help_text=gettext_lazy(
            "Zoom, Teams, Google Meet or BigBlueButton, as it was saved: CSV or XLSX, at most 10 MB."
        ),
    )
    session = forms.ModelChoiceField(
        label=gettext_lazy("Of one session only"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=gettext_lazy("No, of the whole meeting"),
    )

    def __init__(self, *args: Any, meeting: Meeting) -> None:
        super().__init__(*args)
        self._meeting = meeting
        sessions = meeting.sessions.exclude(title="")
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]  # a ModelChoiceField
        if not sessions.exists():
            del self.fields["session"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_(str(WhyNot.TOO_LARGE.value)))
        return file

    def receive(self, *, by: User) -> AttendanceImport:
        """Raises Refused or HereAlready; then nothing was kept."""
        file, session = self.cleaned_data["file"], self.cleaned_data.get("session")
        return receive_report(meeting=self._meeting, data=file.read(), name=file.name or "", session=session, by=by)


class TimesForm(forms.Form):
    """What the report leaves open, and nothing else. The meeting's zone and day stand first, and nothing is chosen."""

    order = forms.ChoiceField(
        label=gettext_lazy("Which is right?"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The dates of the report can be read two ways. Its first time would be:"),
    )
    day = forms.DateField(
        label=gettext_lazy("Which day was it?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The report tells the times and not the day."),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("In which time zone are its times?"),
        help_text=gettext_lazy(
            "The report does not say it. It is the zone of the account that saved the report, which need not be the meeting’s."
        ),
    )

    def __init__(self, data: Any = None, *, report: AttendanceImport) -> None:
        super().__init__(data, initial={"order": report.order, "day": report.day, "zone": report.zone})
        self._report = report
        for name in set(self.fields) - set(report.asks):
            del self.fields[name]
        if "order" in self.fields:
            self.fields["order"].choices = days_by_order(report)  # type: ignore[attr-defined]  # a ChoiceField
        if "zone" in self.fields:
            self.fields["zone"].choices = _zones(report.meeting)  # type: ignore[attr-defined]  # as above

    def say(self, *, by: User) -> AttendanceImport:
        return say_times(report=self._report, by=by, **self.cleaned_data)


def _zones(meeting: Meeting) -> list[Any]:
    """The meeting's own first, then those that people call by their cities."""
    nothing, *others = zone_choices(meeting.timezone, _("Please choose"))
    own = (meeting.timezone, _("%(zone)s (the meeting’s)") % {"zone": called(meeting.timezone)})
    return [nothing, *([own] if meeting.timezone else []), *others]


class PersonForm(forms.Form):
    """Somebody of the directory by her name, or the last part of the address of her page."""

    name = PlainField(label=gettext_lazy("Another person of the directory: her name"), max_length=300)

    def clean_name(self) -> Person:
        return person_called(self.cleaned_data["name"])
