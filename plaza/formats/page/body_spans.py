"""Where bodies stand in a line: well known ones, what has a noun of bodies in its name, who holds a meeting."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.body_words import (
    QUALIFIES,
    acronyms,
    by_first_word,
    is_noun,
    known_names,
    regions,
    says_a_type,
    section,
)
from plaza.formats.page.lines import Line
from plaza.formats.page.vocabulary import POSTS

WORD: Final = r"(?:[A-ZÀ-Ý][\w’'-]*|\d{2,3}(?=\s[A-Z]))"
LINK: Final = (
    r"(?:de\s+l[’']|d[’']|de|del|da|do|das|dos|des|du|of|for|la|las|los|el|le|les|the|pour|para|aux?|&|van|von|der)"
)
NAME: Final = re.compile(rf"(?<![\w’'])(?:[dl][’'])?({WORD}(?:\s+(?:{LINK}\s*)*{WORD})*)")
AND: Final = re.compile(r"\s+(?:y|e|and|et)\s+$")
# `… de Cidades do Litoral e da Serra`
AND_OF: Final = re.compile(r"\s+(?:y|e|et)\s+(?:de\s+la|del|da|do|das|dos|du|des)\s+$")
# `Secretaría de Innovación, Ciencia y Tecnología`
MORE_TASKS: Final = re.compile(
    rf"(?:,\s+{WORD}(?:\s+{WORD})?){{1,2}},?\s+(?:y|e|and|et)\s+{WORD}(?:\s+(?:{LINK}\s*)*{WORD})*(?!\w)"
)
IN_A_COUNTRY: Final = re.compile(r"\s+(?:en|em|in|au|à)\s+([A-ZÀ-Ý][\w-]+)")
# Their names go on after an *and*: a ministry of labour and social affairs.
HAS_TASKS: Final = re.compile(
    r"^(?:minist|secretar|institu|departa|departe|commis|comis|bank|banco|banque|centr|dire[ct]|vice|agenc|observ)"
)
HOLDS: Final = re.compile(
    r"\b(?:(?:co-?)?(?:organi[sz]ed|hosted|convened|promoted|sponsored|supported|run)(?:\s+jointly)?\s+by|in\s+(?:conjunction|partnership|"
    r"collaboration|cooperation|coordination|alliance)\s+with|jointly\s+with|together\s+with|with\s+(?:the\s+)?support\s+(?:of|from)"
    r"|(?:co-?)?(?:organizad|convocad|auspiciad|promovid|realizad|impulsad|patrocinad)[ao]s?\s+(?:conjuntamente\s+)?(?:por|pel[ao]s?)"
    r"|junto\s+(?:con|a|com)|en\s+(?:alianza|conjunto|colaboraci[óo]n|coordinaci[óo]n|asociaci[óo]n|cooperaci[óo]n)\s+con"
    r"|de\s+la\s+mano\s+de(?:l)?|(?:con|com)\s+(?:el\s+|o\s+)?(?:apoyo|apoio|patrocinio|auspicio)\s+d(?:el|e|o|a)"
    r"|em\s+(?:parceria|conjunto|colabora[çc][ãa]o|coopera[çc][ãa]o)\s+com"
    r"|(?:co-?)?(?:organis|port|mont|coorganis|propos|soutenu)ée?s?\s+(?:conjointement\s+)?(?:par|avec)|en\s+(?:partenariat|collaboration|lien|coop[ée]ration)\s+avec"
    r"|avec\s+(?:le\s+(?:soutien|concours|appui)\s+d(?:e|u)|l[’']appui\s+d(?:e|u)))\s+",
    re.IGNORECASE,
)
BEFORE_ONE: Final = re.compile(
    r"(?:(?:the|la|el|los|las|le|les|l[’']|o|a|os|as|pel[ao]s?|por|by|con|com|avec|par|de|da|do|du|del)\s*(?<=[\s’']))*",
    re.IGNORECASE,
)
BETWEEN: Final = re.compile(r"\s*(?:,\s*(?:y|e|and|et)\b|,|;|\b(?:y|e|and|et)\b|&)\s*")
STATES: Final = re.compile(r"embaj|embaix|embass|ambassade|agenc")
# A part of a body, which is no body by itself.
PART: Final = re.compile(r"\b(?:unit|unidad|unidade|unite|sector|division|team|equipo|equipe)\b")
NO_NAMES: Final = frozenset(("secretaria executiva", "secretaria ejecutiva", "secretaria general", "secretaria geral"))
MOST_WORDS: Final = 12


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    name: str
    known: str | None = None


def called_in(text: str, is_place: Callable[[str], bool], persons: set[str]) -> Iterator[Span]:
    """Names that have a noun of bodies in them; after *organised by* and its like any name that is no person's or place's."""
    joined: list[tuple[int, int]] = []
    for start, end in (match.span(1) for match in NAME.finditer(text)):
        if joined and _go_together(text, joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], end)
        elif not joined or start >= joined[-1][1]:
            more = MORE_TASKS.match(text, end) if _has_tasks(text[start:end]) else None
            listed = more and not any(is_a_bodys(part) for part in re.split(r",\s+|\s+(?:y|e|and|et)\s+", more[0]))
            joined.append((start, more.end() if more and listed else end))
    for start, end in joined:
        if span := _noun_in(text, start, end, persons):
            yield span
    for cue in HOLDS.finditer(text):
        place = cue.end()
        while (lead := BEFORE_ONE.match(text, place)) and (match := NAME.match(text, lead.end())):
            name = re.sub(r"^[A-Z-]{2,}[’']s\s+", "", match[1].rstrip(".'’"))
            folded = fold(name)
            place = match.end()
            if not (
                is_place(name)
                or folded in persons
                or folded in regions()
                or folded.split()[0] in POSTS - QUALIFIES
                or PART.search(folded)
                or len(folded.split()) > MOST_WORDS
            ):
                begin = text.index(name, match.start(1))
                yield _noun_in(text, begin, match.end(1), persons) or Span(begin, begin + len(name), name)
            if not (between := BETWEEN.match(text, place)):
                break
            place = between.end()


def _go_together(text: str, one: tuple[int, int], next_: tuple[int, int]) -> bool:
    """`Ministry of Labour | and | Social Affairs`, and not `World Bank and IDB`."""
    between, name = text[one[1] : next_[0]], text[slice(*next_)]
    return not is_a_bodys(name) and (
        AND_OF.match(between) is not None or (AND.match(between) is not None and _has_tasks(text[slice(*one)]))
    )


def is_a_bodys(name: str) -> bool:
    return name in acronyms() or any(is_noun(word) for word in fold(name).split())


def _noun_in(text: str, start: int, end: int, persons: set[str]) -> Span | None:
    """The body within capitalised words: from its noun on, or up to it: `Universidad del Estero`, `Northmarsh University`."""
    tokens = [(word.group(), start + word.start(), start + word.end()) for word in re.finditer(r"\S+", text[start:end])]
    folded = [fold(word).removesuffix("'s").removesuffix("’s") for word, _, _ in tokens]
    small = [re.fullmatch(rf"{LINK}|y|e|and|et|&", word) is not None for word, _, _ in tokens]
    is_post = [word in POSTS and word not in QUALIFIES for word in folded]
    first = None
    for place, word in enumerate(folded):
        follows = folded[place + 1] if place + 1 < len(tokens) else ""
        if word in section("trailing") and place > 0 and not small[place - 1] and not is_post[place - 1]:
            begin = place
            while (
                begin > 0
                and not is_post[begin - 1]
                and folded[begin - 1] != "the"
                and not _stops(tokens[begin - 1][0], small[begin - 1])
            ):
                begin -= 1
            first = (begin, len(tokens) if follows in ("of", "for") else place + 1)
        elif (
            (
                is_noun(word)
                or (word == "congreso" and {"estado", "nacional", "union"} & set(folded[place + 1 : place + 4]))
            )
            and not small[place]
            and follows
            and (word not in section("trailing") or re.fullmatch(r"of|for|d[eo]|d[ao]s?|des|du|del", follows))
            and (place == 0 or small[place - 1] or first is None)
        ):
            first = (place, len(tokens))
    for place, word in enumerate(folded[:-1]):
        if word == "mayor" and folded[place + 1] == "office":  # the Mayor's Office of Quito
            first = (place, len(tokens))
    if first is None or first[1] - first[0] > MOST_WORDS:
        return None
    name = text[tokens[first[0]][1] : tokens[first[1] - 1][2]].rstrip(".'’")
    name = re.sub(r"[’']s$|\s+[A-Z]+-[A-Z-]+$", "", name)  # the IDB's; Comitê da Bacia CBH-ALPA
    for count in range(4, 1, -1):  # Congreso del Estado | Edgar Oswaldo Bañales
        words = name.split()
        if len(words) > count + 1 and fold(" ".join(words[-count:])) in persons and words[-count - 1][0].isupper():
            name = " ".join(words[:-count])
    if all(says_a_type(word) or word in QUALIFIES for word in fold(name).split()) and (
        name.isupper() or folded[first[0]] in QUALIFIES
    ):
        return None  # the City Council
    begin = tokens[first[0]][1]
    if STATES.match(fold(name)) and (place_ := IN_A_COUNTRY.match(text, begin + len(name))):
        name = text[begin : place_.end()]
    return None if fold(name) in NO_NAMES else Span(begin, begin + len(name), name)


def _stops(word: str, is_small: bool) -> bool:
    """Whether a name that ends with its noun begins after this word: `of`, `the IDB's`."""
    return (is_small and word not in ("&", "van", "von", "der")) or re.search(r"[A-Z][’']s$", word) is not None


def _has_tasks(name: str) -> bool:
    return any(HAS_TASKS.match(word) for word in fold(name).split())


def known_in(line: Line) -> Iterator[Span]:
    shouts = line.text.isupper()
    for match in re.finditer(r"(?<![\w-])[A-Z][\w-]*(?:[ .][A-Z][\w.]+)?", line.text):
        for said in dict.fromkeys((match[0], match[0].split(" ")[0])):
            if said in acronyms() and not shouts:
                yield Span(match.start(), match.start() + len(said), said, acronyms()[said][0])
                break
    folded = line.folded
    if len(folded) != len(line.text):
        return
    for match in re.finditer(r"(?<![^\W_])[^\W\d_][\w-]*", folded):
        start = match.start()
        if not line.text[start].isupper():
            continue
        for name in by_first_word().get(match[0], ()):
            end = start + len(name)
            if folded.startswith(name, start) and not folded[end : end + 1].isalnum():
                yield Span(start, end, line.text[start:end], known_names()[name][0])
                break


def longest(spans: Iterable[Span]) -> list[Span]:
    """Those that do not overlap, the longer before the shorter, in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start - each.end, each.known is None)):
        place = bisect_left(kept, span.start, key=lambda each: each.start)
        follows = kept[place] if place < len(kept) else None
        if (place == 0 or kept[place - 1].end <= span.start) and (follows is None or span.end <= follows.start):
            kept.insert(place, span)
    return kept
