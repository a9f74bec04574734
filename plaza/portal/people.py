"""Finding anyone, and the page of a person."""

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.accounts.access import is_staff
from plaza.core.kept_pages import for_everybody
from plaza.core.plain import plain_line
from plaza.directory.access import Shown, shown_of
from plaza.directory.choices import SPOKEN, Audience
from plaza.directory.models import Country, Person, Profile
from plaza.portal.domain.people import LONGEST, find_people, for_list, too_short
from plaza.portal.domain.person import knowledge_of, talks_of
from plaza.topics.models import Topic

A_PAGE: Final = 20
CONTACTS: Final = {
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Telephone"),
    "website": gettext_lazy("Website"),
    "orcid": "ORCID",
    "linkedin": "LinkedIn",
}


class FindForm(forms.Form):
    """What is typed is never refused: a sentence says what to do instead."""

    name = forms.CharField(label=gettext_lazy("Name, or part of it"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Knows about"), required=False)
    place = forms.CharField(label=gettext_lazy("City or organisation"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="find_%s")
        self._topics = {topic.code: topic for topic in Topic.objects.order_by("position")}
        countries = sorted((country.called, country.code) for country in Country.objects.all())
        self.fields["topic"].choices = _choices(self._topics)  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", "—"), *((code, name) for name, code in countries)]  # type: ignore[attr-defined]

    def wanted(self) -> tuple[dict[str, Any], str]:
        """What is asked for, and what is to be told instead of an answer."""
        typed, place = (plain_line(self.data.get(name, "")[: 5 * LONGEST]) for name in ("name", "place"))
        topic, country = self.data.get("topic", ""), self.data.get("country", "")
        wanted = {
            "typed": typed,
            "place": place,
            "topic": self._topics.get(topic),
            "country": country if country in dict(self.fields["country"].choices) else "",  # type: ignore[attr-defined]
        }
        if len(typed) > LONGEST or len(place) > LONGEST:
            return wanted, _("A name has at most %(n)s letters here: leave something out, and search again.") % {
                "n": LONGEST
            }
        if typed and too_short(typed):
            return wanted, _("One letter is too little to find somebody by: write at least two letters of the name.")
        return wanted, ""


def _choices(topics: dict[str, Topic]) -> list[Any]:
    """Each of the tops with its leaves beneath."""
    tops = [topic for topic in topics.values() if topic.parent_id is None]
    leaves = {top.code: [row for row in topics.values() if row.parent_id == top.code] for top in tops}
    return [
        ("", "—"),
        *((top.called, [(row.code, row.called) for row in (top, *leaves[top.code])]) for top in tops),
    ]


@for_everybody
def people(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    wanted, told = form.wanted()
    found = find_people(request.user, **wanted) if not told else ()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    if not told:
        page.object_list = for_list(page.object_list, request.user)  # type: ignore[arg-type]  # a QuerySet, sliced
    return render(
        request,
        "portal/people.html",
        {"form": form, "page": page, "told": told, "is_asked": any(wanted.values())},
    )


@for_everybody
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Person.objects.select_related("merged_into"), slug=slug)
    if found.merged_into is not None:
        return redirect(found.merged_into, permanent=True)
    if found.is_withdrawn:
        return render(request, "portal/withdrawn.html", status=410)
    profile = Profile.objects.filter(person=found).prefetch_related("translations").first()
    shown = shown_of(found, profile, request.user)
    talks = talks_of(found, request.user)
    return render(
        request,
        "portal/person.html",
        {
            "person": found,
            "profile": profile if profile and "bio" in shown and profile.bio else None,
            "memberships": found.memberships.select_related("post__city__country", "post__organization").order_by(
                F("start").desc(nulls_last=True), "pk"
            ),
            "known": knowledge_of(found, talks, shown),
            "contacts": _contacts(profile, shown) if profile else [],
            "languages": [SPOKEN[code] for code in profile.languages if code in SPOKEN]
            if profile and "languages" in shown
            else [],
            "gender": profile.get_gender_display() if profile and "gender" in shown else "",
            "talks": talks,
            "is_staff": is_staff(request.user),
        },
    )


def _contacts(profile: Profile, shown: Shown) -> list[dict[str, str]]:
    """What there is and may be seen; who else reads it is told where that is not everybody."""
    addresses = {
        "email": f"mailto:{profile.email}",
        "phone": "tel:" + "".join(sign for sign in profile.phone if sign.isdigit() or sign == "+"),
        "orcid": f"https://orcid.org/{profile.orcid}",
        "website": profile.website,
        "linkedin": profile.linkedin,
    }
    return [
        {
            "label": str(CONTACTS[name]),
            "text": getattr(profile, name).removeprefix("https://"),
            "url": url,
            "audience": "" if shown.fields[name] == Audience.EVERYBODY else str(shown.fields[name].label),
        }
        for name, url in addresses.items()
        if name in shown and getattr(profile, name)
    ]
