"""The main navigation, and the pages of the workspace: each package adds its entry, none knows the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from plaza.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Entry:
    """`position` puts it in order; `shown_to` says who sees it; `waiting` how much of it waits for somebody (one query),
    where that can be said."""

    label: str | Promise
    route: str
    position: int
    shown_to: Callable[[Any], bool] = lambda user: True
    waiting: Callable[[], int] | None = None


navigation: Final[Registry[Entry]] = Registry("the main navigation")
workspace_pages: Final[Registry[Entry]] = Registry("the pages of the workspace")
account_pages: Final[Registry[Entry]] = Registry("the pages of one's own account")


def entries(
    request: HttpRequest, registry: Registry[Entry] = navigation, *, counted: bool = False
) -> list[dict[str, Any]]:
    """For the template: label, address, whether the page shown lies under it; `counted`, how much waits there."""
    shown = [entry for _, entry in registry.items() if entry.shown_to(getattr(request, "user", None))]
    rows = []
    for entry in sorted(shown, key=lambda entry: entry.position):
        url = reverse(entry.route)
        row = {"label": entry.label, "url": url, "is_here": request.path.startswith(url)}
        rows.append(row | {"waiting": entry.waiting() if counted and entry.waiting else None})
    return rows
