"""`plaza read transcript FILE`, `plaza read page FILE|URL`: what Plaza understands of it, before anything is kept. No
database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from plaza.cli.words import Sentence, noop, say
from plaza.core import egress
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.refusal import Refused

HELP = noop("Show what Plaza reads in a file or a page: captions, or meetings and people.")
READERS = ("transcript", "page")
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
    else:
        _tell_transcript(record)
    return 0


def _bytes_of(options: argparse.Namespace) -> bytes:
    if options.what == "page" and "://" in options.file:
        try:
            return egress.fetch(options.file).data
        except egress.NotFetched as reason:
            raise Sentence(reason.why, exit_code=2) from reason
    try:
        return sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
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
