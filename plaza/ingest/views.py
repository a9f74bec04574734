"""The workspace's pages for reading old pages: giving one, and deciding about what it proposes."""

from typing import Final

from django.core.paginator import Paginator
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
from plaza.ingest.domain.decisions import accept, accept_above, reject, undo
from plaza.ingest.domain.marks import marked
from plaza.ingest.domain.pages import text_lines
from plaza.ingest.forms import PageForm, ProposalForm
from plaza.ingest.models import Proposal, ReadPage

A_PAGE: Final = 20
# What "sure" means on the button that accepts many at once.
SURE: Final = 0.8


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
    shown = Paginator(read.proposals.select_related("meeting"), A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, refused[1] if refused and refused[0] == row.number else _form(row)) for row in shown]
    first = min((row.first_line for row in shown), default=1)
    last = max((row.last_line for row in shown), default=0)
    lines = list(enumerate(text_lines(read.text), 1))[first - 1 : last]
    return render(
        request,
        "ingest/review.html",
        {
            "read": read,
            "rows": rows,
            "page": shown,
            "lines": marked(read, lines, shown),
            "sure": read.proposals.waiting().filter(confidence__gte=SURE).count(),
            "waiting": read.proposals.waiting().count(),
        },
        status=422 if refused else 200,
    )


def _form(row: Proposal) -> ProposalForm:
    return ProposalForm(initial={"title": row.title, "kind": row.told["kind"]}, prefix=f"p{row.number}")


@require_POST
@for_staff
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    read = get_object_or_404(ReadPage.objects.visible_to(request.user), pk=pk)
    row = get_object_or_404(read.proposals.visible_to(request.user), number=number)
    by, deed = the_user(request.user), request.POST.get("deed", "")
    if deed == "accept":
        form = ProposalForm(request.POST, prefix=f"p{row.number}")
        if not form.is_valid():
            return _review(request, read, (row.number, form))
        accept(proposal=row, by=by, **form.cleaned_data)
    elif deed == "reject":
        reject(proposal=row, by=by)
    elif deed == "undo":
        undo(proposal=row, by=by)
    following = read.proposals.waiting().filter(number__gt=row.number).first() if deed != "undo" else row
    return _back(request, read, (following or row).number)


@require_POST
@for_staff
def accept_sure(request: HttpRequest, pk: int) -> HttpResponse:
    read = get_object_or_404(ReadPage.objects.visible_to(request.user), pk=pk)
    accept_above(page=read, confidence=SURE, by=the_user(request.user))
    row = read.proposals.filter(decision=Decision.WAITING).first()
    return _back(request, read, row.number if row else 1)


def _back(request: HttpRequest, read: ReadPage, number: int) -> HttpResponse:
    """To the proposal that is next, on its page of the list."""
    before = read.proposals.filter(number__lt=number).count()
    return redirect(f"{reverse('ingest:review', args=[read.pk])}?page={before // A_PAGE + 1}#proposal-{number}")
