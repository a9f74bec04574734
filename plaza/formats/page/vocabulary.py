"""The words by which a page of a network of cities gives itself away, in four languages, folded (no accents, no case)."""

from pathlib import Path
from typing import Final

WORDS: Final = Path(__file__).parent / "data" / "words.txt"


def words(section: str) -> frozenset[str]:
    """The words under a heading of the file."""
    part = WORDS.read_text("utf-8").split(f"[{section}]\n", 1)[1].split("\n[", 1)[0]
    return frozenset(part.split())


def phrases(file: str) -> list[str]:
    """The lines of a file of patterns, longest first."""
    rows = (WORDS.parent / f"{file}.txt").read_text("utf-8").splitlines()
    return sorted((row for row in rows if row and not row.startswith("#")), key=len, reverse=True)


# By kind of meeting (MODEL.md); the first that stands nearest the beginning of a title, a label, then a text wins.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "webinar": ("webinar", "webinario", "webinaire", "webinars", "seminario web", "seminario virtual"),
    "conversation": (
        "conversatorio", "conversation", "conversacion", "conversa", "bate-papo", "roda de conversa", "dialogue",
        "dialogo", "entrevista", "interview", "entrevistamos", "causerie", "entretien", "charlamos", "lo conversamos",
    ),
    "workshop": ("workshop", "taller", "oficina", "atelier", "workshops", "talleres", "oficinas", "ateliers"),
    "panel": ("panel", "painel", "table ronde", "mesa redonda", "round table", "roundtable"),
    "forum": ("forum", "foro", "forums"),
    "conference": (
        "conference", "conferencia", "congreso", "congresso", "congres", "seminario", "seminar", "seminaire",
        "simposio", "symposium", "colloque",
    ),
    "summit": ("summit", "cumbre", "cupula", "sommet", "meeting of mayors", "mayors meeting"),
    "course": ("course", "curso", "cours en ligne", "diplomado", "capacitacion", "formation", "training", "formacao"),
    "talk": ("talk", "charla", "palestra", "expose", "lecture", "ponencia"),
    "discussion": ("discussion", "debate", "discusion", "discussao", "debat", "convening"),
    "event": (
        "event", "evento", "evenement", "encuentro", "encontro", "rencontre", "reunion", "reuniao", "semana", "week",
        "semaine", "visita", "visite", "visit", "intercambio", "jornada", "journee", "feria", "meeting", "exchange",
        "sesion", "gira", "festival", "seance",
    ),
}  # fmt: skip

# Meetings that hold others: what stands below them as panels and sessions are theirs.
CONTAINERS: Final = frozenset(("conference", "forum", "summit", "workshop", "course"))

# Labels of links and files (MODEL.md: kinds of materials).
MATERIALS: Final[dict[str, tuple[str, ...]]] = {
    "website": ("website", "web site", "site", "sitio web", "sitio", "pagina web", "site web", "web", "page web"),
    "recording": ("recording", "grabacion", "gravacao", "enregistrement", "recordings", "grabaciones", "gravacoes"),
    "video": ("video", "videos"),
    "notes": ("notes", "notas", "apuntes", "anotacoes", "relatoria", "minutas", "compte rendu", "compte-rendu", "comptes rendus"),
    "summary": ("summary", "resumen", "resumo", "sintesis", "sintese", "synthese", "resume", "memoria", "memorias"),
    "presentation": (
        "presentation", "presentacion", "apresentacao", "slides", "presentations", "presentaciones", "apresentacoes",
        "diapositivas", "diaporama",
    ),
    "publication": ("publication", "publicacion", "publicacao", "libro", "livro", "brochure"),
    "agenda": ("agenda", "programa", "programme", "programacao", "program", "convocacao", "convocatoria", "ordre du jour"),
    "report": ("report", "informe", "relatorio", "rapport", "reporte"),
}  # fmt: skip
# What may stand around such a label on a line of links.
OFFERS: Final = words("offers")
# A text that hands something over: "we share the presentation of …".
SHARES: Final = words("shares")

# Nouns that begin what somebody is. Longer ones first where one begins another.
POSTS: Final = words("posts")
PRECEDES_A_PERSON: Final = words("precede a person")
MODERATES: Final = ("modera", "moder", "mediac", "animat", "host")

# Beginnings of the names of bodies: what begins so is no person.
BODIES: Final = words("bodies")
# Of these, words that are surnames or given names as well: they do not speak against a person by themselves.
ALSO_NAMES: Final = words("also names")
PARTICLES: Final = words("particles")
ARTICLES_AND_PARTICLES: Final = PARTICLES | words("articles")
