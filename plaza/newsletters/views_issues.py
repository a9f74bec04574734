"""Newsletters, for those who run the network: write, look, try, send, follow, pause, stop."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.mail.domain.sending import can_send
from plaza.newsletters.choices import CopyState
from plaza.newsletters.domain import issues as deeds
from plaza.newsletters.domain.markup import as_html
from plaza.newsletters.domain.segments import preview
from plaza.newsletters.forms import DEEDS, IssueForm
from plaza.newsletters.models import Issue

A_PAGE: Final = 20


@for_staff
def issues(request: HttpRequest) -> HttpResponse:
    page = Paginator(Issue.objects.visible_to(request.user).for_list(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "newsletters/issues.html", {"page": page, "can_send": can_send()})


@require_POST
@for_staff
def new_issue(request: HttpRequest) -> HttpResponse:
    return redirect(deeds.begin(by=the_user(request.user)))


@for_staff
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is written here; what was sent is followed."""
    found = get_object_or_404(Issue.objects.visible_to(request.user).for_list(), pk=pk)
    if not found.is_draft:
        return _progress(request, found)
    form = IssueForm(request.POST if request.method == "POST" else None, issue=found)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=the_user(request.user))
        except deeds.NotADraft:
            messages.error(request, _("It was sent meanwhile. Your changes were not kept."))
            return redirect(found)
        messages.success(request, _("Saved."))
        return redirect("newsletters:preview-issue", pk) if request.POST.get("deed") == "look" else redirect(found)
    return render(request, "newsletters/write.html", {"issue": found, "form": form}, status=422 if form.errors else 200)


@for_staff
def preview_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets it, in which language, and how it reads."""
    found = get_object_or_404(Issue.objects.visible_to(request.user).for_list(), pk=pk)
    texts = {text.language: text for text in found.texts.all()}
    meant = preview(found.segment.choices) if found.segment else None
    return render(
        request,
        "newsletters/preview.html",
        {
            "issue": found,
            "texts": [(texts[code], as_html(texts[code].text)) for code in LANGUAGES if code in texts],
            "has_default": found.default_language in texts,
            "default_language": NATIVE_NAMES[found.default_language],
            "preview": meant,
            "gaps": [code for code in LANGUAGES if code not in texts],
            "without": meant.without_words_in(texts) if meant else 0,
            "email": the_user(request.user).email,
        },
    )


@require_POST
@for_staff
def try_issue(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
    try:
        deeds.try_out(issue=found, by=the_user(request.user))
    except deeds.NoWords:
        messages.error(request, _("There is nothing to send yet: write a subject and a text first."))
    else:
        messages.success(request, _("A test was written to your own address, in each language that has words."))
    return redirect("newsletters:preview-issue", pk)


@require_POST
@for_staff
def send_issue(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
    try:
        deeds.send(issue=found, by=the_user(request.user))
    except deeds.NotADraft:
        messages.error(request, _("It was sent already. Nobody receives it twice."))
    except deeds.NoWords:
        words = _("Write it in %(language)s first: that is what those read whose language is missing.")
        messages.error(request, words % {"language": NATIVE_NAMES[found.default_language]})
        return redirect("newsletters:preview-issue", pk)
    except deeds.NoSegment:
        messages.error(request, _("Choose first who receives it."))
        return redirect("newsletters:preview-issue", pk)
    except deeds.NobodyThere:
        messages.error(request, _("Nobody who agreed to receive letters is in this segment. Nothing was sent."))
        return redirect("newsletters:preview-issue", pk)
    return redirect(found)


@require_POST
@for_staff
def decide_issue(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Issue.objects.visible_to(request.user), pk=pk)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is not None:
        try:
            deed(issue=found, by=the_user(request.user))
        except deeds.NotUnderWay:
            messages.error(request, _("That cannot be done any more: look at how it stands now."))
    return redirect(found)


def _progress(request: HttpRequest, found: Issue) -> HttpResponse:
    counts = deeds.counts_of(found)
    broken = found.copies.filter(state__in=[CopyState.REFUSED, CopyState.DOUBTFUL]).select_related("subscriber")
    return render(
        request,
        "newsletters/progress.html",
        {
            "issue": found,
            "counts": [(CopyState(state).label, n) for state, n in counts.items()],
            "done": found.addressed - counts[CopyState.WAITING] - counts[CopyState.WRITTEN],
            "minutes": -(-counts[CopyState.WAITING] // settings.NEWSLETTERS_A_MINUTE),
            "broken": Paginator(broken.order_by("pk"), A_PAGE).get_page(request.GET.get("page")),
            "can_send": can_send(),
        },
    )
