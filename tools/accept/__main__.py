"""Prints every line of acceptance; exit 1 if one is not met."""

import multiprocessing
import sys
import traceback
from itertools import groupby
from typing import Final

from tools.accept import (
    issue_02_captions,
    issue_02_clone,
    issue_02_kill,
    issue_02_pages,
    issue_02_retrieval,
    issue_03_ranking,
    issue_03_refusal,
    issue_03_tests,
    issue_04_import,
    issue_04_links,
    issue_04_pages,
    issue_04_sheets,
    issue_05_enumeration,
    issue_05_newsletter,
    issue_05_paint,
    issue_05_people,
    issue_05_server,
    issue_05_tests,
    issue_06_reminders,
    issue_06_tests,
)
from tools.accept.lines import Line, Part
from tools.bench import attendance, encoders, live, pages, registering, scale

PARTS: Final = (
    Part("02 First light", "retrieval", issue_02_retrieval.find_out),
    Part("02 First light", "captions", issue_02_captions.find_out),
    Part("02 First light", "scale", scale.find_out),
    Part("02 First light", "pages", issue_02_pages.find_out),
    Part("02 First light", "kill", issue_02_kill.find_out),
    Part("02 First light", "clone", issue_02_clone.find_out),
    Part("03 Ask", "ranking", issue_03_ranking.find_out),
    Part("03 Ask", "refusal", issue_03_refusal.find_out),
    Part("03 Ask", "encoders", encoders.find_out),
    Part("03 Ask", "asking", issue_03_tests.find_out),
    Part("04 Archive", "archive", issue_04_pages.find_out),
    Part("04 Archive", "import", issue_04_import.find_out),
    Part("04 Archive", "links", issue_04_links.find_out),
    Part("04 Archive", "sheets", issue_04_sheets.find_out),
    Part("05 People", "enumeration", issue_05_enumeration.find_out),
    Part("05 People", "newsletter", issue_05_newsletter.find_out),
    Part("05 People", "speed", pages.find_out),
    Part("05 People", "paint", issue_05_paint.find_out),
    Part("05 People", "people", issue_05_people.find_out),
    Part("05 People", "tests", issue_05_tests.find_out),
    Part("05 People", "server", issue_05_server.find_out),
    Part("06 Meetings", "registration", registering.find_out),
    Part("06 Meetings", "room", live.find_out),
    Part("06 Meetings", "attendance", attendance.find_out),
    Part("06 Meetings", "reminders", issue_06_reminders.find_out),
    Part("06 Meetings", "meetings", issue_06_tests.find_out),
)


def main(words: list[str]) -> int:
    chosen = [part for part in PARTS if not words or any(word in part.name for word in words)]
    lines = []
    for issue, parts in groupby(chosen, key=lambda part: part.issue):
        print(f"Issue {issue}", flush=True)
        for part in parts:
            # Each in a process of its own: Django is set up once a process, and each wants its own database.
            with multiprocessing.get_context("spawn").Pool(1) as apart:
                try:
                    found = apart.apply(part.find_out)
                except Exception as error:  # one part that breaks is a line that is not met; the others are still told
                    traceback.print_exc()
                    found = [Line(part.name, "found out at all", repr(error)[:200], False)]
            for line in found:
                print(line, flush=True)
                lines.append(line)
    short = [line.name for line in lines if line.is_met is False]
    print("every line that could be tried is met" if not short else f"short: {'; '.join(short)}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
