"""Pages made by a template: every block begins with its title and tells its date near the top."""

from collections.abc import Sequence
from typing import Final

from plaza.formats.page.drafts import Draft, Heading, Page
from plaza.formats.page.headings import clean
from plaza.formats.page.lines import Line
from plaza.formats.page.sessions import take_session
from plaza.formats.page.shapes import CHROME, is_date_line, kind_in, repeated

FEWEST_BLOCKS: Final = 4
# The part of the blocks that must have a title and a date.
MOST_OF_THEM: Final = 0.6
NEAR_THE_TOP: Final = 12


def is_template(lines: Sequence[Line]) -> bool:
    blocks = _blocks(lines)
    good = sum(_is_dated(block) for block in blocks)
    return len(blocks) >= FEWEST_BLOCKS and good >= max(3, MOST_OF_THEM * len(blocks))


def by_template(lines: Sequence[Line]) -> Page:
    page, boiler, blocks = Page([], []), repeated(lines), _blocks(lines)
    for block in blocks:
        head = next((line for line in block if _may_be_title(line) and line.folded not in boiler), None)
        if head is None or not _tells(block, head):
            page.around.append(Heading(block, "no meeting here"))
            continue
        at = block.index(head)
        following = block[at + 1] if at + 1 < len(block) else None
        if block is blocks[0] and following is not None and following.blanks_before and _may_be_title(following):
            page.around.append(Heading(block[: at + 1], "heading of the page"))
            block, head = block[at + 1 :], following
        before = block[: block.index(head)]
        if before and all(line.bullet or CHROME.match(line.folded) for line in before):
            page.around.append(Heading(before, "menu"))
            block = block[len(before) :]
        draft = Draft(block, title=clean(head.text), title_line=head)
        for line in block[1:]:
            take_session(draft, line)
        page.drafts.append(draft)
    return page


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Parted where two lines or more are empty."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not blocks or line.blanks_before >= 2:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _may_be_title(line: Line) -> bool:
    return line.may_be_heading and not is_date_line(line)


def _is_dated(block: Sequence[Line]) -> bool:
    return any(map(_may_be_title, block[:9])) and any(map(is_date_line, block[:NEAR_THE_TOP]))


def _tells(block: Sequence[Line], head: Line) -> bool:
    return any(map(is_date_line, block)) or kind_in(head.folded) not in (None, "event")
