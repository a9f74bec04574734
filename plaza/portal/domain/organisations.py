"""Organisations as they act: their people, their talks, what came of them, the meetings they held."""

from django.db.models import F, Prefetch, QuerySet

from plaza.accounts.access import Asker
from plaza.core.folding import fold
from plaza.directory.models import Membership, Organization, Person
from plaza.knowledge.models import Work
from plaza.meetings.models import Appearance, Organiser, Session
from plaza.portal.domain.stage import appearances_visible_to


def find_organisations(
    *, typed: str = "", sector: str = "", type: str = "", country: str = ""
) -> "QuerySet[Organization]":
    rows = Organization.objects.for_list()
    if typed:
        rows = rows.filter(name_sort__contains=fold(typed))
    given = {"sector": sector, "type": type, "country": country}
    return rows.filter(**{name: value for name, value in given.items() if value})


def people_of(organisation: Organization, user: Asker) -> "QuerySet[Membership]":
    """Who holds or held a post in it, today's first."""
    return (
        Membership.objects.filter(post__organization=organisation, person__in=Person.objects.visible_to(user))
        .select_related("person", "post")
        .order_by(F("end").desc(nulls_first=True), F("start").desc(nulls_last=True), "pk")
    )


def said_for(organisation: Organization, user: Asker) -> "QuerySet[Appearance]":
    return appearances_visible_to(user).filter(organization=organisation)


def works_of(organisation: Organization, user: Asker) -> "QuerySet[Work]":
    """What the sessions left behind in which it was on stage."""
    stages = Session.objects.visible_to(user).filter(appearances__organization=organisation)
    return (
        Work.objects.visible_to(user)
        .for_links()
        .filter(pk__in=Session.works.through.objects.filter(session__in=stages).values("work"))
        .order_by(F("date_start").desc(nulls_last=True), "pk")
    )


def organised_by(organisation: Organization, user: Asker) -> "QuerySet[Organiser]":
    return (
        Organiser.objects.filter(organization=organisation)
        .visible_to(user)
        .select_related("meeting")
        .prefetch_related(Prefetch("meeting__translations"))
        .order_by(F("meeting__date_start").desc(nulls_last=True), "pk")
    )
