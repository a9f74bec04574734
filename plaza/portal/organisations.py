"""Pages of organisations, the actors of the four sectors."""

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy

from plaza.core.kept_pages import for_everybody
from plaza.core.plain import plain_line
from plaza.directory.access import edits_institution
from plaza.directory.choices import OrganisationType, Sector
from plaza.directory.models import Country, Organization
from plaza.portal.domain.organisations import find_organisations, organised_by, people_of, said_for, works_of

A_PAGE: Final = 20
MOST: Final = 60


class FindForm(forms.Form):
    """What is no choice here is as if nothing were chosen."""

    name = forms.CharField(label=gettext_lazy("Name, or part of it"), required=False)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=[("", "—"), *Sector.choices], required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=[("", "—"), *OrganisationType.choices], required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="find_%s")
        countries = sorted((country.called, country.code) for country in Country.objects.all())
        self.fields["country"].choices = [("", "—"), *((code, name) for name, code in countries)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        chosen = {name: self.data.get(name, "") for name in ("sector", "type", "country")}
        known: Any = self.fields
        offered = {name: value for name, value in chosen.items() if value in dict(known[name].choices)}
        return {"typed": plain_line(self.data.get("name", "")[:300])} | offered


@for_everybody
def organisations(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    wanted = form.wanted()
    page = Paginator(find_organisations(**wanted), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/organisations.html", {"form": form, "page": page, "is_asked": any(wanted.values())})


@for_everybody
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Organization.objects.for_list().prefetch_related("translations")
    found = get_object_or_404(rows, slug=slug)
    return render(
        request,
        "portal/organisation.html",
        {
            "organisation": found,
            "memberships": people_of(found, request.user),
            "appearances": said_for(found, request.user),
            "works": works_of(found, request.user)[:MOST],
            "organised": organised_by(found, request.user)[:MOST],
            "can_edit": request.user.is_authenticated and edits_institution(request.user, slug),
        },
    )
