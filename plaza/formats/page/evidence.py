"""Whether a heading with its text tells of a meeting at all, and of one that holds others."""

from plaza.formats.page.drafts import Draft
from plaza.formats.page.kinds import THIS
from plaza.formats.page.lines import Line
from plaza.formats.page.shapes import KIND, TOLD, dates_of, kind_in, offers_of
from plaza.formats.page.vocabulary import CONTAINERS


def is_evident(draft: Draft) -> bool:
    if draft.run is not None or draft.within is not None or draft.title is None or draft.is_week:
        return True
    return any(
        _calls_itself(line, is_title=line is draft.title_line)
        or TOLD.search(line.folded)
        or "?" in line.text
        or offers_of(line)
        or any(said.weight > 1 for said in dates_of(line))
        for line in draft.lines
    )


def is_container(draft: Draft) -> bool:
    """An untitled text about a conference, or a conference: what follows in its block is its programme."""
    return kind_in(draft.begins) in CONTAINERS


def is_programme(draft: Draft) -> bool:
    """A conference under its own heading: what is told below it is told of it."""
    is_large = kind_in(draft.begins) in ("conference", "forum", "summit")
    return is_large and draft.title_line is not None and not draft.title_line.is_prose


def _calls_itself(line: Line, *, is_title: bool) -> bool:
    match = KIND.search(line.folded)
    return match is not None and (is_title or THIS.search(line.folded[: match.start()]) is not None)
