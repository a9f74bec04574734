"""“Your page”: what a person says of herself. Those who run the network write it for who has no account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_members, for_staff
from plaza.core.plain import row_number
from plaza.directory.domain.told_of_people import take_back_expertise
from plaza.directory.domain.withdrawing import hide, show_again
from plaza.directory.forms_profile import ExpertiseForm, ProfileForm
from plaza.directory.models import Person, Profile


@never_cache
@for_members
def own_page(request: HttpRequest) -> HttpResponse:
    person = Person.objects.standing().filter(user=the_user(request.user)).first()
    if person is None:
        return render(request, "directory/no_page.html")
    return _written(request, person)


@never_cache
@for_staff
def page_of(request: HttpRequest, slug: str) -> HttpResponse:
    return _written(request, get_object_or_404(Person.objects.standing(), slug=slug))


def _written(request: HttpRequest, person: Person) -> HttpResponse:
    """Two forms on one page: of what is known, and of what is said."""
    by = the_user(request.user)
    profile = Profile.objects.filter(person=person).prefetch_related("translations").first()
    deed = request.POST.get("deed")
    is_own = person.user_id == by.pk
    form = ProfileForm(request.POST if deed == "page" else None, person=person, profile=profile, is_own=is_own)
    expertise = ExpertiseForm(request.POST if deed == "expertise" else None)
    if deed == "take-back":
        row = get_object_or_404(person.expertise.select_related("person"), pk=row_number(request.POST.get("which", "")))
        take_back_expertise(expertise=row, by=by)
        messages.success(request, _("Taken away."))
        return redirect(request.path)
    if deed == "page" and form.is_valid():
        form.save(by)
        messages.success(request, _("Saved. This is how your page looks now."))
        return redirect(person)
    if deed == "expertise" and expertise.is_valid():
        expertise.save(person, by)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    return render(
        request,
        "directory/own_page.html",
        {
            "person": person,
            "form": form,
            "expertise_form": expertise,
            "expertise": person.expertise.select_related("topic"),
            "is_own": is_own,
        },
        status=422 if deed in ("page", "expertise") else 200,
    )


@require_POST
@for_staff
def name_or_hide(request: HttpRequest, slug: str) -> HttpResponse:
    """Hides a person everywhere, or shows her again."""
    person = get_object_or_404(Person.objects.standing(), slug=slug)
    deed = show_again if person.is_withdrawn else hide
    deed(person=person, by=the_user(request.user), why=request.POST.get("why", "")[:400])
    messages.success(
        request,
        _("This person is named again.") if person.is_withdrawn else _("This person is named nowhere any more."),
    )
    return redirect("directory:person-desk", slug=slug)
