"""`plaza read transcript FILE`: what Plaza understands of a file, before anything is kept. No database."""

import argparse
import json
import sys
from pathlib import Path

from plaza.cli.words import Sentence, noop, say
from plaza.files.sandbox import read_in_sandbox
from plaza.formats.refusal import Refused

HELP = noop("Show what Plaza reads in a file: captions, for now.")
READERS = ("transcript",)
SECONDS = 60.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=READERS)
    parser.add_argument("file", type=Path, help="- for standard input")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    try:
        data = sys.stdin.buffer.read() if str(options.file) == "-" else options.file.read_bytes()
    except OSError as error:
        raise Sentence(
            "%(file)s cannot be opened: %(reason)s.", exit_code=2, file=options.file, reason=error.strerror
        ) from error
    try:
        record = read_in_sandbox(options.what, data, seconds=SECONDS)
    except Refused as refusal:
        raise Sentence(str(refusal.why), exit_code=2) from refusal
    if options.json:
        json.dump(record, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for segment in record["segments"]:
        speaker = f"{segment['speaker']}: " if segment["speaker"] else ""
        print(f"{segment['start']:9.2f}  {speaker}{segment['text']}")
    for aside in record["put_aside"]:
        say("Line %(line)s was put aside: %(why)s", line=aside["line"], why=aside["why"])
    return 0
