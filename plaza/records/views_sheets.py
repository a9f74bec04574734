"""Sheets go out and come in: sent, matched, looked through, taken in, with a ledger."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.languages import DEFAULT
from plaza.core.records import record_kinds
from plaza.core.sheets import as_xlsx
from plaza.core.translations import reader_language
from plaza.formats.refusal import Refused
from plaza.records.choices import Effect, SheetState
from plaza.records.domain import sheets, writing
from plaza.records.domain.matching import is_name
from plaza.records.forms import MatchingForm, SheetForm
from plaza.records.models import Sheet
from plaza.records.views import chosen_by_words, kind_or_404

A_PAGE: Final = 50
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_staff
def export(request: HttpRequest, kind: str, form: str) -> HttpResponse | StreamingHttpResponse:
    which = kind_or_404(kind)
    rows = _spoken(writing.rows_of(which, chosen_by_words(which, request)))
    name = f"{which.name}-{timezone.localdate().isoformat()}"
    if form == "csv":
        return _csv(rows, name)
    if form == "xlsx":
        return _attached(as_xlsx(rows), f"{name}.xlsx", XLSX)
    raise Http404


@for_staff
def receive(request: HttpRequest, kind: str) -> HttpResponse:
    which = kind_or_404(kind)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sheet = sheets.receive_sheet(
                kind=which,
                data=file.read(),
                name=file.name,
                language=reader_language(),
                by=the_user(request.user),
            )
            return redirect("records:sheet", sheet.pk)
        except Refused as reason:
            form.add_error("file", _(str(reason.why)))
    columns = ", ".join(str(column.label) for column in which.columns if not column.translates)
    context = {"kind": which, "form": form, "columns": columns}
    return render(request, "records/receive.html", context, status=422 if form.errors else 200)


@for_staff
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Sheet.objects.visible_to(request.user).select_related("by"), pk=pk)
    kind = record_kinds[found.kind]
    by = the_user(request.user)
    few = found.rows.count() <= sheets.IN_THE_REQUEST
    deed = request.POST.get("deed", "")
    samples = list(found.rows.exclude(cells=[]).values_list("cells", flat=True)[:3])
    form = MatchingForm(kind, found, samples, data=request.POST if deed == "match" else None)
    if deed == "match" and form.is_valid():
        matched = sheets.match(sheet=found, matching=form.matching(), empties=form.cleaned_data["empties"], by=by)
        if few:
            sheets.look_through(matched)
        return redirect("records:sheet", pk)
    if deed == "take in":
        begun = sheets.take_in(sheet=found, by=by)
        if few:
            sheets.apply_sheet(begun)
        return redirect("records:sheet", pk)
    shows_matching = found.state == SheetState.RECEIVED or "match" in request.GET or deed == "match"
    is_written = found.state in (SheetState.APPLYING, SheetState.DONE)
    ledger = "effect" if is_written else "foreseen"
    wanted = request.GET.get("effect", "")
    rows = found.rows.filter(**{ledger: wanted}) if wanted in Effect.values else found.rows.all()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    counts = sheets.counted(found, ledger)
    return render(
        request,
        "records/match.html" if shows_matching and not is_written else "records/sheet.html",
        {
            "sheet": found,
            "kind": kind,
            "form": form,
            "notes": sheets.notes_of(found),
            "page": page,
            "rows": [(row, Effect(getattr(row, ledger)), _differences(kind.name, row.differences)) for row in page],
            "counts": [(effect, count) for effect, count in counts.items() if count],
            "total": sum(counts.values()),
            "dealt_with": sum(counts.values()) - counts[Effect.WAITING],
            "aside": counts[Effect.ASIDE],
            "is_written": is_written,
            "knows_a_name": any(is_name(kind, column) for column in found.columns),
        },
        status=422 if form.errors else 200,
    )


@for_staff
def ledger(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    found = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    return _csv(_spoken(writing.ledger(found)), f"ledger-{pk}")


@for_staff
def put_aside(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    found = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    return _csv(_spoken(writing.put_aside(found)), f"put-aside-{pk}")


def _differences(kind: str, kept: Sequence[Sequence[str]]) -> list[tuple[object, str, str]]:
    columns = record_kinds[kind]
    found = [(columns.column(name), before, after) for name, before, after in kept]
    return [(column.label, before, after) for column, before, after in found if column is not None]


def _spoken(rows: Iterable[Sequence[str]]) -> Iterable[Sequence[str]]:
    """The rows in the language of the page: they are made while they are sent, when the page's is over."""
    language = get_language() or DEFAULT
    steps = iter(rows)

    def spoken() -> Iterator[Sequence[str]]:
        while True:
            with override(language):
                row = next(steps, None)
            if row is None:
                return
            yield row

    return spoken()


def _csv(rows: Iterable[Sequence[str]], name: str) -> StreamingHttpResponse:
    return _attached(writing.as_csv(rows), f"{name}.csv", "text/csv; charset=utf-8")


def _attached(pieces: Iterable[str] | Iterable[bytes], name: str, kind: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        pieces, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
