"""Help: a small page an area, in Markdown, in four languages, in this package."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from plaza.core.languages import DEFAULT, known

FOLDER: Final = Path(__file__).resolve().parent.parent / "help"
# In the order of the list.
AREAS: Final = ("asking", "listening", "meetings-and-cities", "account", "app", "workspace")


@dataclass(frozen=True, slots=True)
class Help:
    area: str
    title: str
    text: str


@cache
def help_on(area: str, language: str | None) -> Help | None:
    """The first line of a file is its title."""
    if area not in AREAS:
        return None
    file = FOLDER / f"{area}.{known(language) or DEFAULT}.md"
    title, _, text = file.read_text("utf-8").partition("\n")
    return Help(area, title.removeprefix("#").strip(), text.strip())
