"""Sheets as they are sent: CSV or a workbook, without a live cell."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import Http404, HttpResponse

from plaza.core.sheets import as_csv, as_xlsx

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attached(rows: Iterable[Sequence[str]], name: str, form: str) -> HttpResponse:
    """The first row names the columns."""
    if form == "csv":
        head, *body = rows
        return _sent(as_csv(head, body), f"{name}.csv", "text/csv; charset=utf-8")
    if form == "xlsx":
        return _sent(b"".join(as_xlsx(rows)), f"{name}.xlsx", XLSX)
    raise Http404


def _sent(data: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
