"""What kind of meeting it is, by the words closed in MODEL.md's list."""

import re
from typing import Final

from plaza.formats.page.drafts import Draft
from plaza.formats.page.shapes import KIND, KIND_WORDS, kind_in
from plaza.formats.page.vocabulary import words

# In running text these words seldom mean the meeting itself: a space for dialogue, a debate that goes on.
WEAK: Final = words("weak kinds")
THIS: Final = re.compile(
    r"\b(?:this|in a|in the|recent|second|first|the|our|an?|este|esta|neste|nesta|no|na|en un|en el|en la|el|"
    r"la|del|un|una|um|uma|ce|cette|le|une|du|webinar on|em)\s+(?:[\w-]+\s+){0,4}?$"
)


def kind_of(draft: Draft) -> str:
    """From the title, the label or line beside it, then what the text calls itself; else the first word that names one."""
    if draft.is_week:
        return "event"
    heads = [line for line in draft.lines[:3] if not line.is_prose]
    generic = None
    for line in [*([draft.title_line] if draft.title_line and not draft.title_line.is_prose else []), *heads]:
        kind = kind_in(line.folded)
        if kind and kind != "event":
            return kind
        generic = generic or kind
    for strict in (True, False):
        for line in draft.lines:
            for match in KIND.finditer(line.folded):
                word, kind = match[1], KIND_WORDS[match[1]]
                begins = match.start() < 3
                called = begins or THIS.search(line.folded[: match.start()]) is not None
                if kind == "event":
                    generic = generic or kind
                elif (called and (word not in WEAK or begins or _is_held(line.folded, match))) or (
                    not strict and word not in WEAK
                ):
                    return kind
        if strict and draft.kind and draft.kind != "event":
            return draft.kind
    return generic or "event"


HELD: Final = re.compile(r"^\s*(?:by|in|with|between|held|on|sans|avec|tenue?|en ligne|online|com|con|entre|sobre)\b")


def _is_held(folded: str, match: re.Match[str]) -> bool:
    """`this discussion`, `a talk by`, `un debate entre`: the meeting itself."""
    before = folded[: match.start()]
    if re.search(r"\b(?:this|este|esta|neste|nesta|ce|cette)\s+$", before):
        return True
    return (
        re.search(r"\b(?:an?|une?|una|uma?)\s+(?:\w+\s+){0,2}$", before) is not None
        and HELD.match(folded[match.end() :]) is not None
    )
