"""What happened to a record, in words."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from plaza.core import history
from plaza.core.models import HistoryEntry, Origin
from plaza.core.records import RecordKind

NEWEST: Final = 20

# What deeds call themselves; one that is missing here is shown as it is.
DEEDS: Final = {
    "accepted": pgettext_lazy("deed", "taken from an old page"),
    "added": pgettext_lazy("deed", "added"),
    "appearance changed": pgettext_lazy("deed", "an appearance changed"),
    "appointed": pgettext_lazy("deed", "appointed to a post"),
    "changed": pgettext_lazy("deed", "changed"),
    "corrected": pgettext_lazy("deed", "corrected"),
    "enrolled": pgettext_lazy("deed", "added"),
    "kept": pgettext_lazy("deed", "a work joined to it"),
    "membership applied": pgettext_lazy("deed", "membership: applied"),
    "membership corrected": pgettext_lazy("deed", "membership corrected"),
    "membership invited": pgettext_lazy("deed", "membership: invited"),
    "membership left": pgettext_lazy("deed", "membership: left"),
    "membership member": pgettext_lazy("deed", "membership: member"),
    "membership paused": pgettext_lazy("deed", "membership: paused"),
    "opened": pgettext_lazy("deed", "added"),
    "published": pgettext_lazy("deed", "published"),
    "put on stage": pgettext_lazy("deed", "somebody put on stage"),
    "received": pgettext_lazy("deed", "received"),
    "session added": pgettext_lazy("deed", "a session added"),
    "session changed": pgettext_lazy("deed", "a session changed"),
    "transcribed": pgettext_lazy("deed", "its words read"),
    "withdrawn": pgettext_lazy("deed", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Told:
    at: Any
    by: str
    deed: str
    which: str


def told_of(kind: RecordKind, record: Any) -> list[Told]:
    """The newest things that were done to it, the last one first. One query."""
    rows = history.of(kind.told_by(record)).select_related("by").reverse()[:NEWEST]
    return [Told(row.at, row.by.name if row.by else _("Plaza itself"), _deed(row), _which(kind, row)) for row in rows]


def by_machine(record: Any) -> set[str]:
    """The translations (`title_pt`) that a machine made and nobody has looked at."""
    rows = record.translations.all() if hasattr(record, "translations") else ()
    return {f"{row.field}_{row.language}" for row in rows if row.origin == Origin.MACHINE}


def _deed(row: HistoryEntry) -> str:
    return str(DEEDS.get(row.verb, row.verb))


def _which(kind: RecordKind, row: HistoryEntry) -> str:
    columns = [kind.column(name) for name in row.details.get("fields", [])]
    return ", ".join(str(column.label) for column in columns if column is not None)
