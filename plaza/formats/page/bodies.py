"""The bodies that a page names: those that people belong to, those that hold or carry a meeting, and what calls itself a
university, a ministry, a council."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from plaza.core.folding import fold
from plaza.formats.page.body_spans import LINK, MOST_WORDS, WORD, Span, called_in, is_a_bodys, known_in, longest
from plaza.formats.page.body_words import acronyms, is_noun, regions, says_a_type, type_of
from plaza.formats.page.lines import Line
from plaza.formats.page.vocabulary import ARTICLES_AND_PARTICLES, POSTS

# `Manager of the Border with Venezuela`: what somebody sees to, and no body.
SEES_TO: Final = re.compile(
    r"\b(?:minist|secret|subsecret|direct|diret|manager|gerent|specialist|especialist|spécialist|coord|jef[ea]|head|chef|"
    r"officer|commission|comision|represent|adjoint|responsable|encargad|ambassad|embajad|embaixad|vice|technic|t[ée]cnic)\w*"
    r"(?:\s+[\w’'-]+){0,2}?\s*(?:,\s*|\s(?:of|for|de|del|da|do|du|des|d[’']|en|pour|para)\s+(?:(?:the|la|el|l[’'])\s*)?)$",
    re.IGNORECASE,
)
FIRST_WORD: Final = re.compile(r"\W")
ACRONYM: Final = re.compile(r"\s*\(([A-Z][\w-]{1,14})\)")
# A minister of foreign affairs, European Union and cooperation: the body is her ministry's task.
HER_TASKS: Final = re.compile(
    r"\b[Mm]inist(?:er|r[aoe])\s+(?:of|de|da|do|des|du)\s+[^;:.()]{3,80}?\b(?:and|y|e|et)\s+[A-ZÀ-Ý][\w’'-]+"
)


@dataclass
class Body:
    name: str
    type: str
    lines: list[int] = field(default_factory=list)

    def on(self, line: int) -> None:
        if line not in self.lines:
            self.lines.append(line)


def bodies_in(
    lines: Sequence[Line],
    *,
    of_people: Iterable[tuple[str, int]],
    headings: frozenset[int] | set[int],
    is_place: Callable[[str], bool],
    people: Iterable[str],
) -> list[Body]:
    """Each body once, by the name that the page gives it, in the order of the page. `of_people`: what the posts of people
    name, with the line. `headings`: lines that only well known bodies are read from."""
    persons = {fold(name) for name in people}
    told: dict[int, list[str]] = {}
    for name, number in of_people:
        told.setdefault(number, []).append(name)
    found: dict[str, Body] = {}
    also: dict[str, Body] = {}
    for line in lines:
        spans = longest(
            [
                *known_in(line),
                *([] if line.number in headings and not line.is_prose else called_in(line.text, is_place, persons)),
            ]
        )
        for name in told.get(line.number, ()):
            spans = longest([*spans, *_of_a_person(line.text, name, spans, is_place)])
        hers = [match.span() for match in HER_TASKS.finditer(line.text)]
        for span in spans:
            if any(begin <= span.start and span.end <= end for begin, end in hers):
                continue
            key = span.known or fold(span.name)
            body = found.setdefault(key, Body(span.name, type_of(span.name)))
            if (span.known and len(span.name) > len(body.name)) or (body.name[0].islower() and span.name[0].isupper()):
                body.name = span.name
            body.on(line.number)
            if (match := ACRONYM.match(line.text, span.end)) and match[1] not in acronyms():
                also[match[1]] = body
    _elsewhere(lines, {body.name: body for body in found.values()} | also)
    for body in found.values():
        body.lines.sort()
    return sorted(found.values(), key=lambda body: body.lines[0])


def as_rows(bodies: Iterable[Body]) -> list[dict[str, Any]]:
    return [{"name": body.name, "type": body.type, "lines": body.lines} for body in bodies]


def _of_a_person(text: str, name: str, spans: Sequence[Span], is_place: Callable[[str], bool]) -> list[Span]:
    """The body of a post, where nothing that is surer stands in its place."""
    start = text.find(name)
    name = _cut(name)
    if start < 0:
        return []
    end = start + len(name)
    if before := re.search(rf"(?<![\w’'])(\w[\w’'-]+)\s+(?:{LINK}\s*)+$", text[:start]):  # Courrier | des Collines
        is_its = is_noun(fold(before[1])) or (before[1][0].isupper() and not SEES_TO.search(text[:start]))
        if is_its and fold(before[1]) not in POSTS:
            start, name = before.start(1), text[before.start(1) : end]
    over = [span for span in spans if span.start < end and start < span.end]
    if len(over) == 1 and _is_the_whole_of(over[0], text, start, end):
        return [Span(start, end, name)]
    if over:
        return []
    words = fold(name).split()
    is_called_so = any(is_noun(word) or says_a_type(word) for word in words)
    if (
        not words
        or len(words) > MOST_WORDS
        or all(word in POSTS or word in ARTICLES_AND_PARTICLES for word in words)
        or is_place(name)
        or fold(name) in regions()
        or (len(words) == 1 and says_a_type(words[0]))
        or (re.search(r"\d", name) and not is_called_so)
        or (not is_called_so and SEES_TO.search(text[:start]))
        or (
            not is_called_so
            and any(span.start >= end and text[end : span.start].strip() in (",", "|", "-") for span in spans)
        )
    ):
        return []
    return [Span(start, end, name)]


def _is_the_whole_of(part: Span, text: str, start: int, end: int) -> bool:
    """`The Long Street | Review`, `Cooperativa Techo | y Mate`: a longer name and not a part of another body."""
    if part.known is not None or not start <= part.start <= part.end <= end:
        return False
    before, after = text[start : part.start], text[part.end : end]
    return (
        re.fullmatch(rf"(?:(?:{WORD}|van|von|der)\s+)*", before) is not None
        and re.fullmatch(rf"(?:\s+(?:y|e|and|et)\s+{WORD})?", after) is not None
        and not is_a_bodys(before)
        and not is_a_bodys(after)
    )


SMALL: Final = re.compile(rf"{LINK}|y|e|and|et|&|at|en|à")


def _cut(name: str) -> str:
    """Up to where a sentence goes on: a quotation, words in lower case that belong to no name."""
    kept: list[str] = []
    for place, word in enumerate(re.split(r"\s+", re.split(r"[«“\"]", name)[0].strip())):
        is_of_a_name = word[:1].isupper() or word[:1].isdigit() or SMALL.fullmatch(word) or re.match(r"[dl][’']", word)
        after_a_link = bool(kept) and re.fullmatch(LINK, kept[-1]) is not None
        if not (is_of_a_name or after_a_link or place == 0 or (place == 1 and len(word) > 4)):
            break
        kept.append(word)
    while kept and SMALL.fullmatch(kept[-1]):
        kept.pop()
    return " ".join(kept).rstrip(" ,.;:")


def _elsewhere(lines: Sequence[Line], named: Mapping[str, Body]) -> None:
    """A name once known is found on the other lines too, unless it is a part of a longer one."""
    by_first: dict[str, list[str]] = {}
    for name in sorted(named, key=len, reverse=True):
        by_first.setdefault(FIRST_WORD.split(name)[0], []).append(name)
    for line in lines:
        until = 0
        for match in re.finditer(r"(?<![\w’'])\w+", line.text):
            if match.start() < until:
                continue
            for name in by_first.get(match[0], ()):
                end = match.start() + len(name)
                if line.text.startswith(name, match.start()) and not line.text[end : end + 1].isalnum():
                    named[name].on(line.number)
                    until = end
                    break
