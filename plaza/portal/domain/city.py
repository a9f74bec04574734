"""All that is known of a city: its people, what they said, meetings, works, figures, neighbours."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from plaza.accounts.access import Asker, is_member
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.models import HistoryEntry
from plaza.core.translations import Translated, read_translations
from plaza.directory.models import City, Membership, Person, RoleInPlace
from plaza.knowledge.models import Work
from plaza.meetings.models import Appearance, Meeting, Session

MOST: Final = 60


def find_city(slug: str, user: Asker) -> City | None:
    """With who may change it and whether somebody has, in the same query: what a person corrected is the gazetteer's
    word no longer."""
    told = HistoryEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(City), subject_id=OuterRef("pk"), verb="corrected"
    )
    editors = RoleInPlace.objects.active().filter(city=OuterRef("pk"), user=user.pk if is_member(user) else None)
    rows = City.objects.select_related("country", "profile", "network_membership__focal_point")
    return rows.annotate(is_corrected=Exists(told), has_its_editor=Exists(editors)).filter(slug=slug).first()


@dataclass(frozen=True, slots=True)
class Told:
    """What a city has told, where it was met, and what of it can be read or heard. The words of all of them are read at
    once."""

    appearances: list[Appearance]
    meetings: list[Meeting]
    works: list[Work]


def told_of_city(city: City, user: Asker) -> Told:
    """Five queries, however much there is."""
    works = Work.objects.visible_to(user).select_related("recording", "material")
    appearances = list(
        Appearance.objects.filter(city=city, session__in=Session.objects.visible_to(user))
        .select_related("person", "city", "session__meeting")
        .prefetch_related(Prefetch("session__works", works))
        .order_by(F("session__meeting__date_start").desc(nulls_last=True), "position", "pk")[:MOST]
    )
    meetings = list(meetings_of_city(city, user)[:MOST])
    found = list(works_of_city(city, user)[:MOST])
    heard: Iterable[Translated] = (appearance.session.meeting for appearance in appearances)
    spoken: Iterable[Translated] = (work for each in appearances for work in each.session.works.all())
    # What the city says of itself is read along.
    own: list[Translated] = [city.profile] if hasattr(city, "profile") else []
    read_translations([*heard, *spoken, *meetings, *found, *own])
    return Told(appearances, meetings, found)


def meetings_of_city(city: City, user: Asker) -> "QuerySet[Meeting]":
    """Held there or about it; newest first, each once."""
    here = Q(places=city) | Q(about=city)
    rows = Meeting.objects.visible_to(user).filter(pk__in=Meeting.objects.filter(here).values("pk"))
    return rows.order_by(F("date_start").desc(nulls_last=True), "-pk")


def works_of_city(city: City, user: Asker) -> "QuerySet[Work]":
    """What those meetings left behind, and those in which somebody of it spoke; newest first."""
    sessions = Session.objects.visible_to(user)
    here = sessions.filter(Q(meeting__places=city) | Q(meeting__about=city) | Q(appearances__city=city))
    left = Session.works.through.objects.filter(session__in=here.order_by().values("pk")).values("work")
    rows = Work.objects.visible_to(user).filter(pk__in=left).select_related("recording", "material")
    return rows.order_by(F("date_start").desc(nulls_last=True), "-pk")


def people_of_city(city: City, user: Asker, today: dt.date) -> list[Membership]:
    """Who holds or held a post there: those of today first, mayors before others. One query."""
    rows = (
        Membership.objects.filter(post__city=city, person__in=Person.objects.visible_to(user))
        .select_related("person", "post")
        .order_by("-post__is_mayor", F("start").desc(nulls_last=True), "person__name_sort", "pk")
    )
    return sorted(rows, key=lambda row: row.end is not None and row.end < today)


@dataclass(frozen=True, slots=True)
class Name:
    """What a city is called in some of the four languages; `code` is that of the first."""

    text: str
    code: str
    languages: str


def names_of_city(city: City) -> list[Name]:
    """Each name once, with the languages it is said in; nothing where it has one name in all of them."""
    said: dict[str, list[str]] = {}
    for language in LANGUAGES:
        if text := city.name_in(language):
            said.setdefault(text, []).append(language)
    if len(said) < 2:
        return []
    return [Name(text, codes[0], ", ".join(NATIVE_NAMES[code] for code in codes)) for text, codes in said.items()]
