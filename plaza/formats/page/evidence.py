"""Whether a heading with its text tells of a meeting at all."""

from plaza.formats.page.drafts import Draft
from plaza.formats.page.kinds import THIS
from plaza.formats.page.lines import Line
from plaza.formats.page.shapes import KIND, TOLD, dates_of, offers_of


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


def _calls_itself(line: Line, *, is_title: bool) -> bool:
    match = KIND.search(line.folded)
    return match is not None and (is_title or THIS.search(line.folded[: match.start()]) is not None)
