"""“I am this person”: claiming a page of the directory, and deciding about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_members, for_staff
from plaza.core import history
from plaza.directory.domain import claims
from plaza.directory.forms import ClaimCodeForm, KnownAddressForm
from plaza.directory.models import Claim, KnownAddress, Person


@never_cache
@for_members
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), slug=slug)
    user = the_user(request.user)
    standing = Claim.objects.open().filter(person=person, user=user).first()
    form = ClaimCodeForm(request.POST if "code" in request.POST else None, user=user)
    if request.method == "POST" and standing is None:
        try:
            claims.claim(person=person, user=user)
        except claims.HasOneAlready:
            messages.error(
                request, _("You are another person here already, or have said so. Write to the secretariat.")
            )
        return redirect("directory:claim", slug=slug)
    if form.is_bound and standing is not None and form.is_valid():
        try:
            claims.prove(claim=standing, code=form.cleaned_data["code"])
        except claims.WrongCode:
            form.add_error("code", _("This is not the code. After five tries the secretariat decides."))
        else:
            messages.success(request, _("This page is yours from now on."))
            return redirect(person)
    is_hers = person.user_id == user.pk
    return render(
        request,
        "directory/claim.html",
        {"person": person, "claim": standing, "form": form, "is_hers": is_hers},
    )


@for_staff
def claimed(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/claims.html", {"claims": Claim.objects.open().for_list()[:100]})


@require_POST
@for_staff
def decide_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claims.decide(
        claim=get_object_or_404(Claim, pk=pk), is_she=request.POST.get("deed") == "accept", by=the_user(request.user)
    )
    return redirect("directory:claims")


@for_staff
def person_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What those who run the network know of a person: the address, and who did what with her page."""
    person = get_object_or_404(Person, slug=slug)
    known = KnownAddress.objects.filter(person=person).first()
    form = KnownAddressForm(request.POST or None, initial={"email": known.email if known else ""})
    if request.method == "POST" and form.is_valid():
        claims.know_address(person=person, email=form.cleaned_data["email"], by=the_user(request.user))
        messages.success(request, _("Saved."))
        return redirect("directory:person-desk", slug=slug)
    return render(
        request,
        "directory/person_desk.html",
        {"person": person, "form": form, "entries": history.of(person).select_related("by")},
    )
