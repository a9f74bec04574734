"""Reads made pages back: the part of the meetings, titles, kinds, dates and people that is found, by layout."""

import random
from typing import Final

from plaza.core.languages import LANGUAGES
from plaza.formats.page import read
from tools.pages.layouts import LAYOUTS, WITHOUT_PEOPLE, meetings
from tools.pages.score import plain

PAGES: Final = 12


def read_back(layout: str, *, seed: int = 1) -> dict[str, float]:
    """Of PAGES pages, three a language: F1 of meetings (counted by title), and the parts of the rest that are right."""
    draw = random.Random(seed)
    right = dict.fromkeys(("titles", "kinds", "dates", "people"), 0)
    told_count = found_count = people_count = 0
    for number in range(PAGES):
        language = LANGUAGES[number % len(LANGUAGES)]
        told = meetings(draw, language, draw.randint(4, 9))
        page = read(LAYOUTS[layout](told, language).encode())
        found = {plain(meeting["title"]): meeting for meeting in page["meetings"]}
        names = {plain(person["name"]) for person in page["people"]}
        told_count += len(told)
        found_count += len(page["meetings"])
        for each in told:
            meeting = found.get(plain(each.title))
            right["titles"] += meeting is not None
            right["kinds"] += meeting is not None and meeting["kind"] == each.kind
            right["dates"] += meeting is not None and (meeting["date"] or {}).get("start") == each.day.isoformat()
            right["people"] += sum(plain(name) in names for name, _ in each.people)
            people_count += len(each.people)
    parts = {
        "meetings": 2 * right["titles"] / (told_count + found_count),
        "kinds": right["kinds"] / told_count,
        "dates": right["dates"] / told_count,
    }
    return parts if layout in WITHOUT_PEOPLE else parts | {"people": right["people"] / people_count}
