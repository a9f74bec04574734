"""The network as its pages know it: read once after each edit, and asked for its version once a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from plaza.core.changes import page_version
from plaza.core.kept_reads import kept_read
from plaza.core.languages import DEFAULT, LANGUAGES, Language, known
from plaza.core.translations import Words, read_translations, reader_language
from plaza.network.choices import ACCENT, COLOUR, EXAMPLES, LENGTHS, Shelf
from plaza.network.domain.colours import Shades, shades_of
from plaza.network.models import NetworkSettings, OwnPage

# What Plaza itself says where the network says nothing.
OURS: Final = {
    "headline": _("What does your city need to solve?"),
    "lead": _("Ask in your language. Plaza finds the minute in which another city told how it did it."),
    "example_1": _("How did a city evacuate faster when the river rises?"),
    "example_2": _("What did electric buses really cost?"),
    "example_3": _("How do waste pickers get a contract?"),
    "example_4": _("How do we keep rents fair for women heads of household?"),
}


@dataclass(frozen=True, slots=True)
class Door:
    """A page of the network's own, as other pages lead to it."""

    slug: str
    shelf: str
    titles: Mapping[str, Words]

    @property
    def title(self) -> Words:
        return self.titles[reader_language()]

    @property
    def url(self) -> str:
        return reverse("network:page", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Face:
    """Everything about the network that any page may show. Made anew after each edit and never changed."""

    version: UUID | None
    default: Language = DEFAULT
    languages: tuple[str, ...] = LANGUAGES
    texts: Mapping[tuple[str, str], Words] = field(default_factory=dict)
    colour: str = COLOUR
    accent: str = ACCENT
    logo: str = ""
    logo_type: str = ""
    contact: str = ""
    terms_url: str = ""
    privacy_url: str = ""
    doors: tuple[Door, ...] = ()

    def says(self, name: str, language: str | None = None) -> Words:
        """A text in a language, else as the network says it, else as Plaza does."""
        language = known(language or get_language()) or DEFAULT
        return self.texts.get((name, language)) or Words(ours(name, language), language)

    @property
    def name(self) -> str:
        return self.says("name").text

    @property
    def short_name(self) -> str:
        return self.says("short_name").text or self.name

    @property
    def headline(self) -> Words:
        return self.says("headline")

    @property
    def lead(self) -> Words:
        return self.says("lead")

    @property
    def about(self) -> Words:
        return self.says("about")

    @property
    def examples(self) -> list[Words]:
        return [words for words in map(self.says, EXAMPLES) if words.text]

    @property
    def footer(self) -> list[Door]:
        return [door for door in self.doors if door.shelf == Shelf.FOOTER]

    @property
    def menu(self) -> list[Door]:
        return [door for door in self.doors if door.shelf == Shelf.MENU]

    @property
    def has_own_colours(self) -> bool:
        return (self.colour, self.accent) != (COLOUR, ACCENT)

    @property
    def shades(self) -> tuple[Shades, Shades]:
        return shades_of(self.colour), shades_of(self.accent)

    @property
    def style_url(self) -> str:
        return reverse("face:style", args=[self.version]) if self.version and self.has_own_colours else ""


def face() -> Face:
    """One query, and none on a page for everybody while nothing changes; after an edit by anybody a few more, once in each
    process. What is kept here is known by a version that no other edit ever had, so it is never an old one."""
    return kept_read(("face",), _face) if page_version() else _face()


def _face() -> Face:
    version = NetworkSettings.objects.values_list("version", flat=True).first()
    if _kept.face.version != version:
        _kept.face = _read() if version else Face(None)
    return _kept.face


def face_of(request: Any) -> Face:
    """The same, once a request."""
    if not hasattr(request, "_face"):
        request._face = face()
    found: Face = request._face
    return found


def network_name() -> str:
    """In the language that is spoken now: for letters, and for whoever shows our codes."""
    return face().name


class _Kept:
    face: Face = Face(None)


_kept: Final = _Kept()


def ours(name: str, language: str) -> str:
    """What Plaza says where the network says nothing."""
    if name == "name":
        return settings.NETWORK_NAME
    with override(language):
        return str(OURS.get(name, ""))


def _read() -> Face:
    row = NetworkSettings.objects.select_related("logo").defer("logo__content").get()
    pages = list(OwnPage.objects.published().in_order().defer("text"))
    read_translations([row, *pages])
    said = {(name, language): _said(row.words, name, language) for name in LENGTHS for language in LANGUAGES}
    return Face(
        version=row.version,
        default=known(row.language) or DEFAULT,
        languages=tuple(row.languages),
        texts={key: words for key, words in said.items() if words.text},
        colour=row.colour,
        accent=row.accent,
        logo=row.logo.get_absolute_url() if row.logo else "",
        logo_type=row.logo.media_type if row.logo else "",
        contact=row.contact,
        terms_url=row.terms_url,
        privacy_url=row.privacy_url,
        doors=tuple(
            Door(page.slug, page.shelf, {language: page.words("title", language) for language in LANGUAGES})
            for page in pages
        ),
    )


def _said(words: Callable[[str, str], Words], name: str, language: str) -> Words:
    """Plaza's own words in the reader's language are nearer to her than the network's in another one, where Plaza has
    some; a name is the network's in any language."""
    said = words(name, language)
    return Words("", language) if said.language != language and name in OURS else said
