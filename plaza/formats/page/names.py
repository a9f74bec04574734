"""Names of people in a text, and what is said that they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.gazetteer import Gazetteer
from plaza.formats.page.vocabulary import ALSO_NAMES, BODIES, MODERATES, PARTICLES, POSTS, PRECEDES_A_PERSON, words

TOKEN: Final = r"(?:[A-ZÀ-ÝŽŠ][\w’'À-ÿ]*(?:-[A-ZÀ-Ý][\wÀ-ÿ]*)*\.?(?<![a-zà-ÿ]{3}\.))"
PARTICLE: Final = r"(?:d[eo]l?|de\s+l[ao]s?|l[aeo]s?|das?|dos|von|van|der|den|di|du|bin|al|ter)"
NAME: Final = re.compile(rf"(?<![\w’'])({TOKEN}(?:\s+(?:{PARTICLE}\s+)?{TOKEN}){{1,5}})")
HONORIFICS: Final = words("honorifics")
ARTICLES: Final = words("articles")
LABEL: Final = re.compile(r"^([^:()]{3,40}):\s*(.+)$")
# After the post: where it is held. What follows stays with the post where it is no name (a portfolio).
AT_A_BODY: Final = re.compile(
    r"\s+(?:at|of|for|from|in|de|del|da|do|dos|das|en|em|na|no|pour|du|des|d[’'])\s+(?:(?:the|la|el|los|"
    r"las|o|a|le|les)\s+)?(?=[A-ZÀ-Ý0-9«“\"])"
)

# What is said of somebody stands so near, in letters: a page on one line is read in linear time.
REACH: Final = 240


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in a text. `role` and `organisation` as the text has them; `country` a code. `start`: where."""

    name: str
    role: str | None
    organisation: str | None
    country: str | None
    moderates: bool
    start: int
    city: str | None = None


def mentions(
    text: str, gazetteer: Gazetteer, *, listed: bool, item: bool = False, cities: frozenset[str] = frozenset()
) -> list[Mention]:
    """People named in a line. `item`: it is one of a list, and names one person; `listed`: of a list of people, where a
    bare name is a person too. `cities`: folded names of cities of this page, which no person has."""
    known = _Known(gazetteer, cities)
    found = _listed(text, known, bare=listed, item=item)
    return [found] if found is not None else list(_in_prose(text, known))


@dataclass(frozen=True, slots=True)
class _Known:
    gazetteer: Gazetteer
    cities: frozenset[str]

    def is_city(self, name: str) -> bool:
        return fold(name) in self.cities or fold(name) in self.gazetteer.places


def _listed(text: str, known: _Known, *, bare: bool, item: bool) -> Mention | None:
    """`Name, post, body, country`; `Name (post, body)`; `Moderator: Name, …`."""
    moderates, shift, label = False, 0, None
    if label := LABEL.match(text):
        said = fold(label[1]).split()
        if not (said[0] in PRECEDES_A_PERSON or any(word.startswith(MODERATES) for word in said)):
            return None
        moderates = any(word.startswith(MODERATES) for word in said)
        shift = label.start(2)
        bare = True
    rest = _without_honorific(text[shift:])
    match = NAME.match(rest)
    if match is None:
        return None
    name, lead = _lead_off(match[1])
    bare = bare or name != match[1]
    if not is_person(name, known):
        return None
    after = rest[match.end() :].strip()
    if _others(after, known) and (not item or ";" in after or label):
        return None
    if not after.strip(" ."):
        return Mention(name, lead, None, None, moderates, shift) if bare else None
    if after[0] in ",(–—-":
        words = after.strip(" ,–—-").strip()
        words = words[1:].partition(")")[0] if words.startswith("(") else words
        if not bare and _verbal(words):
            return None
        found = _described(name, words, known, moderates, shift)
        return found if found.role or not lead else replace(found, role=lead)
    return None


def _others(after: str, known: _Known) -> bool:
    """Whether other people follow who are named in their own right: `A, B y C`, `A (post), B (post)`, `A, post; B, …`."""
    after = after[:REACH]
    for match in NAME.finditer(after):
        before = after[: match.start()]
        if re.search(r"(?:^|[,;)]|\b(?:y|e|and|et))\s*$", before) and is_person(_lead_off(match[1])[0], known):
            follows = after[match.end() :]
            begins_next = re.search(r"(?:;|\)\s*,?|\b(?:y|e|and|et))\s*$", before) is not None
            if (
                begins_next
                or re.match(r"\s*\(|\s*(?:,|y\b|e\b|and\b|et\b)\s*[A-ZÀ-Ý][^,]*$", follows)
                or not before.strip(" ,")
            ):
                return True
    return False


