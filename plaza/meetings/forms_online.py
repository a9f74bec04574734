"""The form of a meeting's place online."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.egress import MOST_LETTERS
from plaza.core.form_fields import PlainField
from plaza.meetings.choices import VenueKind
from plaza.meetings.domain.online import InUse, NoServer, set_online
from plaza.meetings.models import MOST_BEFORE, OPENS_BEFORE, Meeting, OnlineVenue
from plaza.venues.configured import bigbluebutton
from plaza.venues.plain_link import NOT_A_LINK, NotALink


class OnlineForm(forms.Form):
    """Without a server a room of it is not offered."""

    kind = forms.ChoiceField(label=_("Where people meet"), choices=VenueKind.choices, widget=forms.RadioSelect)
    address = PlainField(
        label=_("Link of the meeting"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy(NOT_A_LINK)},
        help_text=_(
            "Of Zoom, Teams, Google Meet, Jitsi or another tool, for a link only. Nobody sees it but who has a place and goes in."
        ),
    )
    records = forms.BooleanField(label=_("It may be recorded (a moderator begins and ends it)"), required=False)
    opens_before = forms.IntegerField(
        label=_("The door opens so many minutes before"), min_value=0, max_value=MOST_BEFORE, initial=OPENS_BEFORE
    )

    def __init__(self, data: Any, *, meeting: Meeting, venue: OnlineVenue | None) -> None:
        names = ("kind", "address", "records", "opens_before")
        initial = {name: getattr(venue, name) for name in names} if venue else {"kind": VenueKind.PLAIN}
        super().__init__(data, initial=initial)
        self._meeting = meeting
        if bigbluebutton() is None:
            field: Any = self.fields["kind"]
            field.choices = [(VenueKind.PLAIN.value, VenueKind.PLAIN.label)]
            self.fields["address"].required = True
            del self.fields["records"]

    def save(self, *, by: User) -> bool:
        """False where it was not saved: what is wrong stands beside its field."""
        data = self.cleaned_data
        try:
            set_online(
                meeting=self._meeting,
                kind=VenueKind(data["kind"]),
                address=data["address"],
                records=data.get("records", False),
                opens_before=data["opens_before"],
                by=by,
            )
        except NotALink as reason:
            self.add_error("address", gettext(reason.why))
        except NoServer:
            self.add_error("kind", _("No BigBlueButton server is set for this installation any more."))
        except InUse as reason:
            self.add_error("kind", gettext(reason.why))
        return not self.errors
