"""One column of many records: choosing, confirming, seeing how far it is."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.records import record_kinds
from plaza.core.translations import reader_language
from plaza.records.choices import BulkState
from plaza.records.domain.bulk import IN_THE_REQUEST, apply_bulk, begin_bulk, foreseen, propose_bulk
from plaza.records.forms import value_form
from plaza.records.models import BulkEdit
from plaza.records.views import chosen_by_words, kind_or_404

A_PAGE: Final = 50
MOST: Final = 50_000


@require_POST
@for_staff
def propose(request: HttpRequest, kind: str) -> HttpResponse:
    """First which records and which column; then, by the same address, the new value."""
    which = kind_or_404(kind)
    column = next((each for each in which.bulk() if each.name == request.POST.get("column")), None)
    rows = chosen_by_words(which, request)
    if request.POST.get("all") != "yes":
        rows = rows.filter(pk__in=[pk for pk in request.POST.getlist("pk") if pk.isascii() and pk.isdigit()][:MOST])
    ids = list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:MOST])
    if column is None or not ids:
        messages.error(request, _("Choose at least one record, and what to change."))
        return redirect("records:kept", which.name)
    form = value_form(column, request.POST if "value" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            bulk = propose_bulk(
                kind=which,
                column=column,
                text=str(request.POST["value"]),
                ids=ids,
                language=reader_language(),
                by=the_user(request.user),
            )
            return redirect("records:bulk", bulk.pk)
        except ValidationError as error:
            form.add_error("value", error)
    return render(
        request,
        "records/propose.html",
        {"kind": which, "column": column, "form": form, "ids": ids, "all": request.POST.get("all", "")},
        status=422 if form.errors else 200,
    )


@for_staff
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """Before: what changes. While it runs: how far it is. Afterwards: what could not be."""
    found = get_object_or_404(BulkEdit.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        found = begin_bulk(bulk=found, by=the_user(request.user))
        if len(found.ids) <= IN_THE_REQUEST:
            apply_bulk(found)
        return redirect("records:bulk", pk)
    kind = record_kinds[found.kind]
    page = Paginator(found.ids, A_PAGE).get_page(request.GET.get("page"))
    is_proposed = found.state == BulkState.PROPOSED
    return render(
        request,
        "records/bulk.html",
        {
            "bulk": found,
            "kind": kind,
            "column": kind.column(found.column),
            "page": page,
            "rows": foreseen(found, list(page), request.user) if is_proposed else [],
            "is_proposed": is_proposed,
            "count": len(found.ids),
        },
    )
