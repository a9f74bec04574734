"""Certificates of a meeting in the workspace: what it asks, who qualifies and who does not, issuing, revoking, correcting."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.certificates.domain import issuing, pdf
from plaza.certificates.domain.candidates import Candidate, Roll, roll_of
from plaza.certificates.domain.links import link_of, verify_link_of
from plaza.certificates.domain.rules import has_been_held, set_rule
from plaza.certificates.domain.saying import said
from plaza.certificates.domain.sheets import roll_sheet
from plaza.certificates.forms import NameForm, ReasonForm, RevokeForm, RuleForm
from plaza.certificates.models import Certificate
from plaza.core import history
from plaza.core.paging import slice_of
from plaza.core.sheet_responses import attached
from plaza.core.translations import reader_language
from plaza.meetings.models import Meeting

A_PAGE: Final = 100


@for_staff
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    roll = roll_of(_meeting(request, slug))
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = RuleForm(request.POST if deed == "rule" else None, rule=roll.rule, modules=len(roll.modules))
    if deed == "rule" and form.is_valid():
        set_rule(meeting=roll.meeting, by=the_user(request.user), **form.cleaned_data)
        messages.success(request, _("Saved. Certificates that were issued stay as they are."))
        return redirect("certificates:certificates-desk", slug)
    if deed == "issue":
        _ask(request, roll)
        return redirect("certificates:certificates-desk", slug)
    heaps = _heaps(roll)
    chosen = request.GET.get("show", "")
    shown = next((people for name, _label, people in heaps if name == chosen), roll.people)
    context = {
        "meeting": roll.meeting,
        "roll": roll,
        "form": form,
        "has_been_held": has_been_held(roll.meeting),
        "has_pdf": pdf.is_there(),
        "heaps": [(name, label, len(people)) for name, label, people in heaps],
        "chosen": chosen,
        "page": slice_of(shown, A_PAGE, request.GET.get("page")),
        "wanted": roll.wanted.get(roll.meeting.pk),
    }
    return render(request, "certificates/desk.html", context, status=422 if form.errors else 200)


def _heaps(roll: Roll) -> list[tuple[str, str, list[Candidate]]]:
    return [
        ("", _("All"), roll.people),
        ("due", _("Qualify, and have none yet"), roll.due),
        ("issued", _("Have one"), [each for each in roll.people if each.standing]),
        ("short", _("Do not qualify"), [each for each in roll.people if not each.qualifies]),
    ]


def _ask(request: HttpRequest, roll: Roll) -> None:
    n = len(roll.due)
    if not n and has_been_held(roll.meeting):
        messages.info(request, _("Nobody is left who qualifies and has no certificate yet."))
        return
    try:
        issuing.ask_issuing(meeting=roll.meeting, by=the_user(request.user))
    except issuing.NotOver:
        messages.error(request, _("The meeting is not over: certificates are issued when it has been held."))
        return
    said_ = ngettext(
        "%(n)d certificate is being issued; a letter goes out with its link.",
        "%(n)d certificates are being issued; a letter goes out with each link.",
        n,
    )
    messages.success(request, said_ % {"n": n})


@for_staff
def by_hand(request: HttpRequest, slug: str) -> HttpResponse:
    """To one of the roll, `?who=` her key, whatever the rule says."""
    roll = roll_of(_meeting(request, slug))
    who = next((each for each in roll.people if each.key == request.GET.get("who")), None)
    if who is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = issuing.issue_by_hand(roll=roll, who=who, why=form.cleaned_data["why"], by=the_user(request.user))
        except issuing.HasOne as standing:
            messages.info(request, _("This person has a standing certificate: here it is."))
            return redirect("certificates:certificate", standing.certificate.pk)
        except issuing.Gone:
            messages.info(request, _("This person is not on the list any more: nothing was issued."))
            return redirect("certificates:certificates-desk", slug)
        except issuing.NotOver:
            form.add_error(None, _("The meeting is not over: certificates are issued when it has been held."))
        else:
            messages.success(request, _("The certificate was issued."))
            return redirect("certificates:certificate", row.pk)
    context = {
        "meeting": roll.meeting,
        "roll": roll,
        "who": who,
        "form": form,
        "wanted": roll.wanted.get(roll.meeting.pk),
    }
    return render(request, "certificates/by_hand.html", context, status=422 if form.errors else 200)


@for_staff
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Certificate.objects.visible_to(request.user).for_page().select_related("issued_by", "registration", "letter")
    row = get_object_or_404(rows.prefetch_related("meeting__translations"), pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    revoking = RevokeForm(request.POST if deed == "revoke" else None, prefix="revoke")
    naming = NameForm(request.POST if deed == "name" else None, initial={"name": row.name}, prefix="name")
    if deed and (target := _done(request, deed, row, revoking, naming)):
        return redirect("certificates:certificate", target)
    context: dict[str, Any] = {
        "certificate": row,
        "meeting": row.meeting,
        "said": said(row, reader_language()),
        "revoking": revoking,
        "naming": naming,
        "link": link_of(row) if row.is_valid else "",
        "verify_link": verify_link_of(row),
        "before": Certificate.objects.filter(replaced_by=row).first(),
        "history": history.of(row).select_related("by"),
    }
    return render(request, "certificates/certificate.html", context, status=422 if deed else 200)


def _done(request: HttpRequest, deed: str, row: Certificate, revoking: RevokeForm, naming: NameForm) -> int:
    """The key of the certificate to be looked at next; 0 where a form has something to say."""
    by = the_user(request.user)
    if deed == "revoke":
        if not revoking.is_valid():
            return 0
        if not issuing.revoke(certificate=row, why=revoking.cleaned_data["why"], by=by):
            return _stands_no_more(request, row)
        messages.success(request, _("It is revoked: whoever verifies its code is told so."))
    elif deed == "name":
        if not naming.is_valid():
            return 0
        try:
            new = issuing.correct_name(certificate=row, name=naming.cleaned_data["name"], by=by)
        except issuing.NotValid:
            return _stands_no_more(request, row)
        if new.pk != row.pk:
            messages.success(request, _("A new certificate takes its place, with a code of its own."))
        return new.pk
    return row.pk


def _stands_no_more(request: HttpRequest, row: Certificate) -> int:
    """Somebody revoked it, or corrected its name, meanwhile: leads to what stands in its place."""
    messages.info(request, _("This certificate does not stand any more: nothing was changed."))
    return Certificate.objects.get(pk=row.pk).newest.pk


@for_staff
def sheet(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = _meeting(request, slug)
    return attached(roll_sheet(roll_of(found)), f"{found.slug}-certificates", form)


def _meeting(request: HttpRequest, slug: str) -> Meeting:
    found: Meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_titles(), slug=slug)
    return found
