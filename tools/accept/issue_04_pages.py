"""How well the annotated pages are read, and how long a page of a thousand meetings takes."""

import json
import time
from collections.abc import Iterator
from typing import Final

from plaza.formats.page import read
from tools.accept.lines import ROOT, SHARED, Line, not_tried
from tools.pages.about import about, total
from tools.pages.back import read_back
from tools.pages.layouts import LAYOUTS
from tools.pages.score import BARS, UNSEEN, Record, Score, scores

GOLD: Final = ROOT / "tests" / "formats" / "pages"
# The rules were written with these; the others were composed, or published, by somebody who did not know them.
WRITTEN_WITH: Final = ("es_red_compuesta", "pt_rede_composta")
ASKED: Final = ("meetings", "dates", "people")
MEETINGS: Final = 1000


def find_out() -> list[Line]:
    lines, told_about = [], []
    for truth in sorted(GOLD.glob("*.gold.json")):
        name = truth.name.removesuffix(".gold.json")
        page = next(
            (file for folder in (GOLD, SHARED / "data" / "pages") for file in folder.glob(f"{name}.[tm]*")), None
        )
        if page is None:
            lines.append(
                not_tried(f"read page: {name}", "F1 of each part", "the page may not be copied, and is not beside us")
            )
            continue
        is_ours = name in WRITTEN_WITH
        reading, true = read(page.read_bytes()), json.loads(truth.read_text("utf-8"))
        found = scores(reading, true)
        told_about.append(about(reading, true))
        bars = BARS if is_ours else {part: UNSEEN[part] for part in ASKED}
        told = ", ".join(f"{part} {score.f1:.2f}" for part, score in found.items() if score.true)
        met = all(found[part].f1 >= bar for part, bar in bars.items() if found[part].true)
        target = "the bars of issue 4" if is_ours else "meetings, dates >= .75, people >= .80"
        lines.append(Line(f"read page: {name}, F1", target, told, met))
    return [*lines, *_about(total(told_about)), *_made(), _thousand()]


def _about(found: dict[str, Score]) -> Iterator[Line]:
    """What the meetings of all these pages are about, and which bodies stand in them."""
    for part, target, met in (
        ("topics", "precision >= .75, F1 >= .70", found["topics"].precision >= 0.75 and found["topics"].f1 >= 0.70),
        (
            "organisations",
            "precision, recall >= .75",
            min(found["organisations"].precision, found["organisations"].recall) >= 0.75,
        ),
        ("organisations of meetings", "F1 >= .75", found["organisations of meetings"].f1 >= 0.75),
        ("types of organisations", ">= .80 right", found["types of organisations"].precision >= 0.80),
    ):
        score = found[part]
        told = f"precision {score.precision:.2f}, recall {score.recall:.2f}, F1 {score.f1:.2f}"
        yield Line(f"read page: {part}, all pages together", target, told, met)


def _made() -> Iterator[Line]:
    """Pages made from random meetings and read back, by layout."""
    for layout in LAYOUTS:
        found = read_back(layout)
        told = ", ".join(f"{part} {value:.2f}" for part, value in found.items())
        yield Line(f"made pages read back: {layout}", "all >= .90", told, min(found.values()) >= 0.90)


def _thousand() -> Line:
    """Our Spanish page again and again, each time with other titles: what stands three times is a template's."""
    text = (GOLD / "es_red_compuesta.txt").read_text("utf-8")
    page: Record = read(text.encode())
    titles = [meeting["title"] for meeting in page["meetings"] if meeting["title"]]
    copies = []
    for number in range(MEETINGS // len(page["meetings"]) + 4):
        copy, word = text, "".join("abcdefghij"[int(digit)] for digit in f"{number:03d}")
        for title in titles:
            copy = copy.replace(title, f"{title} {word}")
        copies.append(copy)
    begun = time.perf_counter()
    meetings = len(read("\n\n\n".join(copies).encode())["meetings"])
    seconds = time.perf_counter() - begun
    return Line(
        f"a page of {meetings} meetings is read", "< 60 s", f"{seconds:.1f} s", seconds < 60 and meetings >= MEETINGS
    )
