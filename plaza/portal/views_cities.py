"""The map of cities with its list, and the page of a city."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.core.kept_pages import for_everybody
from plaza.directory.choices import MembershipStatus
from plaza.directory.models import Country
from plaza.indicators.domain.catalogue import CLIMATE
from plaza.indicators.domain.reading import standings_of
from plaza.portal.domain.around import topics_told
from plaza.portal.domain.cities import find_cities, point_of_city
from plaza.portal.domain.city import find_city, names_of_city, people_of_city, told_of_city
from plaza.portal.domain.machines import gazetteer_link, linked_data, sources_elsewhere
from plaza.portal.domain.map import HEIGHT, WIDTH
from plaza.portal.domain.neighbours import neighbours_of
from plaza.portal.forms_cities import CitiesForm


@for_everybody
def cities(request: HttpRequest) -> HttpResponse:
    countries = sorted(Country.objects.all(), key=lambda country: country.called)
    form = CitiesForm(request.GET, countries={row.code: row for row in countries}, topics=topics_told(request.user))
    wanted = form.wanted()
    found = find_cities(wanted, request.user, timezone.localdate())
    return render(
        request,
        "portal/cities.html",
        {"form": form, "wanted": wanted, "found": found, "sheet": {"width": WIDTH, "height": HEIGHT}},
    )


@for_everybody
def city(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_city(slug, request.user)
    if found is None:
        raise Http404
    membership = getattr(found, "network_membership", None)
    focal_point = membership.focal_point if membership else None
    today = timezone.localdate()
    standings = standings_of(found, request.user)
    return render(
        request,
        "portal/city.html",
        {
            "city": found,
            "membership": membership,
            "is_member": membership is not None and membership.status == MembershipStatus.MEMBER,
            "focal_point": focal_point if focal_point and not focal_point.is_withdrawn else None,
            "names": names_of_city(found),
            "people": people_of_city(found, request.user, today),
            "today": today,
            "told": told_of_city(found, request.user),
            "climate": next((each for each in standings if each.indicator.code == CLIMATE), None),
            "standings": [each for each in standings if each.indicator.code != CLIMATE],
            "neighbours": neighbours_of(found, request.user),
            "point": point_of_city(found),
            "sheet": {"width": WIDTH, "height": HEIGHT},
            "elsewhere": sources_elsewhere(found),
            "from_gazetteer": gazetteer_link(found),
            "linked_data": linked_data(found),
            "is_staff": is_staff(request.user),
        },
    )
