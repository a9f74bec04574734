"""All that is known of a city: its people, what they said, meetings, works, figures, neighbours."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from plaza.accounts.access import Asker, is_member
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.models import HistoryEntry
from plaza.core.translations import Translated, read_translations
from plaza.directory.models import City, Membership, Person, RoleInPlace
from plaza.knowledge.models import Work
from plaza.meetings.domain.where import held_or_about
from plaza.meetings.models import Appearance, Meeting, Session

MOST: Final = 60
MOST_LINKS: Final = 240


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
    """Four queries, however much there is."""
    appearances = list(
        Appearance.objects.filter(city=city, session__in=Session.objects.visible_to(user))
        .select_related("person", "city", "session__meeting")
        .order_by(F("session__meeting__date_start").desc(nulls_last=True), "position", "pk")[:MOST]
    )
    meetings = list(meetings_of_city(city, user)[:MOST])
    left = works_left(city, user)
    for each in appearances:
        works: Any = each.session.works.get_queryset()
        # As Django's own prefetching does.
        works._result_cache, works._prefetch_done = left.get(each.session_id, []), True
        vars(each.session).setdefault("_prefetched_objects_cache", {})["works"] = works
    found = list({work.pk: work for of_session in left.values() for work in of_session}.values())
    found = sorted(found, key=_newest_first)[:MOST]
    heard: Iterable[Translated] = (appearance.session.meeting for appearance in appearances)
    spoken: Iterable[Translated] = (work for each in appearances for work in each.session.works.all())
    # What the city says of itself is read along.
    own: list[Translated] = [city.profile] if hasattr(city, "profile") else []
    read_translations([*heard, *spoken, *meetings, *found, *own])
    return Told(appearances, meetings, found)


def meetings_of_city(city: City, user: Asker) -> "QuerySet[Meeting]":
    """Held there or about it; newest first, each once."""
    return (
        Meeting.objects.visible_to(user)
        .filter(held_or_about(city, "pk"))
        .order_by(F("date_start").desc(nulls_last=True), "-pk")
    )


def works_left(city: City, user: Asker) -> dict[int, list[Work]]:
    """By session: what the meetings held there or about it left behind, and those in which somebody of it spoke."""
    spoke = Q(pk__in=Appearance.objects.filter(city=city).order_by().values("session"))
    here = Session.objects.visible_to(user).filter(held_or_about(city, "meeting") | spoke)
    links = Session.works.through.objects.filter(
        session__in=here.order_by().values("pk"), work__in=Work.objects.visible_to(user).order_by().values("pk")
    )
    newest = links.order_by(F("work__date_start").desc(nulls_last=True), "-work_id")
    left: dict[int, list[Work]] = defaultdict(list)
    for link in newest.select_related("work__recording", "work__material")[:MOST_LINKS]:
        left[link.session_id].append(link.work)
    return left


def _newest_first(work: Work) -> tuple[bool, int, int]:
    return work.date_start is None, -work.date_start.toordinal() if work.date_start else 0, -work.pk


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
