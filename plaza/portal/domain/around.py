"""What the whole archive says of each city: when it was last heard, and of what the meetings around it were.

Read at once for all cities and kept for each version of the data: a page that asks it of one city, or of four hundred, looks
through no meetings.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from plaza.accounts.access import Asker, sight_of
from plaza.core.kept_reads import kept_read
from plaza.meetings.models import Appearance, Meeting
from plaza.topics.models import Topic


def heard_in(user: Asker) -> Mapping[int, int]:
    """By city: the year in which somebody of it was last on a stage that the asker may see."""
    return kept_read(("heard in", sight_of(user)), lambda: _heard_in(user))


def topics_around(user: Asker) -> Mapping[int, Mapping[str, Topic]]:
    """By city, then by code: the topics of meetings held there, about it, or with somebody of it on stage."""
    return kept_read(("topics around", sight_of(user)), lambda: _topics_around(user))


def topics_told(user: Asker) -> dict[str, Topic]:
    """By their codes: those of which some meeting tells, each after the topic it belongs to."""
    return kept_read(("topics told", sight_of(user)), lambda: _topics_told(user))


def _heard_in(user: Asker) -> dict[int, int]:
    rows = Appearance.objects.filter(session__meeting__in=Meeting.objects.visible_to(user), city__isnull=False)
    last = rows.order_by().values("city").annotate(last=Max("session__meeting__date_start"))
    return {city: day.year for city, day in last.values_list("city", "last") if day}


def _topics_around(user: Asker) -> dict[int, dict[str, Topic]]:
    seen = Meeting.objects.visible_to(user).order_by()
    ways: tuple[tuple[QuerySet[Any], str], ...] = (
        (Meeting.places.through.objects.order_by(), "meeting"),
        (Meeting.about.through.objects.order_by(), "meeting"),
        (Appearance.objects.filter(city__isnull=False).order_by(), "session__meeting"),
    )
    pairs = [
        rows.filter(**{f"{to}__in": seen.values("pk"), f"{to}__topics__isnull": False})
        .values_list("city", f"{to}__topics__code", f"{to}__topics__names")
        .distinct()
        for rows, to in ways
    ]
    topics: dict[str, Topic] = {}
    found: dict[int, dict[str, Topic]] = defaultdict(dict)
    for city, code, names in pairs[0].union(*pairs[1:]):
        found[city][code] = topics.setdefault(code, Topic(code=code, names=names))
    return dict(found)


def _topics_told(user: Asker) -> dict[str, Topic]:
    told = Meeting.topics.through.objects.filter(meeting__in=Meeting.objects.visible_to(user), topic=OuterRef("pk"))
    found: dict[str, Topic] = {}
    for topic in Topic.objects.filter(Exists(told)).select_related("parent"):
        if topic.parent:
            found.setdefault(topic.parent.code, topic.parent)
        found[topic.code] = topic
    return found
