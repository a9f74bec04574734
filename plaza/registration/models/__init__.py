"""A meeting's registration desk, and who registered."""

from plaza.registration.models.calendars import OwnCalendar
from plaza.registration.models.desks import (
    LONGEST_INTRO,
    LONGEST_LABEL,
    LONGEST_OPTIONS,
    DoorKeeper,
    KeptSeats,
    Question,
    RegistrationDesk,
)
from plaza.registration.models.registrations import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    Answer,
    Consent,
    Invitation,
    Registration,
    RegistrationQuerySet,
    Telling,
)

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_INTRO",
    "LONGEST_LABEL",
    "LONGEST_NAME",
    "LONGEST_OPTIONS",
    "Answer",
    "Consent",
    "DoorKeeper",
    "Invitation",
    "KeptSeats",
    "OwnCalendar",
    "Question",
    "Registration",
    "RegistrationDesk",
    "RegistrationQuerySet",
    "Telling",
]
