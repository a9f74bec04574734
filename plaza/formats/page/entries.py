"""Lines that are judged by their neighbours: entries of a list, and sentences that are headings."""

import re
from collections.abc import Sequence

from plaza.formats.page.drafts import Draft
from plaza.formats.page.headings import after_date
from plaza.formats.page.lines import Line
from plaza.formats.page.shapes import TOLD, dates_of, is_offer_line, kind_in, offers_of


def is_entry(lines: Sequence[Line], at: int, *, goes_on: bool) -> bool:
    """A whole meeting on one line of a list: `Workshop "…" - Guadalajara, September 2018 | Agenda`. `goes_on`: the
    line above was one."""
    line = lines[at]
    if line.is_prose and not line.bullet:
        return False
    if _is_dated_row(lines, at):
        return True
    head = line.text.split("|")[0]
    begins = kind_in(" ".join(line.words[:3])) is not None
    quoted = re.match(r"^[\w\s]{0,40}[\"“«]", head) is not None
    dated = bool(dates_of(line))
    if line.bullet:
        return (begins or quoted) and (dated or bool(offers_of(line)))
    return begins and dated and (quoted or goes_on) and line.blanks_before == 0 and len(line.words) <= 22


def _is_dated_row(lines: Sequence[Line], at: int) -> bool:
    """One of several lines, one below the other, that begin with a date: `Juin 2017 : formation « … », Cotonou`."""
    if after_date(lines[at].text) is None:
        return False
    above = lines[at - 1] if at and lines[at].blanks_before == 0 else None
    below = lines[at + 1] if at + 1 < len(lines) and lines[at + 1].blanks_before == 0 else None
    return any(each is not None and after_date(each.text) is not None for each in (above, below))


def is_sentence_heading(lines: Sequence[Line], at: int) -> bool:
    """A short line with a full stop, alone between empty lines, above running text."""
    line = lines[at]
    after = lines[at + 1] if at + 1 < len(lines) else None
    return (
        after is not None
        and after.is_prose
        and line.blanks_before >= 1
        and after.blanks_before == 1
        and not line.bullet
        and 3 <= len(line.words) <= 14
        and line.text.endswith(".")
        and not is_offer_line(line)
        and not TOLD.search(line.folded)
        and after.text.startswith(("¿", "How", "What", "Why", "Como", "Qu", "O que", "Comment"))
    )


def alternates(draft: Draft | None, lines: Sequence[Line], at: int) -> bool:
    """In a programme of headings with one paragraph each, the line where the next heading is due."""
    if draft is None or len(draft.sessions) < 2 or any(len(part.lines) != 2 for part in draft.sessions[-2:]):
        return False
    line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    alone = after is not None and line.blanks_before == after.blanks_before == 1
    return after is not None and alone and not line.bullet and 3 <= len(line.words) <= min(14, len(after.words) - 1)