def _in_prose(text: str, known: _Known) -> Iterator[Mention]:
    last_end, last_was = 0, False
    for match in NAME.finditer(text):
        name, lead = _lead_off(match[1])
        start = match.start() + match[1].index(name) if name else match.start()
        before, after = text[max(0, match.start() - REACH) : match.start()], text[match.end() : match.end() + REACH]
        if (
            not name
            or _is_quoted(text, start)
            or not is_person(name, known)
            or re.match(r"\s*\([A-Z]{2,}[A-Z-]*\)", after)
        ):
            last_was = False
            continue
        between = text[last_end : match.start()]
        role_before = _post_before(before)
        role = lead
        described = None
        if opened := re.match(r"\s*,\s*|\s*\(", after):
            words = after[opened.end() :]
            words = words.partition(")")[0] if opened[0].strip() == "(" else _clause(words)
            of_the_next = role_before is not None and re.match(r"(?:l[ao]s?|el|the|o|a|le)\s", words) is not None
            if opened[0].strip() == "(" or (_is_post(words.split(",")[0]) and not of_the_next):
                described = _described(name, words, known, False, start)
        role = role or role_before
        if described is None and PLACED.search(before) and not _is_cued(before) and not lead:
            last_was = False
            continue
        goes_on = last_was and re.fullmatch(
            r"[^.!?]{0,80}?(?:,|;|\by\b|\be\b|\band\b|\bet\b|\))\s*(?:y|e|and|et|por|by|con|com|with)?\s*", between
        )
        cued = _is_cued(before)
        if described is not None:
            yield Mention(
                name,
                described.role or role,
                described.organisation,
                described.country,
                _moderates(before),
                start,
                described.city,
            )
        elif role or cued or goes_on:
            yield Mention(name, role, None, None, _moderates(before), start)
        else:
            last_was = False
            continue
        last_end, last_was = match.end(), True


# Before the name of a place or a body, hardly ever of a person.
PLACED: Final = re.compile(
    r"\b(?:de|del|da|do|dos|das|of|en|em|in|at|para|for|from|desde|du|des|à|au|na|no|the|la|el)\s+$", re.IGNORECASE
)


def is_person(name: str, known: _Known) -> bool:
    """Whether capitalised words can be somebody's name: not a body's, not a place's, not shouted."""
    words = fold(name).replace(".", "").split()
    if not words or words[0] in BODIES or words[0] in ARTICLES or words[0] in POSTS:
        return False
    if any(word in BODIES and word not in ALSO_NAMES for word in words) or any(word in POSTS for word in words):
        return False
    if any(token.isupper() and len(token.strip(".")) > 1 and "." not in token for token in name.split()):
        return False
    if known.is_city(name) or known.gazetteer.country(name):
        return False
    if known.gazetteer.country(name.split()[-1]) and known.is_city(" ".join(name.split()[:-1])):
        return False  # Bilbao Spain
    return len([word for word in words if word not in PARTICLES]) >= 2 and len(words) <= 8


def _lead_off(name: str) -> tuple[str, str | None]:
    """`Mayor Federico Gutiérrez` → the name and the post before it."""
    words = name.split()
    lead: list[str] = []
    while words and (
        fold(words[0]).strip(".") in HONORIFICS
        or fold(words[0]) in POSTS
        or fold(words[0]) in PRECEDES_A_PERSON
        or fold(words[0]) in PARTICLES
    ):
        if fold(words[0]) in POSTS:
            lead.append(words[0])
        words.pop(0)
    if words and len(words[-1]) > 3:
        words[-1] = words[-1].rstrip(".")
    return " ".join(words), " ".join(lead) or None


def _without_honorific(text: str) -> str:
    return re.sub(r"^(?:(?:Mr|Mrs|Ms|Dra?|Prof|Ing|Lic|Mtr[oa]|Arq|Sra?|Eng|Mme|M)\.?\s+)+(?=[A-ZÀ-Ý])", "", text)


def _described(name: str, words: str, known: _Known, moderates: bool, start: int) -> Mention:
    parts = [part.strip(" .)") for part in re.split(r",\s+|\s+[–—-]\s+|;|\s+\(", words) if part.strip(" .)")]
    country = None
    if parts and (country := known.gazetteer.country(parts[-1])):
        parts.pop()
    role = organisation = city = None
    if parts and _is_post(parts[0]):
        role, organisation, city = _parted(parts.pop(0), known)
    if parts and organisation is None and city is None and parts[0][:1].isupper():
        organisation = parts[0]
    return Mention(name, role, organisation, country, moderates, start, city)


# Minister of Labour: what follows is the post's own, and no body.
HAS_A_PORTFOLIO: Final = re.compile(
    r"(?:secretar\w+|minist\w+|viceminist\w+|subsecretar\w+|commissioner|comisionad[oa])$"
)


