"""Pages made from random meetings, each in one of several layouts, with what a reader should find in them."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

FIRST: Final = [
    "Eulalia",
    "Ramiro",
    "Casilda",
    "Teodoro",
    "Jandira",
    "Otoniel",
    "Berenice",
    "Custódio",
    "Odile",
    "Gaspard",
    "Clémence",
    "Rodrigue",
    "Meera",
    "Joseph",
    "Saoirse",
    "Desmond",
]
LAST: Final = [
    "Montenegrín",
    "Echenagusia",
    "Urrengoechea",
    "Arrascaeta",
    "Tavolara",
    "Brasiliano",
    "Caiubi",
    "Alencastro",
    "Brassevin",
    "Mirandol",
    "Vaugrenard",
    "Kerlaz",
    "Talwandikar",
    "Otwendo",
    "Castlemaine",
    "Achterberg",
]
SUBJECTS: Final = {
    "es": ("agua de lluvia", "mercados de abasto", "techos verdes", "cuentas claras", "calles para jugar", "buses eléctricos"),
    "pt": ("água da chuva", "feiras livres", "telhados verdes", "contas claras", "ruas de brincar", "ônibus elétricos"),
    "en": ("rain water", "food markets", "green roofs", "clear accounts", "streets to play in", "electric buses"),
    "fr": ("eau de pluie", "marchés couverts", "toits verts", "comptes clairs", "rues à jouer", "bus électriques"),
}  # fmt: skip
HEADS: Final = {
    "es": ("Lecciones de {}", "Cómo financiar {}", "{}: lo aprendido", "Pensar otra vez {}"),
    "pt": ("Lições de {}", "Como financiar {}", "{}: o que aprendemos", "Repensar {}"),
    "en": ("Lessons from {}", "How to pay for {}", "{}: what we learned", "Thinking again about {}"),
    "fr": ("Leçons de {}", "Comment financer {}", "{} : ce que nous avons appris", "Repenser {}"),
}
KINDS: Final = {
    "es": {"webinar": "Webinar", "workshop": "Taller", "forum": "Foro", "course": "Curso"},
    "pt": {"webinar": "Webinar", "workshop": "Oficina", "forum": "Fórum", "course": "Curso"},
    "en": {"webinar": "Webinar", "workshop": "Workshop", "forum": "Forum", "course": "Course"},
    "fr": {"webinar": "Webinaire", "workshop": "Atelier", "forum": "Forum", "course": "Formation"},
}
MONTHS: Final = {
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "pt": [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
POSTS: Final = {
    "es": ("alcaldesa", "director de aguas", "profesora"),
    "pt": ("prefeita", "diretor de águas", "professora"),
    "en": ("mayor", "head of water", "professor"),
    "fr": ("maire", "directeur des eaux", "professeure"),
}
LINKS: Final = {
    "es": ("Grabación", "Notas"),
    "pt": ("Gravação", "Notas"),
    "en": ("Recording", "Notes"),
    "fr": ("Enregistrement", "Notes"),
}
CITIES: Final = ("Quito", "Guayaquil", "Montevideo", "Recife", "Salvador", "Guadalajara", "Bogotá", "Rosario")
SAID: Final = {
    "es": "Hablamos de lo que costó, de lo que salió mal y de lo que se haría otra vez, con cifras de tres barrios.",
    "pt": "Falamos do que custou, do que deu errado e do que se faria de novo, com números de três bairros.",
    "en": "We discussed what it cost, what went wrong and what would be done again, with figures from three districts.",
    "fr": "Nous avons parlé de ce que cela a coûté, de ce qui a échoué et de ce que l’on referait, avec des chiffres.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting as it is to be found."""

    title: str
    kind: str
    day: dt.date
    city: str
    people: tuple[tuple[str, str], ...]


Layout: TypeAlias = Callable[[Sequence[Told], str], str]


