"""The workspace's pages for reading old pages: giving one, and deciding about what it proposes."""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.egress import NotFetched
from plaza.formats.refusal import Refused
from plaza.ingest.choices import Decision
from plaza.ingest.domain import decisions
from plaza.ingest.domain.decisions import SURE, accept, reject, undo
from plaza.ingest.domain.known import Known, known_to
from plaza.ingest.domain.marks import marked
from plaza.ingest.domain.shaping import NotSo, join, part, put_together
from plaza.ingest.domain.source import text_lines
from plaza.ingest.forms import PageForm, ProposalForm
from plaza.ingest.models import Proposal, ReadPage
from plaza.meetings.models import Series

A_PAGE: Final = 20
DEEDS: Final[Mapping[str, Callable[..., object]]] = {
    "reject": reject, "undo": undo, "join": join, "put-together": put_together,
}  # fmt: skip
IS_SURE: Final = Q(confidence__gte=SURE)
WAITING: Final = Q(decision=Decision.WAITING)


@for_staff
def pages(request: HttpRequest) -> HttpResponse:
    form = PageForm(request.POST, request.FILES) if request.method == "POST" else PageForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("ingest:review", form.receive(by=the_user(request.user)).pk)
        except (Refused, NotFetched) as reason:
            form.add_error(None, _(str(reason.why)))
    read = ReadPage.objects.visible_to(request.user).order_by("-pk")
    shown = Paginator(read.defer("text", "reading"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "ingest/pages.html", {"form": form, "page": shown})


@for_staff
def review(request: HttpRequest, pk: int) -> HttpResponse:
    return _review(request, get_object_or_404(ReadPage.objects.visible_to(request.user), pk=pk))


def _review(request: HttpRequest, read: ReadPage, refused: tuple[int, ProposalForm] | None = None) -> HttpResponse:
    """The source beside the proposals; a form that was refused comes back with what was typed."""
    proposals = read.proposals.select_related("meeting").prefetch_related("parts")
    counts = read.proposals.aggregate(
        all=Count("pk"), waiting=Count("pk", filter=WAITING), sure=Count("pk", filter=WAITING & IS_SURE)
    )
    paginator = Paginator(proposals, A_PAGE)
    paginator.count = counts["all"]  # known already
    shown = paginator.get_page(request.GET.get("page"))
    known = known_to([row for row in shown if row.decision == Decision.WAITING])
    first = min((row.first_line for row in shown), default=1)
    last = max((row.last_line for row in shown), default=0)
    lines = list(enumerate(text_lines(read.text), 1))[first - 1 : last]
    rows = [
        {
            "row": row,
            "form": _form(row, known, refused),
            "cuts": [
                (at, text) for at, text in lines[row.first_line + 1 - first : row.last_line + 1 - first] if text.strip()
            ],
        }
        for row in shown
    ]
    return render(
        request,
        "ingest/review.html",
        {
            "read": read,
            "rows": rows,
            "page": shown,
            "lines": marked(read, lines, shown),
            "series": Series.objects.order_by("title").values_list("title", flat=True),
            "sure": counts["sure"],
            "accepted": max(0, read.accepting - counts["sure"]),
            "waiting": counts["waiting"],
        },
        status=422 if refused else 200,
    )


def _form(row: Proposal, known: Known, refused: tuple[int, ProposalForm] | None) -> ProposalForm | None:
    """None where it is decided: there is nothing to fill in."""
    if refused and refused[0] == row.number:
        return refused[1]
    return ProposalForm(row=row, known=known) if row.decision == Decision.WAITING else None


@require_POST
@for_staff
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    read = get_object_or_404(ReadPage.objects.visible_to(request.user), pk=pk)
    rows = read.proposals.visible_to(request.user).prefetch_related("parts")
    row, by = get_object_or_404(rows, number=number), the_user(request.user)
    deed = request.POST.get("deed", "")
    if deed == "accept":
        form = ProposalForm(request.POST, row=row, known=known_to([row]))
        if not form.is_valid():
            return _review(request, read, (row.number, form))
        accept(proposal=row, by=by, corrected=form.corrected())
    try:
        if deed == "part":
            part(proposal=row, at=_line(request.POST.get("at", "")), by=by)
        elif deed in DEEDS:
            DEEDS[deed](proposal=row, by=by)
    except NotSo as reason:
        messages.error(request, _(str(reason.why)))
    return _back(request, read, row, goes_on=deed in ("accept", "reject"))


def _line(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 9 else 0


@require_POST
@for_staff
def accept_sure(request: HttpRequest, pk: int) -> HttpResponse:
    read = get_object_or_404(ReadPage.objects.visible_to(request.user), pk=pk)
    decisions.accept_sure(page=read, by=the_user(request.user))
    return _back(request, read, read.proposals.waiting().first(), goes_on=False)


def _back(request: HttpRequest, read: ReadPage, row: Proposal | None, *, goes_on: bool) -> HttpResponse:
    """To the proposal that is next (or this one), on its page of the list."""
    if row is not None and goes_on:
        row = read.proposals.waiting().filter(first_line__gt=row.first_line).first() or row
    before = read.proposals.filter(first_line__lt=row.first_line).count() if row is not None else 0
    anchor = f"#proposal-{row.number}" if row is not None else ""
    return redirect(f"{reverse('ingest:review', args=[read.pk])}?page={before // A_PAGE + 1}{anchor}")
