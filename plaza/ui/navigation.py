"""The main navigation, and the pages of the workspace: each package adds its entry, none knows the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, IntegerField, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from plaza.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """`position` puts it in order; `shown_to` says who sees it; `waiting` the rows of it that wait for
    somebody, where that can be said."""

    label: str | Promise
    route: str
    position: int
    shown_to: Callable[[Any], bool] = lambda user: True
    waiting: Callable[[], "QuerySet[Any]"] | None = None


navigation: Final[Registry[Entry]] = Registry("the main navigation")
workspace_pages: Final[Registry[Entry]] = Registry("the pages of the workspace")
account_pages: Final[Registry[Entry]] = Registry("the pages of one's own account")


def entries(
    request: HttpRequest, registry: Registry[Entry] = navigation, *, counted: bool = False
) -> list[dict[str, Any]]:
    """For the template: label, address, whether the page shown lies under it; `counted`, how much waits there (one query
    for all)."""
    shown = [entry for _, entry in registry.items() if entry.shown_to(getattr(request, "user", None))]
    waiting = _counted([entry for entry in shown if entry.waiting]) if counted else {}
    rows = []
    for entry in sorted(shown, key=lambda entry: entry.position):
        url = reverse(entry.route)
        row = {"label": entry.label, "url": url, "is_here": request.path.startswith(url)}
        rows.append(row | {"waiting": waiting.get(entry.route)})
    return rows


def _counted(shown: list[Entry]) -> dict[str, int]:
    """How many rows wait, by the route of the entry."""
    counts = [
        entry.waiting()
        .order_by()
        .annotate(nth=Value(number, IntegerField()))
        .values("nth")
        .annotate(n=Count("pk"))
        .values_list("nth", "n")
        for number, entry in enumerate(shown)
        if entry.waiting
    ]
    found = dict(counts[0].union(*counts[1:], all=True)) if counts else {}
    return {entry.route: found.get(number, 0) for number, entry in enumerate(shown)}