def meetings(draw: random.Random, language: str, count: int) -> list[Told]:
    """Different titles and people."""
    titles = [head.format(subject) for head in HEADS[language] for subject in SUBJECTS[language]]
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chosen = draw.sample(names, 2 * count)
    return [
        Told(
            title[0].upper() + title[1:],
            draw.choice(list(KINDS[language])),
            dt.date(draw.randint(2014, 2023), draw.randint(1, 12), draw.randint(1, 28)),
            draw.choice(CITIES),
            tuple((name, draw.choice(POSTS[language])) for name in chosen[2 * n : 2 * n + 2]),
        )
        for n, title in enumerate(draw.sample(titles, count))
    ]


def day_in(day: dt.date, language: str) -> str:
    month = MONTHS[language][day.month - 1]
    if language == "en":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year}" if language == "fr" else f"{day.day} de {month} de {day.year}"


def _links(language: str) -> str:
    return " | ".join(LINKS[language])


def headed(told: Sequence[Told], language: str) -> str:
    """Title; kind, place and date; text; people; links."""
    return "\n\n\n".join(
        "\n".join(
            [
                each.title,
                f"{KINDS[language][each.kind]}, {each.city}, {day_in(each.day, language)}",
                SAID[language],
                *(f"• {name}, {post}" for name, post in each.people),
                _links(language),
            ]
        )
        for each in told
    )


def spaced(told: Sequence[Told], language: str) -> str:
    """An empty line between all of it, as a page is when it is pasted."""
    return "\n\n".join(
        "\n\n".join(
            [
                each.title,
                f"{KINDS[language][each.kind]}, {day_in(each.day, language)}",
                SAID[language],
                "\n".join(f"  - {name} ({post})" for name, post in each.people),
                _links(language),
            ]
        )
        for each in told
    )


def entries(told: Sequence[Told], language: str) -> str:
    """A list, one line each."""
    return "\n".join(
        f"• {KINDS[language][each.kind]} “{each.title}” - {each.city}, {day_in(each.day, language)} | {_links(language)}"
        for each in told
    )


def rows(told: Sequence[Told], language: str) -> str:
    """A table pasted as text."""
    return "\n".join(
        f"{each.day:%d/%m/%Y} | {KINDS[language][each.kind]} «{each.title}» | {each.city} | {LINKS[language][0]}"
        for each in told
    )


def markdown(told: Sequence[Told], language: str) -> str:
    return "\n\n".join(
        "\n\n".join(
            [
                f"## {each.title}",
                f"**{KINDS[language][each.kind]}** – {each.city}, {day_in(each.day, language)}",
                SAID[language],
                "\n".join(f"* **{name}**, {post}" for name, post in each.people),
                f"[{LINKS[language][0]}](https://example.org/r)",
            ]
        )
        for each in told
    )


def html(told: Sequence[Told], language: str) -> str:
    return (
        "<!doctype html><html><body>"
        + "".join(
            f"<article><h3>{each.title}</h3><p>{KINDS[language][each.kind]}, {each.city}, {day_in(each.day, language)}</p>"
            f"<p>{SAID[language]}</p><ul>{''.join(f'<li>{name}, {post}</li>' for name, post in each.people)}</ul>"
            f"<p><a href='https://example.org/r'>{LINKS[language][0]}</a></p></article>"
            for each in told
        )
        + "</body></html>"
    )


def dashed(told: Sequence[Told], language: str) -> str:
    """The date before the title."""
    return "\n\n".join(
        "\n".join(
            [
                f"{day_in(each.day, language)} — {each.title}",
                f"{KINDS[language][each.kind]}. {SAID[language]}",
                "; ".join(f"{name}, {post}" for name, post in each.people) + ".",
                _links(language).replace("|", "·"),
            ]
        )
        for each in told
    )


def numbered(told: Sequence[Told], language: str) -> str:
    """A list that counts, its dates in running text."""
    return "\n\n".join(
        f"{number}. {each.title}\n\n{KINDS[language][each.kind]}, {each.city}, {day_in(each.day, language)}. {SAID[language]}\n\n"
        + "\n".join(f"  • {name}, {post}" for name, post in each.people)
        for number, each in enumerate(told, 1)
    )


LAYOUTS: Final[dict[str, Layout]] = {
    layout.__name__: layout for layout in (headed, spaced, dashed, numbered, entries, rows, markdown, html)
}
# In these nobody is named.
WITHOUT_PEOPLE: Final = frozenset(("entries", "rows"))
