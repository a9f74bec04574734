"""Letters to whoever registered, in her language, with the hour in the meeting's zone and in hers. Until she has followed
her link, no word that was typed into the form stands in one: anybody may have typed her address."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.utils import timezone

from plaza.core import rate
from plaza.mail.domain import outbox
from plaza.mail.domain.attached import Attached
from plaza.mail.models import Letter
from plaza.meetings.models import Meeting
from plaza.registration.domain.calendars import attached_calendar
from plaza.registration.domain.hours import hours_of, moment
from plaza.registration.domain.links import link_of
from plaza.registration.models import Registration

# The link again, to an address that anybody may have typed.
AGAIN: Final = rate.Limit("links to a registration", burst=5, every=1800)
# A form that was sent twice in a moment is one letter.
AT_ONCE: Final = dt.timedelta(minutes=2)


def write(
    registration: Registration,
    template: str,
    *,
    list_name: str = "",
    attached: Iterable[Attached] = (),
    module: Meeting | None = None,
    **values: Any,
) -> Letter | None:
    """`registration` comes with its meeting. Of a list she leaves what is of this meeting, and nothing else. `module`: of
    the course she registered for, where the letter tells of that one."""
    course: Meeting | None = registration.meeting if module is not None else None
    meeting: Meeting = module or registration.meeting
    return outbox.write(
        to=registration.email,
        name=registration.name if registration.address_confirmed_at else "",
        language=registration.language,
        template=f"registration/{template}",
        list_name=list_name,
        about=registration.meeting.uuid.hex if list_name else "",
        attached=attached,
        values={
            "title": meeting.words("title", registration.language).text,
            "hours": hours_of(meeting, registration.zone, registration.language),
            "course": course.words("title", registration.language).text if course else "",
            "venue": meeting.venue,
            "registration": registration,
            "link": link_of(registration),
            "confirm_by": _until(registration.confirm_until, registration),
            **values,
        },
    )


def tell_state(registration: Registration, *, why: str = "", had_place: bool = False, template: str = "") -> None:
    """What has become of her registration. A letter for each state that she does not know of. `had_place`: the meeting is in
    her calendar."""
    write(
        registration,
        template or registration.state,
        why=why,
        until=_until(registration.offered_until, registration),
        is_confirmed=registration.address_confirmed_at is not None,
        attached=attached_calendar(registration, had_place=had_place),
    )
    _note(registration)


def send_link_again(registration: Registration) -> None:
    """Somebody registered with an address that is registered: its owner, and nobody else, is told so."""
    was = registration.written_at
    if was is not None and timezone.now() - was < AT_ONCE:
        return
    if rate.take(AGAIN, registration.email):
        write(registration, "again")
        _note(registration)


def _until(at: dt.datetime | None, registration: Registration) -> str:
    return moment(at, registration.zone or registration.meeting.timezone, registration.language) if at else ""


def _note(registration: Registration) -> None:
    registration.written_at = timezone.now()
    registration.save(update_fields=["written_at"])
