"""The worklist of materials: which stand on it, with their meeting and the line of the page that named them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from plaza.accounts.access import Asker
from plaza.core import history
from plaza.core.models import HistoryEntry
from plaza.ingest.models import NamedWork
from plaza.knowledge.choices import MaterialState
from plaza.knowledge.models import Material, Work
from plaza.meetings.models import Meeting, Session

# What stands in history, for people.
SAID: Final = {
    "named": _("named"),
    "received": _("received"),
    "published": _("published"),
    "attached": _("address attached"),
    "detached": _("address taken away"),
    "address died": _("its address died"),
    "address found again": _("its address answers again"),
    "marked as lost": _("marked as lost"),
    "searched again": _("searched for again"),
    "copy asked": _("a copy was asked for"),
    "copy kept": _("a copy was kept"),
    "file kept": _("a file was kept"),
    "copy dropped": _("the copy was taken away"),
}
MOST_DEEDS: Final = 20


@dataclass(frozen=True, slots=True)
class Done:
    said: str
    entry: HistoryEntry


@dataclass(frozen=True, slots=True)
class Item:
    """`page` and `line` where the material was named; an empty name for one that no page named."""

    material: Material
    page: str
    page_language: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Heap:
    """What one meeting left behind; None for works of no meeting."""

    meeting: Meeting | None
    items: list[Item]


def materials_to_find(user: Asker, *, state: str, kind: str) -> "QuerySet[Material]":
    """In the order of their meetings, the newest first; `state` empty for what is to be done."""
    rows = Material.objects.visible_to(user)
    if state == "":
        rows = rows.to_be_mended()
    elif state == "doubtful":
        rows = rows.doubtful()
    elif state in MaterialState.values:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(work__kind=kind)
    first = Session.works.through.objects.filter(work=OuterRef("work")).order_by("session__meeting_id")
    rows = rows.annotate(
        meeting_id=Subquery(first.values("session__meeting_id")[:1]),
        held=Subquery(first.values("session__meeting__date_start")[:1]),
    )
    ordered = rows.order_by(F("held").desc(nulls_last=True), F("meeting_id").desc(nulls_last=True), "pk")
    return ordered.select_related("work__recording").prefetch_related("work__translations")


def heaps(materials: Iterable[Material]) -> list[Heap]:
    """Put together by meeting, in the order given. Three queries, however many there are."""
    rows = list(materials)
    ids = {row.meeting_id for row in rows}  # type: ignore[attr-defined]  # annotated
    meetings = Meeting.objects.for_titles().in_bulk([each for each in ids if each is not None])
    named = _named([row.work_id for row in rows])
    return [
        Heap(meetings.get(meeting), [Item(row, *named.get(row.work_id, ("", "", None))) for row in group])
        for meeting, group in groupby(rows, key=lambda row: row.meeting_id)  # type: ignore[attr-defined]  # annotated
    ]


def _named(works: list[int]) -> dict[int, tuple[str, str, int | None]]:
    rows = NamedWork.objects.filter(work__in=works).order_by("-pk")
    told = rows.values_list("work_id", "proposal__page__name", "proposal__page__language", "line")
    return {work: (name, language, line) for work, name, language, line in told}


def done_to(work: Work) -> list[Done]:
    """The latest first."""
    entries = history.of(work).select_related("by").order_by("-at", "-pk")[:MOST_DEEDS]
    return [Done(str(SAID.get(entry.verb, entry.verb)), entry) for entry in entries]
