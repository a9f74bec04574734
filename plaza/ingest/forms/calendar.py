"""Forms of the pages that bring in calendars."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.formats.calendars import MOST_BYTES, WhyNot
from plaza.ingest.domain.calendars import receive_calendar
from plaza.ingest.models import BroughtCalendar


class CalendarForm(forms.Form):
    file = forms.FileField(
        label=_("The calendar"),
        help_text=_("A file in the format iCalendar (.ics), as Google, Outlook and others export it; at most 10 MB."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(gettext(str(WhyNot.TOO_LARGE)))
        return file

    def receive(self, *, by: User) -> BroughtCalendar:
        """Raises Refused; then nothing was kept."""
        file = self.cleaned_data["file"]
        return receive_calendar(data=file.read(), name=file.name or "", by=by)
