"""What a calendar says, and how much of it is read."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from plaza.formats.refusal import Refused, gettext_noop

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_EVENTS: Final = 2000
# Of one event, and of all of a file: one that recurs for ever is looked at so far, and no further.
MOST_OCCURRENCES: Final = 366
MOST_OCCURRENCES_OF_ALL: Final = 5000
HORIZON: Final = dt.timedelta(days=20 * 366)
# Days that are looked at one by one to see whether a rule means them.
MOST_DAYS: Final = 300_000
MOST_PUT_ASIDE: Final = 1000
MOST_DATES_OF_A_LINE: Final = 20_000
LONGEST_TEXT: Final = 10_000
DEEPEST: Final = 6


class WhyNot(StrEnum):
    """Why a file is no calendar: msgids, whole sentences for the person who sent it."""

    TOO_LARGE = gettext_noop("The calendar is too large to be read: send at most 10 MB.")
    NO_CALENDAR = gettext_noop("This is not a calendar: no event was found in it (BEGIN:VEVENT).")


class NotACalendar(Refused):
    """The bytes are no calendar, or too many. `why` is a WhyNot."""

    reasons = WhyNot


class WhyAside(StrEnum):
    """Why something of the file is no event here: msgids."""

    NO_START = gettext_noop("no start")
    START_NOT_READ = gettext_noop("its start cannot be read")
    NOT_AN_EVENT = gettext_noop("no event: a task, a journal or free time")
    NOT_ENDED = gettext_noop("the file ends within it")
    TOO_DEEP = gettext_noop("too many things within each other")
    NO_NAME = gettext_noop("a line without a name and a colon")
    DATES_NOT_READ = gettext_noop("dates of a recurrence that cannot be read")
    SAME_TWICE = gettext_noop("the same event a second time, older or alike")


class Note(StrEnum):
    """What is odd about an event that was read: msgids."""

    NO_ZONE = gettext_noop("its hours are told without a time zone")
    ZONE_UNKNOWN = gettext_noop("nobody knows its time zone")
    ZONE_BY_OFFSET = gettext_noop("its time zone is told by rules or an offset, and not by a name that is known")
    HOUR_SKIPPED = gettext_noop("the clocks skip its hour on that day")
    HOUR_TWICE = gettext_noop("its hour passes twice on that day")
    END_BEFORE_START = gettext_noop("it ends before it starts: its end was left out")
    END_NOT_READ = gettext_noop("its end cannot be read")
    RULE_NOT_READ = gettext_noop("how it recurs cannot be read")
    OFTEN = gettext_noop("it recurs more than once a day: only its first time was taken")
    MORE = gettext_noop("it recurs further than was looked for")
    FOLLOWING_TOO = gettext_noop("it changes all that follow, too: only its own time was taken")
    CUT = gettext_noop("a text of it was cut")
    NO_TITLE = gettext_noop("it has no title")


@dataclass(frozen=True, slots=True)
class PutAside:
    """`line` is where it begins, `what` its kind in the file's own word (`VTODO`), `text` its title, or how
    the line begins."""

    line: int
    what: str
    text: str
    why: WhyAside


@dataclass(frozen=True, slots=True)
class Time:
    """`local` is what the clocks there show; `at` the instant, None where nobody can know it."""

    local: dt.datetime
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of what recurs; `end` None where nothing tells it."""

    start: Time
    end: Time | None


@dataclass(slots=True)
class Event:
    """`all_day`: its hours say nothing; `end` is then the last day. `zone` is a name of the tz database, `zone_said` what
    stands in the file. `occurrences` holds the first, too, where it `recurs`; `left_out` says how many there are beyond it,
    None where they have no end."""

    line: int
    uid: str = ""
    title: str = ""
    start: Time = field(default_factory=lambda: Time(dt.datetime.min))  # noqa: DTZ901  what clocks show
    end: Time | None = None
    all_day: bool = False
    zone: str = ""
    zone_said: str = ""
    status: str = ""
    place: str = ""
    description: str = ""
    url: str = ""
    conferences: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    organiser_name: str = ""
    organiser_email: str = ""
    sequence: int = 0
    parent: str = ""
    recurrence_of: Time | None = None
    recurs: bool = False
    rule: str = ""
    occurrences: list[Occurrence] = field(default_factory=list)
    left_out: int | None = 0
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class CalendarRead:
    """`events_in`: every VEVENT of the file, be it an event here, put aside, or left out."""

    name: str = ""
    method: str = ""
    # What the calendar as a whole is told by, where it says so (X-WR-TIMEZONE).
    zone: str = ""
    events: list[Event] = field(default_factory=list)
    put_aside: list[PutAside] = field(default_factory=list)
    events_in: int = 0
    left_out: int = 0
    # Put aside beyond the measure.
    more_put_aside: int = 0
