"""`plaza read transcript FILE`, `plaza read attendance FILE`, `plaza read calendar FILE`, `plaza read page FILE|URL`: what
Plaza understands of it, before anything is kept. No database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from plaza.cli.words import Sentence, noop, say, translate
from plaza.core import egress
from plaza.files.reader import MOST_BYTES
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.attendance.records import MOST_BYTES as MOST_BYTES_OF_ATTENDANCE
from plaza.formats.calendars.records import MOST_BYTES as MOST_BYTES_OF_CALENDAR
from plaza.formats.refusal import Refused

HELP = noop(
    "Show what Plaza reads in a file or a page: captions, who came to a meeting, a calendar, or meetings and people."
)
READERS = ("transcript", "attendance", "calendar", "page")
LONGEST = {"attendance": MOST_BYTES_OF_ATTENDANCE, "calendar": MOST_BYTES_OF_CALENDAR}
SECONDS = 60.0
MEGABYTES = 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=READERS)
    parser.add_argument("file", help="- for standard input; a page may be a web address")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    try:
        record = read_in_sandbox(options.what, _bytes_of(options), seconds=SECONDS, megabytes=MEGABYTES)
    except Refused as refusal:
        raise Sentence(str(refusal.why), exit_code=2) from refusal
    if options.json:
        json.dump(record, sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif options.what == "page":
        _tell_page(record)
    elif options.what == "attendance":
        _tell_attendance(record)
    elif options.what == "calendar":
        _tell_calendar(record)
    else:
        _tell_transcript(record)
    return 0


def _bytes_of(options: argparse.Namespace) -> bytes:
    if options.what == "page" and "://" in options.file:
        try:
            return egress.fetch(options.file).data
        except egress.NotFetched as reason:
            raise Sentence(reason.why, exit_code=2) from reason
    # A byte more than is read is enough to be refused by size.
    most = 1 + LONGEST.get(options.what, MOST_BYTES)
    try:
        if options.file == "-":
            return sys.stdin.buffer.read(most)
        with Path(options.file).open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise Sentence(
            "%(file)s cannot be opened: %(reason)s.", exit_code=2, file=options.file, reason=error.strerror
        ) from error


def _tell_transcript(record: dict[str, Any]) -> None:
    for segment in record["segments"]:
        speaker = f"{segment['speaker']}: " if segment["speaker"] else ""
        print(f"{segment['start']:9.2f}  {speaker}{segment['text']}")
    for aside in record["put_aside"]:
        say("Line %(line)s was put aside: %(why)s", line=aside["line"], why=aside["why"])


def _tell_attendance(report: dict[str, Any]) -> None:
    roles = {"host": translate("host"), "panelist": translate("panelist"), "attendee": translate("attendee")}
    for person in report["people"]:
        minutes = "-" if person["minutes"] is None else str(person["minutes"])
        address = f" <{person['email']}>" if person["email"] else ""
        odd = dict.fromkeys([*person["notes"], *(note for entry in person["entries"] for note in entry["notes"])])
        notes = "".join(f"; {translate(note)}" for note in odd)
        print(f"{minutes:>5}  {roles[person['role']]:12}  {person['name']}{address}{notes}")
    for aside in report["put_aside"]:
        reason = aside["why"]
        if not aside["structure"]:
            say("Row %(row)s was put aside: %(why)s", row=aside["row"], why=translate(reason))
    reason = report["dates"]["why"]
    if report["dates"]["order"] == "ambiguous":
        say("It is not sure which number is the day and which the month: %(why)s.", why=translate(reason))
    if report["meeting"]["time_zone"] is None:
        say("The report does not say in which time zone its times are.")
    theirs = sum(len(person["rows"]) for person in report["people"])
    own = sum(aside["structure"] for aside in report["put_aside"])
    say(
        "Rows: %(rows)s. Of people: %(theirs)s (people: %(people)s); of the report itself: %(own)s; "
        "put aside: %(aside)s. Nothing was kept.",
        rows=report["rows_in"],
        theirs=theirs,
        people=len(report["people"]),
        own=own,
        aside=report["rows_in"] - theirs - own,
    )


def _tell_calendar(calendar: dict[str, Any]) -> None:
    for event in calendar["events"]:
        times = f"  +{len(event['occurrences']) - 1}" if len(event["occurrences"]) > 1 else ""
        notes = "".join(f"; {translate(note)}" for note in event["notes"])
        print(f"{event['start']:19}  {event['zone'] or '-':24}  {event['title'] or '-'}{times}{notes}")
    for aside in calendar["put_aside"]:
        reason = aside["why"]
        say("Line %(line)s was put aside: %(why)s", line=aside["line"], why=translate(reason))
    events = sum(aside["what"] == "VEVENT" for aside in calendar["put_aside"])
    say(
        "Events: %(all)s. Read: %(read)s; put aside: %(aside)s; beyond what is read: %(left)s. Nothing was kept.",
        all=calendar["events_in"],
        read=len(calendar["events"]),
        aside=events,
        left=calendar["left_out"],
    )


def _tell_page(page: dict[str, Any]) -> None:
    names = {person["id"]: person["name"] for person in page["people"]}
    for meeting in page["meetings"]:
        first, last = meeting["lines"]
        when = meeting["date"]["start"] if meeting["date"] else "    -     "
        print(f"{first:5}-{last:<5} {when}  {meeting['kind']:12}  {meeting['title'] or meeting['suggested_title']}")
        people = [*meeting["people"], *(person for session in meeting["sessions"] for person in session["people"])]
        for person in people:
            print(f"{person['line']:11}             {names[person['person']]}, {person['role'] or '-'}")
    say(
        "%(meetings)s meetings, %(people)s people, %(cities)s cities; nothing was kept.",
        meetings=len(page["meetings"]),
        people=len(page["people"]),
        cities=len(page["cities"]),
    )