def _parted(post: str, known: _Known) -> tuple[str, str | None, str | None]:
    """A post with its body or its city: `mayor of Renca` → `mayor`, None, `Renca`."""
    cut = AT_A_BODY.search(post)
    if cut is None:
        return post, None, None
    role, where = post[: cut.start()].strip(), post[cut.end() :].strip()
    governs = re.search(
        r"\b(?:mayor|alcalde|alcaldesa|prefeit[oa]|intendent[ea]|maire|vice-?\w*|concejal\w*|councill?or|regidora?)$",
        fold(role),
    )
    if governs or known.is_city(where):
        return role, None, where
    if fold(where.split()[0]) not in BODIES and HAS_A_PORTFOLIO.search(fold(role)):
        return post, None, None
    return role, where, None


PARTICIPLE: Final = re.compile(r"^\w+(?:ed|ad[oa]s?|id[oa]s?|ée?s?)\b")


def _is_post(words: str) -> bool:
    """Whether words behind a name say what somebody is: one of POSTS near the beginning, or a few words in lower case."""
    if re.match(r"(?:The|El|La|O|A|Le) ", words):
        return False  # a newspaper
    tokens = [token for token in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", fold(words)) if token not in ARTICLES]
    if any(token in POSTS or token.split("-")[0] in POSTS for token in tokens[:3]):
        return True
    is_short = 0 < len(tokens) <= 4 and words[0].islower()
    return is_short and not _verbal(words) and not PARTICIPLE.match(tokens[0])


VERBS: Final = re.compile(
    r"^(?:held|hosted|tenue?s?|quien|que|who|which|qui|cual|explic|cont|mostr|señal|present|habl|told|said|falou|disse|contou|"
    r"mas|pero|but|y|e|and|como|en|in|em|para|con|com|on|about|sur|sobre|with|from|at|for|avec|dans|qui|a)\b|^(?:explic|cont|mostr|señal|present|habl)\w*\b"
)


def _verbal(words: str) -> bool:
    return VERBS.match(fold(words)) is not None


def _clause(words: str) -> str:
    """Up to where what is said of this person ends: a semicolon, a sentence's end, another person."""
    clause = re.split(r";|(?<=[a-zà-ÿ)»])[.:!?](?:\s|$)|\s+[–—]\s+", words, maxsplit=1)[0]
    following = re.search(rf",?\s+(?:y|e|and|et)\s+(?={TOKEN}\s+{TOKEN})|,\s+(?={TOKEN}\s+{TOKEN}\s*,)", clause)
    clause = clause[: following.start()] if following else clause
    verb = re.search(r",\s+(?=(?:explic|cont|mostr|señal|present|told|said|falou|disse)\w*)", clause)
    return clause[: verb.start()] if verb else clause


def _post_before(before: str) -> str | None:
    """`alcalde de Aguaviva del Sur, ` or `IDB specialist, ` or `la directora general `."""
    tail = re.search(r"([^.;:()¿?!]{3,90})[\s,]+$", before)
    if tail is None:
        return None
    segments = re.split(r",\s+|\s+(?:y|and|et)\s+(?=[a-zà-ÿ])", tail[1].strip(" ,"))
    words = segments[-1].split()
    if len(segments) > 1 and before.rstrip().endswith(",") and words and words[0][0].isupper():
        words = [*segments[-2].split(), *words]  # minister of Innovation, Science and Technology, …
    for begin in range(max(0, len(words) - 12), len(words)):
        token = fold(words[begin]).strip("«“\"',")
        if token in POSTS or token.split("-")[0] in ("vice", "ex", "co"):
            phrase = " ".join(words[begin:])
            if len(words) - begin <= 10:
                cut = AT_A_BODY.search(phrase)
                return (
                    phrase[: cut.start()] if cut and not before.rstrip().endswith(",") else _parted_role(phrase)
                ) or None
    return None


def _parted_role(phrase: str) -> str:
    cut = AT_A_BODY.search(phrase)
    return phrase[: cut.start()] if cut else phrase


def _is_cued(before: str) -> bool:
    tail = re.search(r"([^\W\d_]+)\s*(?:[:«“\"]|\ba\b|\bpor\b|\bde\b|\ba cargo de\b)?\s*$", before)
    words = re.findall(r"[^\W\d_]+", fold(before[-40:]))
    return (
        bool(tail)
        and bool(words)
        and (
            words[-1] in PRECEDES_A_PERSON
            or (
                len(words) > 1
                and words[-1] in ("a", "de", "por", "por", "cargo", "of", "from")
                and words[-2]
                in (
                    PRECEDES_A_PERSON
                    | {"cargo", "presentation", "presentacion", "apresentacao", "escuchamos", "palabras"}
                )
            )
        )
    )


def _is_quoted(text: str, start: int) -> bool:
    """Inside the marks of a title."""
    before = text[max(0, start - 4 * REACH) : start]
    return before.count("«") > before.count("»") or before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _moderates(before: str) -> bool:
    words = re.findall(r"[^\W\d_]+", fold(before[-30:]))
    return any(word.startswith(MODERATES) for word in words[-3:])
