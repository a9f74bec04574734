"""What a line is for: a title, a date, links, a label before people, a session, a heading of a part of the page."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plaza.core.folding import fold
from plaza.formats.page.dates import DAY_LABEL, HOURS, Said, said_in
from plaza.formats.page.lines import Line
from plaza.formats.page.vocabulary import KINDS, MATERIALS, OFFERS, SHARES, phrases, words

KIND_WORDS: Final = {word: kind for kind, words in KINDS.items() for word in words}
KIND: Final = re.compile(r"\b(" + "|".join(sorted(map(re.escape, KIND_WORDS), key=len, reverse=True)) + r")(?:s|es)?\b")
MATERIAL_WORDS: Final = {word: kind for kind, words in MATERIALS.items() for word in words}
MATERIAL: Final = re.compile(r"\b(" + "|".join(sorted(map(re.escape, MATERIAL_WORDS), key=len, reverse=True)) + r")\b")
# A label and a number before a title. Whatever the label is, but for those of sessions.
NUMBERED: Final = re.compile(
    r"^(?:(?!panel|painel|mesa|eje|eixo|bloque|bloco|table|sala|salle|room|sesion|sessao|session|dia|day|jour|zona|zone|ley|lei|article|articulo|art|covid)"
    r"(?:n|no|num|[a-z]{4,14})\s?[º°.#]?\s*(?P<a>\d{1,2})\s*[:.–—-]\s*"
    r"|(?P<b>\d{1,2})\s*[.)]\s+|(?P<c>\d{1,2})\s*(?:[º°ªo]|er|e|eme|st|nd|rd|th)\s*(?:webinar|encontro|encuentro|taller|oficina|conversatorio|webinario|rencontre|seminario|meeting|atelier|webinaire)\s*[:.–—-]\s*)(?=\S)"
)
SESSION: Final = re.compile(
    r"^(?:(?:panel|painel|mesa|eje|eixo|bloque|bloco|table ronde|room|salle|session|sesion|sessao|sesion paralela|"
    r"sessao paralela|parallel session|session parallele|oficina|taller|atelier|workshop)\s+(?:\d{1,2}|"
    r"[a-h])\s*[:.–—-]\s*|[a-h]\)\s+|sala\s+\w+\s*[:–—-]\s*|\d\d[h:]\d\d\s*-*\s*(?:palestra|panel|charla|"
    r"talk|expose)\s*:\s*)(?=\S)"
)
PARALLEL: Final = re.compile(
    r"\b(?:paralel\w*|parallel\w*|parallele\w*|simultane\w*|ao mesmo tempo|at the same time|"
    r"al mismo tiempo|en meme temps)\b"
)
EDGES: Final = re.compile(
    r"^(?:closing|opening|cierre|clausura|apertura|inauguracion|encerramento|abertura|cloture|ouverture|bienvenida|welcome)\b"
    r"(?:\s+(?:remarks|session|plenary|words|ceremony|palabras|sesion|sessao|plenaria|pleniere|keynote))?\s*(?::\s*(?P<rest>\S.*)|\W*)$"
)
SERIES_WORD: Final = re.compile(r"\b(ciclo|serie|series|trilha|cycle|cyle|temporada|season)\b")
WEEK: Final = re.compile(r"\b(?:week|semana|semaine)\b")
CHROME: Final = re.compile(
    r"^(?:inicio|home|menu|contacto|contact|contato|accueil|subscribe|suscribase|assine|inscricao|"
    r"inscripcion|concluir|voltar|volver|back|pular para|saltar al|skip to"
    r"|siguenos|follow us|©|copyright|compartir|share|buscar|search|leer mas|read more|leia mais)\b"
)
FILE: Final = re.compile(
    r"^\S*(?:logo|banner|cabecalho|header|img|foto)\S*(?:[_.\-]\S*)?(?:\s?\S{0,6}_\d+)?$|^\S+\.(?:jpe?g|"
    r"png|gif|svg|webp|pdf)$",
    re.IGNORECASE,
)
DATE_LABEL: Final = re.compile(r"^(?:data|fecha|date|when|cuando|quando|quand|dia)\s*:\s*")
DETAIL_LABEL: Final = re.compile(
    r"^(?:local|lugar|lieu|place|venue|where|horario|hora|time|heure|endereco|direccion|address|idioma|"
    r"language|modalidad|formato)\s*:"
)
OPENS_PROSE: Final = re.compile(
    r"^(?:in|on|during|with|as|at|el|la|en|el dia|durante|como|con|no|na|em|durante|dans|lors|pendant|"
    r"avec|este|esta|this|le|o|a|os|the|ce|cette)\b"
)


# What a text says that tells of an occasion: it was held, somebody spoke, something is shared. A line is a phrase.
TOLD: Final = re.compile(r"\b(?:" + "|".join(phrases("told")) + r")\b")


@dataclass(frozen=True, slots=True)
class Offer:
    kind: str
    line: int
    url: str | None


def kind_in(text: str) -> str | None:
    """The kind whose word stands first in a folded text."""
    match = KIND.search(text)
    return KIND_WORDS[match[1]] if match else None


def dates_of(line: Line) -> list[Said]:
    return line.dates


def rest_without_dates(line: Line) -> list[str]:
    """The words of a line that are neither a date nor an hour."""
    text = DATE_LABEL.sub("", line.folded)
    if label := DAY_LABEL.match(text):
        text = text[label.end() :]
    for said in reversed(said_in(text)):
        text = text[: said.start] + " " + text[said.end :]
    text = HOURS.sub(" ", text)
    return [word for word in re.findall(r"[^\W\d_]+", text) if word not in DATE_FILL]


DATE_FILL: Final = words("fill a date")


def is_date_line(line: Line) -> bool:
    """Nothing but a date, with its hour or its weekday."""
    if line.is_prose or not any(letter.isdigit() for letter in line.text):
        return False
    has_date = bool(said_in(DATE_LABEL.sub("", line.folded))) or DAY_LABEL.match(line.folded) is not None
    return has_date and len(rest_without_dates(line)) == 0 and re.fullmatch(r"(?:19|20)\d\d", line.text.strip()) is None


def is_detail(line: Line) -> bool:
    """When and where, or what and when: `Curitiba, outono de 2020`, `Foro virtual, 30/09/2021`, `Local: on-line`."""
    if line.bullet or line.is_prose:
        return False
    if DETAIL_LABEL.match(line.folded) or DATE_LABEL.match(line.folded):
        return True
    dates = [said for said in dates_of(line) if said.weight > 1 or said.season]
    if not dates or "«" in line.text or '"' in line.text or "“" in line.text or "?" in line.text:
        return False
    rest = rest_without_dates(line)
    kinds = {
        word
        for word in rest
        if word in KIND_WORDS or word in ("virtual", "presencial", "online", "linea", "on", "line")
    }
    return len(rest) - len(kinds) <= 4 and (line.blanks_before == 0 or len(rest) <= 3)


# Between the labels of a row of links.
BETWEEN: Final = re.compile(r"\s*[|·•›;]\s*|\s+/\s+|\s+[–—]\s+|,\s+")
BAR: Final = re.compile(r"\s*[|·]\s*|\s+/\s+")
# Offered beside materials, and none itself.
NO_MATERIAL: Final = words("no materials")


def offers_of(line: Line) -> list[Offer]:
    """The materials that a line hands over: a row of links, the end of an entry, a text that shares one."""
    by_label = {fold(label): url for label, url in line.links}
    row = _row(line.text)
    if row == ["agenda"] and not line.links:
        return []  # the heading of a programme that follows
    if row:
        parts = [part for part in BETWEEN.split(line.text) if _label(part)]
        return [Offer(kind, line.number, by_label.get(fold(part))) for kind, part in zip(row, parts, strict=True)]
    found: list[Offer] = []
    segments = BAR.split(line.text)
    tail = segments[1:] if len(segments) > 1 else re.split(r"(?<=[\w»”\"])\.\s+", line.text.rstrip("."))[1:]
    if len(segments) > 1 or not line.is_prose:
        for segment in tail:
            for each in _row(segment):
                found.append(Offer(each, line.number, by_label.get(fold(segment))))
    if found:
        return found
    if label := re.match(r"^(?:material|materiales|materiais|materials|documents?)\s*:\s*(.+)$", line.folded):
        return [Offer(MATERIAL_WORDS[m[1]], line.number, None) for m in MATERIAL.finditer(label[1])]
    for sentence in re.split(r"(?<=[.!?])\s+", line.text):
        if (kind := _shared(fold(sentence))) is not None:
            return [Offer(kind, line.number, next(iter(by_label.values()), None))]
    return []


def _shared(sentence: str) -> str | None:
    """What a sentence hands over: `we share the presentation of …`, `the slides are here`."""
    words = re.findall(r"[^\W\d_]+", sentence)
    match = MATERIAL.search(sentence)
    if match is None or match[1] in TOO_COMMON:
        return None
    shares = any(word in SHARES for word in words[:6])
    is_here = len(words) <= 10 and re.search(
        r"\b(?:here|aqui|ici|downloaded|disponible|disponivel|available)\b", sentence
    )
    points = re.search(r"\b(?:this|esta|este|cette|ce|nesta|neste)\s+(?:\w+\s+)?$", sentence[: match.start()])
    if is_here or (shares and (len(words) <= 12 or points or _near(words, match[1]))):
        return MATERIAL_WORDS[match[1]]
    return None


TOO_COMMON: Final = frozenset(("site", "web", "program", "agenda", "programa", "programme", "memoria", "page web"))


def _row(text: str) -> list[str]:
    """The kinds of a row of labels; none where something else stands in it."""
    parts = [part for part in BETWEEN.split(text.strip(" .")) if part.strip()]
    kinds = [(_label(part), fold(part).strip()) for part in parts]
    if any(kind is None and part not in NO_MATERIAL for kind, part in kinds):
        return []
    return [kind for kind, _ in kinds if kind]


def is_menu(line: Line) -> bool:
    """Several short words between bars, dots or angles."""
    parts = re.split(r"\s*[|·›»]\s*|\s+/\s+", line.text)
    return len(parts) >= 4 and all(len(part.split()) <= 4 for part in parts) and not dates_of(line)


def is_offer_line(line: Line) -> bool:
    """A line of links alone."""
    if _row(line.text) and offers_of(line):
        return True
    return len(line.words) <= 11 and not line.bullet and bool(offers_of(line)) and not line.dates


def _label(part: str) -> str | None:
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", fold(part))
    if not words or len(words) > 5:
        return None
    left = " ".join(word for word in words if word not in OFFERS)
    if not left and words[0] in ("watch", "ver", "voir", "assista", "vea", "mire"):
        return "video" if len(words) == 1 else None
    whole = MATERIAL_WORDS.get(left) or MATERIAL_WORDS.get(" ".join(words))
    # `Summit report`: what it is of stands before the label.
    return whole or (MATERIAL_WORDS.get(words[-1]) if len(words) == 2 and words[0] in KIND_WORDS else None)


def _near(words: Sequence[str], word: str) -> bool:
    first = word.split()[0]
    at = next((n for n, each in enumerate(words) if each == first), 99)
    return any(0 < at - n <= 4 for n, each in enumerate(words) if each in SHARES)


def repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Lines that stand three times or more: subheadings of a template, menus."""
    counts = Counter(line.folded for line in lines)
    return frozenset(text for text, count in counts.items() if count >= 3)
