"""Records by hand: their kinds, their lists, a page for each."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.records import RecordKind, differences, record_kinds
from plaza.records.choices import Effect
from plaza.records.domain.telling import by_machine, told_of
from plaza.records.domain.weighing import Weighed, do
from plaza.records.forms import BulkForm, RecordForm
from plaza.records.models import BulkEdit, Sheet

A_PAGE: Final = 50
NEWEST: Final = 20


@for_staff
def records(request: HttpRequest) -> HttpResponse:
    kinds = [(kind, kind.visible_to(request.user).count()) for _, kind in record_kinds.items()]
    return render(
        request,
        "records/records.html",
        {
            "kinds": kinds,
            "sheets": Sheet.objects.visible_to(request.user).order_by("-pk")[:NEWEST],
            "bulks": BulkEdit.objects.visible_to(request.user).defer("ids").order_by("-pk")[:NEWEST],
        },
    )


@for_staff
def kept(request: HttpRequest, kind: str) -> HttpResponse:
    which = kind_or_404(kind)
    found = chosen_by_words(which, request)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    columns = which.listed()
    rows = [(row, [column.text(row) for column in columns]) for row in page]
    return render(
        request,
        "records/kept.html",
        {
            "kind": which,
            "columns": columns,
            "rows": rows,
            "page": page,
            "words": request.GET.get("q", ""),
            "bulk": BulkForm(which),
        },
    )


@for_staff
def add(request: HttpRequest, kind: str) -> HttpResponse:
    which = kind_or_404(kind)
    form = RecordForm(which, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        record = _done(request, which, form, None)
        if record is not None:
            messages.success(request, _("Kept: it is a record now."))
            return redirect("records:edit-record", which.name, record.pk)
    return _page(request, which, form, None)


@for_staff
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    which = kind_or_404(kind)
    record = get_object_or_404(which.visible_to(request.user), pk=pk)
    form = RecordForm(which, record, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = differences(which, form.touched(), record)
        if _done(request, which, form, record) is not None:
            messages.success(request, _("The changes are kept.") if found else _("Nothing was different."))
            return redirect("records:edit-record", which.name, record.pk)
    return _page(request, which, form, record)


def _done(request: HttpRequest, kind: RecordKind, form: RecordForm, record: Any | None) -> Any | None:
    """The record made or changed; None where the form says now why not."""
    values = form.cleaned_data if record is None else form.touched()
    found = differences(kind, values, record)
    effect = Effect.MADE if record is None else Effect.CHANGED if found else Effect.SAME
    try:
        return do(kind, Weighed(effect, record, values, found), the_user(request.user))[1]
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _page(request: HttpRequest, kind: RecordKind, form: RecordForm, record: Any | None) -> HttpResponse:
    fixed = [(c.label, c.text(record)) for c in kind.columns if c.is_fixed] if record is not None else []
    return render(
        request,
        "records/record.html",
        {
            "kind": kind,
            "form": form,
            "record": record,
            "name": kind.columns[0].text(record) if record is not None else "",
            "address": kind.address(record) if record is not None else "",
            "fixed": fixed,
            "told": told_of(kind, record) if record is not None else [],
            "by_machine": by_machine(record) if record is not None else (),
            "own_language": getattr(record, "language", ""),
        },
        status=422 if form.errors else 200,
    )


def kind_or_404(name: str) -> RecordKind:
    kind = record_kinds.get(name)
    if kind is None:
        raise Http404
    return kind


def chosen_by_words(kind: RecordKind, request: HttpRequest) -> Any:
    """The records of a list: all, or those with the words that were looked for."""
    words = (request.GET.get("q") or request.POST.get("q") or "").replace("\0", "").strip()[:100]
    rows = kind.visible_to(request.user)
    return kind.containing(rows, words) if words else rows
