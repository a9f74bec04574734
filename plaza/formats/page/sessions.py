"""Sessions of a meeting: panels, parallel rooms, the slots of a programme."""

import re
from typing import Final

from plaza.formats.page.drafts import Draft, Part
from plaza.formats.page.lines import Line
from plaza.formats.page.shapes import EDGES, PARALLEL, SESSION

# The people of a session stand behind its title: `… . Con Marisol Ibarrola, notaria.`
WITH: Final = re.compile(r"(?<=[a-zà-ÿ?!»”])[.:]?\s+(?=(?:Con|Com|With|Avec)\b)|\s+\((?=(?:com|con|with|avec)\b)")
BEFORE_A_PERSON: Final = re.compile(r":\s+(?=[A-ZÀ-Ý][\w-]+\s+[A-ZÀ-Ý][\w-]+,)")
IN_BRACKETS: Final = re.compile(r"\s+\([A-ZÀ-Ý][\w-]+\s+[A-ZÀ-Ý][^()]*\)\s*$")
PERSON_FIRST: Final = re.compile(r"^[A-ZÀ-Ý][\w’'-]+(?:\s+[A-ZÀ-Ýd][\w’'-]*)+,")
NUMBERED_ITEM: Final = re.compile(r"^\d{1,2}\s*[.)]\s+(?=\S)")
LETTERED: Final = re.compile(r"^\s*[A-Ha-h]\)\s+")
# One after the other by their own name.
IN_TURN: Final = re.compile(r"^(?:panel|painel|\d\d[h:])")
OVER_PARALLEL_ONES: Final = re.compile(r"^(?:ses|atel|parallel)")
# How far above stands the line that says that sessions are parallel.
ABOVE: Final = 8


def take_session(draft: Draft, line: Line) -> bool:
    """Makes a session of a line that names one; whether it did. The line itself stays with the meeting's."""
    match = SESSION.match(line.folded)
    parallel = any(PARALLEL.search(each.folded) for each in (*draft.lines[-ABOVE:], line))
    if (match and (line.bullet or not line.is_prose)) or (LETTERED.match(line.raw) and parallel):
        title = _title(line.text[match.end() :] if match else line.text)
        draft.sessions.append(Part(title, [line], parallel and not IN_TURN.match(line.folded)))
    elif (item := NUMBERED_ITEM.match(line.folded)) and _is_under_parallel(draft):
        draft.sessions.append(Part(_title(line.text[item.end() :]), [line], True))
    elif (edge := EDGES.match(line.folded)) and (draft.sessions or edge["rest"]):
        label, _, rest = line.text.partition(":")
        named = rest.strip() and not PERSON_FIRST.match(rest.strip())
        draft.sessions.append(Part(rest.strip() if named else label.strip(), [line]))
    elif not (len(line.words) <= 8 and PARALLEL.search(line.folded) and OVER_PARALLEL_ONES.match(line.folded)):
        return False
    return True


def _is_under_parallel(draft: Draft) -> bool:
    """Whether a heading above says so; running text may speak of parallel sessions that are over."""
    return any(PARALLEL.search(each.folded) and not each.is_prose for each in draft.lines[-ABOVE:])


def _title(text: str) -> str:
    """Without the people that stand behind it."""
    return IN_BRACKETS.sub("", BEFORE_A_PERSON.split(WITH.split(text)[0])[0]).rstrip(" .")
