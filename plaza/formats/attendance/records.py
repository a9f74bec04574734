"""What a report of attendance is once it is read, and the closed lists of reasons for what is not in it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from plaza.core.languages import Language
from plaza.formats.refusal import Refused, gettext_noop
from plaza.formats.table.records import MOST_BYTES as MOST_BYTES_OF_A_TABLE
from plaza.formats.table.records import WhyNot as WhyNoTable

# A report of 5,000 people has about 1 MB.
MOST_BYTES: Final = MOST_BYTES_OF_A_TABLE

Format = Literal[
    "zoom-webinar", "zoom-meeting", "zoom-totals", "zoom-registration", "teams-v1", "teams-v2", "meet", "bigbluebutton", "other"
]  # fmt: skip
Role = Literal["host", "panelist", "attendee"]
Kind = Literal["person", "device", "phone", "program"]
DateOrder = Literal["day first", "month first", "ambiguous"]


class WhyNot(StrEnum):
    """Why a file is no report of attendance: msgids, whole sentences for the person who sent it."""

    EMPTY = gettext_noop("The file is empty.")
    TOO_LARGE = gettext_noop("The report is too large: send at most 10 MB.")
    ARCHIVE = gettext_noop("This is an archive, not a report: unpack it and send the CSV file that is in it.")
    DATA = gettext_noop("This is a JSON file, not a report of attendance: save the report as CSV.")
    NO_REPORT = gettext_noop(
        "This is not a report of attendance: no row was found in it that names its columns as Zoom, Teams, Meet or "
        "BigBlueButton do."
    )
    NOBODY = gettext_noop("The report names nobody: nobody came, or its rows are missing.")
    # A table that cannot be read is no report either; the sentences are the table's.
    UNPACKS_TOO_LARGE = WhyNoTable.UNPACKS_TOO_LARGE.value
    TOO_MANY_ROWS = WhyNoTable.TOO_MANY_ROWS.value
    TOO_WIDE = WhyNoTable.TOO_WIDE.value
    BINARY = WhyNoTable.BINARY.value
    OTHER = WhyNoTable.OTHER.value
    OLD_WORKBOOK = WhyNoTable.OLD_WORKBOOK.value
    WEB_PAGE = WhyNoTable.WEB_PAGE.value
    DAMAGED = WhyNoTable.DAMAGED.value
    OPEN_QUOTE = WhyNoTable.OPEN_QUOTE.value


class NotAttendance(Refused):
    """The bytes are no report of attendance, or name nobody. `why` is a WhyNot."""

    reasons = WhyNot


class WhyAside(StrEnum):
    """Why a row is nobody's: msgids. The first ones are the report's own rows, the others somebody may want to see."""

    TITLE = gettext_noop("title of the report")
    FACT = gettext_noop("fact of the meeting")
    SECTION = gettext_noop("heading of a section")
    COLUMNS = gettext_noop("names of the columns")
    TOTAL = gettext_noop("total")
    NAMELESS = gettext_noop("answers without a name")
    NO_TABLE = gettext_noop("outside of any table")
    NOBODY = gettext_noop("no name and no address")
    NAME_ALONE = gettext_noop("nothing but a name")
    NO_FIT = gettext_noop("the cells do not fit the columns")
    OTHER_SHEET = gettext_noop("on another sheet")


STRUCTURE: Final = frozenset((WhyAside.TITLE, WhyAside.FACT, WhyAside.SECTION, WhyAside.COLUMNS, WhyAside.TOTAL))


class Note(StrEnum):
    """What is odd about a row that was read, or about somebody: msgids."""

    BACKWARDS = gettext_noop("leaves before joining")
    UNREADABLE_TIME = gettext_noop("a time cannot be read")
    UNREADABLE_DURATION = gettext_noop("the duration cannot be read")
    UNREADABLE_ADDRESS = gettext_noop("the address cannot be read")
    NO_END = gettext_noop("no time of leaving")
    NO_START = gettext_noop("no time of joining")
    END_BY_DURATION = gettext_noop("the time of leaving comes from the duration")
    END_OF_MEETING = gettext_noop("the time of leaving is the end of the meeting")
    DISAGREE = gettext_noop("the duration and the times do not agree")
    HOURS_OR_MINUTES = gettext_noop("the duration may be minutes and seconds, or hours and minutes")
    WAITING = gettext_noop("in the waiting room")
    LINE_BREAKS = gettext_noop("line breaks in the name or the address")
    BEYOND = gettext_noop("cells beyond the columns")
    ACTION = gettext_noop("an action that is not known")
    SAME_ROW = gettext_noop("the same row twice")
    AT_ONCE = gettext_noop("several devices at once")
    SEVERAL_NAMES = gettext_noop("one address, several names")


class WhyOrder(StrEnum):
    """How the order of day and month was found: msgids."""

    PAST_TWELVE = gettext_noop("a number over 12 can only be a day")
    AGREES = gettext_noop("only so do the times agree with each other")
    OPEN = gettext_noop("both orders are possible")
    MIXED = gettext_noop("some dates can only be read one way and some only the other")


@dataclass(frozen=True, slots=True)
class PutAside:
    """A row that is nobody's, its filled cells in one line. `sheet` is None but for further sheets of a workbook."""

    row: int
    text: str
    why: WhyAside
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says of somebody. Times are aware where the file says the zone. `told` is the duration in seconds."""

    row: int
    joined: dt.datetime | None
    left: dt.datetime | None
    told: int | None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the report. `seconds` is the union of the intervals, never their sum; None where nothing tells it."""

    name: str
    email: str | None
    role: Role
    kind: Kind
    attended: bool | None
    seconds: int | None
    intervals: tuple[tuple[dt.datetime, dt.datetime | None], ...]
    registered_name: str | None
    original_name: str | None
    guest: bool | None
    country: str | None
    phone: str | None
    account: str | None
    registered: dt.datetime | None
    status: str | None
    told: int | None
    answers: dict[str, str]
    details: dict[str, str]
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """As the report tells it: `duration` in seconds, `participants` and `registered` by the tool's own count, which is not ours.
    Times are aware where the file says the zone."""

    title: str | None = None
    id: str | None = None
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    scheduled: dt.datetime | None = None
    host_name: str | None = None
    host_email: str | None = None
    duration: int | None = None
    participants: int | None = None
    registered: int | None = None
    generated: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The meeting and its people, dates read in one order."""

    meeting: Meeting
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """`rows_in` = the rows of all people + those put aside; none is in two places.

    `date_order` is None where no date needed deciding. Where it is "ambiguous", `read_as` is the order `reading` took,
    and `otherwise` is the other reading of everything: its people stand in the same order.
    """

    format: Format
    language: Language | None
    time_zone: str | None
    has_days: bool
    date_order: DateOrder | None
    why_order: WhyOrder | None
    read_as: DateOrder | None
    reading: Reading
    otherwise: Reading | None
    rows_in: int
    put_aside: tuple[PutAside, ...]
