"""The desk of a city or an institution for its editors; and who was invited, for those who run the network."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_members, for_staff, turned_away
from plaza.core.plain import row_number
from plaza.directory.access import edits_city, edits_institution
from plaza.directory.choices import JoinState
from plaza.directory.domain import invitations, profiles
from plaza.directory.forms import InviteForm, NetworkInviteForm
from plaza.directory.forms_profile import OrganisationForm
from plaza.directory.forms_terms import ProfileForm
from plaza.directory.models import City, Invitation, JoinRequest, Organization, RoleInPlace

A_PAGE: Final = 20


def city_desk(request: HttpRequest, slug: str) -> HttpResponse:
    if not edits_city(request.user, slug):
        return turned_away(request)
    city = get_object_or_404(profiles.for_completeness(City.objects.all()), slug=slug)
    return _desk(request, {"city": city}, city.full_name, profiles.items(city))


def city_about(request: HttpRequest, slug: str) -> HttpResponse:
    """What the city says of itself, filled in by its editors."""
    if not edits_city(request.user, slug):
        return turned_away(request)
    city = get_object_or_404(City.objects.select_related("country", "profile"), slug=slug)
    form = ProfileForm(request.POST or None, city=city, profile=getattr(city, "profile", None))
    if request.method == "POST" and form.is_valid():
        form.save(the_user(request.user))
        messages.success(request, _("Kept. What is still missing stands in the list."))
        return redirect(f"{reverse('directory:city-desk', args=[slug])}#filled")
    return render(request, "directory/about.html", {"city": city, "form": form})


def institution_desk(request: HttpRequest, slug: str) -> HttpResponse:
    if not edits_institution(request.user, slug):
        return turned_away(request)
    organization = get_object_or_404(Organization.objects.prefetch_related("translations"), slug=slug)
    told = OrganisationForm(request.POST if "website" in request.POST else None, organisation=organization)
    if told.is_bound and told.is_valid():
        told.save(the_user(request.user))
        messages.success(request, _("Saved. This is how the page looks now."))
        return redirect(organization)
    return _desk(request, {"organization": organization}, organization.name, told=told)


def _desk(
    request: HttpRequest,
    place: dict[str, Any],
    name: str,
    items: list[profiles.Item] | None = None,
    told: OrganisationForm | None = None,
) -> HttpResponse:
    """Her colleagues here, who is invited, and inviting another."""
    user = the_user(request.user)
    form = InviteForm(request.POST if "email" in request.POST else None, by=user, **place)
    if request.method == "POST" and "withdraw" in request.POST:
        row = get_object_or_404(Invitation.objects.filter(**place), pk=row_number(request.POST["withdraw"]))
        invitations.withdraw(invitation=row, by=user)
        messages.success(request, _("The invitation was withdrawn: its link opens nothing any more."))
        return redirect(request.path)
    if form.is_bound and form.is_valid():
        sent = form.send()
        if sent is not None:
            _tell(request, sent)
            return redirect(request.path)
    return render(
        request,
        "directory/desk.html",
        {
            "name": name,
            "city": place.get("city"),
            "items": items,
            "missing": sum(not item.is_there for item in items or []),
            "form": form,
            "told": told,
            "organization": place.get("organization"),
            "roles": RoleInPlace.objects.active().filter(**place).select_related("user").order_by("start", "pk"),
            "invitations": Invitation.objects.open().filter(**place).for_list(),
        },
    )


def _tell(request: HttpRequest, sent: tuple[Invitation, bool]) -> None:
    if sent[1]:
        messages.success(request, _("The invitation was written. Its link is good for 14 days."))
    else:
        messages.info(request, _("This address is invited already; no second letter was written."))


@for_staff
def invited_people(request: HttpRequest) -> HttpResponse:
    form = NetworkInviteForm(request.POST or None, by=the_user(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            sent = form.send()
        except invitations.NotHers:
            raise Http404 from None
        if sent is not None:
            _tell(request, sent)
            return redirect("directory:invitations")
    page = Paginator(Invitation.objects.open().for_list(), A_PAGE).get_page(request.GET.get("page"))
    asking = JoinRequest.objects.filter(state=JoinState.ASKED).order_by("asked_at")[:100]
    return render(request, "directory/invitations.html", {"form": form, "page": page, "asking": asking})


@require_POST
@for_staff
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        invitations.withdraw(invitation=get_object_or_404(Invitation, pk=pk), by=the_user(request.user))
    except invitations.NotHers:
        raise Http404 from None
    messages.success(request, _("The invitation was withdrawn: its link opens nothing any more."))
    return redirect("directory:invitations")


@require_POST
@for_staff
def answer_joining(request: HttpRequest, pk: int) -> HttpResponse:
    invitations.answer_joining(
        request=get_object_or_404(JoinRequest, pk=pk),
        is_welcome=request.POST.get("deed") == "invite",
        by=the_user(request.user),
    )
    return redirect("directory:invitations")


@for_members
def places(request: HttpRequest) -> HttpResponse:
    """For which cities and institutions she may do something here."""
    roles = (
        RoleInPlace.objects.active().filter(user=the_user(request.user)).select_related("city__country", "organization")
    )
    return render(request, "directory/places.html", {"roles": roles.order_by("start", "pk")})
