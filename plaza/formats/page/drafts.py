"""A page on its way to records: meetings as their lines, and what stands around them."""

from dataclasses import dataclass, field

from plaza.formats.page.lines import Line


@dataclass
class Draft:
    """A meeting as its lines. `title`: None where none is stated."""

    lines: list[Line]
    title: str | None = None
    title_line: Line | None = None
    number: int | None = None
    day: int | None = None
    host: str | None = None
    is_week: bool = False
    section_years: tuple[int, ...] = ()
    within: "Draft | None" = None
    sessions: list["Part"] = field(default_factory=list)
    closed: bool = False
    run: int | None = None
    # Of the series, where its heading says it.
    kind: str | None = None

    @property
    def begins(self) -> str:
        """Its first two lines, folded."""
        return " ".join(line.folded for line in self.lines[:2])


@dataclass
class Part:
    """A session: its title line and the lines beneath."""

    title: str
    lines: list[Line]
    is_parallel: bool = False


@dataclass
class Heading:
    """A heading of a part of the page, or text of nobody's meeting."""

    lines: list[Line]
    why: str


@dataclass
class Page:
    drafts: list[Draft]
    around: list[Heading]
    series_headings: dict[int, str] = field(default_factory=dict)
