"""Finding anyone: by name, by what they know, by city or organisation. Only what the asker may see is searched."""

from typing import Final

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from plaza.accounts.access import Asker
from plaza.core.folding import fold
from plaza.core.person_names import words_of
from plaza.directory.access import may_be_searched_by_expertise
from plaza.directory.domain.names import called
from plaza.directory.models import City, Expertise, Membership, Organization, Person
from plaza.meetings.models import Appearance, Session
from plaza.topics.models import Topic

SHORTEST: Final = 2
LONGEST: Final = 200
PLACES: Final = 200


def too_short(typed: str) -> bool:
    """One letter finds half of the network; a letter of each name is a way to write one."""
    return sum(map(len, words_of(typed))) < SHORTEST


def find_people(
    user: Asker, *, typed: str = "", topic: Topic | None = None, place: str = "", country: str = ""
) -> "QuerySet[Person]":
    """By name those most alike first; else in the order of the alphabet."""
    people = Person.objects.visible_to(user)
    if topic is not None:
        people = people.filter(_knows(topic, user))
    if place:
        people = people.filter(_belongs(place, user))
    if country:
        people = people.filter(_of_country(country, user))
    return called(people, typed) if typed else people.order_by("name_sort", "pk")


def for_list(people: "QuerySet[Person]", user: Asker) -> "QuerySet[Person]":
    """With what a line of the list shows, in four queries."""
    posts = Membership.objects.select_related("post__city__country", "post__organization").order_by("-start", "pk")
    known = Expertise.objects.filter(may_be_searched_by_expertise(user)).select_related("topic")
    stages = on_stage(user).order_by(F("session__meeting__date_start").desc(nulls_last=True), "pk")
    return people.prefetch_related(
        Prefetch("appearances", stages.only("person", "affiliation"), to_attr="stages"),
        Prefetch("memberships", posts),
        Prefetch("expertise", known, to_attr="known_expertise"),
    )


def on_stage(user: Asker) -> "QuerySet[Appearance]":
    """Appearances in sessions that the asker may see."""
    return Appearance.objects.filter(session__in=Session.objects.visible_to(user))


def _knows(topic: Topic, user: Asker) -> Q:
    """Who says so, of whom it is said, or who spoke of it."""
    codes = [topic.code, *Topic.objects.filter(parent=topic).values_list("code", flat=True)]
    stated = Expertise.objects.filter(may_be_searched_by_expertise(user), topic__in=codes)
    spoke = on_stage(user).filter(Exists(Session.objects.filter(pk=OuterRef("session"), meeting__topics__in=codes)))
    return Q(pk__in=stated.values("person")) | Q(pk__in=spoke.values("person"))


def _belongs(place: str, user: Asker) -> Q:
    """A post in it, or an appearance for it. Cities by any of their names, whole; bodies by a part of theirs."""
    name = fold(place)
    rows = City.objects.filter(search_names__contains=name).only("search_names")[:PLACES]
    cities = [city.pk for city in rows if _is_called(city, name)]
    bodies = list(Organization.objects.filter(name_sort__contains=name).values_list("pk", flat=True)[:PLACES])
    posts = Membership.objects.filter(Q(post__city__in=cities) | Q(post__organization__in=bodies))
    stage = on_stage(user).filter(Q(city__in=cities) | Q(organization__in=bodies))
    return Q(pk__in=posts.values("person")) | Q(pk__in=stage.values("person"))


def _is_called(city: City, name: str) -> bool:
    return any(each == name or each.startswith(f"{name} ") for each in city.search_names.split("|"))


def _of_country(country: str, user: Asker) -> Q:
    posts = Membership.objects.filter(Q(post__city__country=country) | Q(post__organization__country=country))
    stage = on_stage(user).filter(Q(city__country=country) | Q(organization__country=country))
    return Q(pk__in=posts.values("person")) | Q(pk__in=stage.values("person"))
