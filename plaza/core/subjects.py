"""What a page is about. Packages tell how the records of their pages are named by an address and who may see them;
whoever takes a word about a page (a correction asked for) knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from django.db.models import Model
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from plaza.core.languages import LANGUAGES
from plaza.core.registry import Registry

# By the slug of the address, as visible to the asker; None where she sees nothing.
Finds: TypeAlias = Callable[[str, Any], Model | None]
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Subject:
    """`called` names the record in the reader's language; `edit` is where it can be changed, where that is a page."""

    find: Finds
    called: Callable[[Any], str] = str
    edit: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a page is about. `path` has no language: `/people/ana-ribera/`."""

    record: Model
    path: str
    name: str
    edit_url: str

    @property
    def url(self) -> str:
        """In the reader's language."""
        return f"/{get_language()}{self.path}"


# By the name of the page's address: `portal:person`.
subjects: Final[Registry[Subject]] = Registry("what a page is about")


def path_of(address: str) -> str:
    """The path without its language: `https://…/pt/people/ana/?x=1` → `/people/ana/`."""
    try:
        path = urlsplit(address[: 4 * LONGEST]).path[:LONGEST]
    except ValueError:
        return ""
    return path[3:] if path[1:3] in LANGUAGES and path[3:4] == "/" else path


def at(address: str, user: Any) -> Found | None:
    """What the page at an address is about; None for no page, for a page of nothing, and for one the asker may not
    see: nobody learns which."""
    path = path_of(address)
    try:
        match = resolve(f"/{get_language()}{path}")
    except Resolver404:
        return None
    subject = subjects.get(match.view_name)
    record = subject.find(str(match.kwargs.get("slug", "")), user) if subject else None
    if subject is None or record is None:
        return None
    return Found(record, path, subject.called(record), subject.edit(record) if subject.edit else "")
