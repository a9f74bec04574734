"""What is kept of a person, said for people: names of things and of fields, days, answers. Machines get the plain ones."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import formats
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from plaza.core.languages import NATIVE_NAMES
from plaza.core.verbs import VERBS

THINGS: Final[dict[str, str | Promise]] = {
    "account": _("Account"),
    "answer": _("Answer to a question"),
    "appearance": _("On stage"),
    "application for a city": _("Application for a city"),
    "attendance": _("Meeting you came to"),
    "certificate": _("Certificate"),
    "calendar link": _("Link to the calendar of your meetings"),
    "claim": _("Claim to a page"),
    "consent": _("Something you agreed to"),
    "deed": _("Something you did"),
    "expertise": _("Expertise"),
    "focal point": _("Focal point"),
    "former address": _("Address your account had before (only its trace is kept)"),
    "invitation": _("Invitation"),
    "invited to a meeting": _("Invitation to a meeting"),
    "known address": _("Known address"),
    "letter": _("Letter"),
    "named to come next": _("Named to come next"),
    "newsletter": _("Letter of the network"),
    "page": _("Page of a person"),
    "person": _("Person in the directory"),
    "post": _("Post"),
    "question to a meeting": _("Question to a meeting"),
    "recording": _("Recording"),
    "registration": _("Registration for a meeting"),
    "request": _("Request for a correction"),
    "role": _("Role in a place"),
    "seconding": _("Question you seconded"),
    "session": _("Where you are signed in"),
    "stay in a meeting": _("When you were there"),
    "subscription": _("Subscription"),
    "vote": _("Vote in a poll"),
}

FIELDS: Final[dict[str, str | Promise]] = {
    "accessibility": _("Accessibility needs"),
    "address": _("Address on the internet"),
    "affiliation": _("Affiliation"),
    "agreed_to": _("What you agreed to"),
    "answer": _("Answer"),
    "asked": _("Asked on"),
    "at": _("When"),
    "bio": _("About the person"),
    "checked_in": _("Checked in on"),
    "city": _("City"),
    "code": _("Code"),
    "confirmed": _("Confirmed on"),
    "created": _("Since"),
    "email": _("E-mail address"),
    "end": _("Last day"),
    "ended_why": _("Why it was revoked"),
    "evidence": _("What shows it"),
    "given": _("Given on"),
    "has_second_step": _("With a second step"),
    "in": _("Where"),
    "issued": _("Issued on"),
    "joined": _("Joined on"),
    "kind": _("Kind"),
    "label": _("What it is called"),
    "language": _("Language"),
    "last_signed_in": _("Last signed in"),
    "left": _("Left on"),
    "link": _("Link"),
    "linkedin": "LinkedIn",
    "made": _("Made on"),
    "meeting": _("Meeting"),
    "minutes": _("Minutes"),
    "name": _("Name"),
    "number": _("Number"),
    "of": _("Of whom"),
    "on": _("Which record"),
    "orcid": "ORCID",
    "page": _("Page"),
    "person": _("Person"),
    "phone": _("Telephone"),
    "post": _("Post"),
    "program": _("Browser"),
    "put_aside": _("Put aside on"),
    "question": _("Question"),
    "received": _("Received on"),
    "registered": _("Registered on"),
    "role": _("Role"),
    "sector": _("Sector"),
    "shown_with_name": _("With your name"),
    "sent": _("Sent on"),
    "since": _("Since"),
    "start": _("First day"),
    "state": _("State"),
    "subject": _("Subject"),
    "taken_back": _("Taken back on"),
    "title": _("Title"),
    "topic": _("Topic"),
    "topics": _("Topics"),
    "verb": _("What"),
    "version": _("Version"),
    "website": _("Website"),
    "what": _("Kind of record"),
    "why": _("Why it was issued by hand"),
    "wish": _("What should become of it"),
    "words": _("Words"),
    "went_in": _("Went in online on"),
    "wrong": _("What is wrong"),
}

TIMES: Final = (
    "asked",
    "at",
    "checked_in",
    "confirmed",
    "created",
    "given",
    "issued",
    "joined",
    "last_signed_in",
    "left",
    "made",
    "put_aside",
    "received",
    "registered",
    "sent",
    "since",
    "taken_back",
    "went_in",
)
DAYS: Final = ("start", "end")
ANSWERS: Final = {True: _("yes"), False: _("no")}


def said(row: Mapping[str, Any], codes: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """The fields of a row that say something, each with its name and its value in the language being spoken. `codes`
    are the choices of those fields that keep one."""
    told = {name: value for name, value in row.items() if value is not None and value != ""}
    return [(FIELDS.get(name, name), _value(name, value, codes)) for name, value in told.items()]


def _value(name: str, value: Any, codes: Mapping[str, Any]) -> Any:
    if isinstance(value, bool):
        return ANSWERS[value]
    if name in codes:
        return dict(codes[name].choices).get(value, value)
    if name in TIMES and (time := parse_datetime(value)):
        return formats.date_format(localtime(time), "DATETIME_FORMAT")
    if name in DAYS and (day := parse_date(value)):
        return formats.date_format(day, "DATE_FORMAT")
    words: dict[str, Mapping[str, Any]] = {"what": THINGS, "verb": VERBS, "language": NATIVE_NAMES}
    return words.get(name, {}).get(value, value)
