"""Cities on the map and in its list, by what one looks for."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils.translation import gettext as _

from plaza.accounts.access import Asker
from plaza.core.folding import fold
from plaza.directory.choices import CitySize, MembershipStatus
from plaza.directory.models import City, Country
from plaza.meetings.models import Appearance, Meeting
from plaza.portal.choices import Activity
from plaza.portal.domain.around import heard_in
from plaza.portal.domain.map import WHOLE, Frame, Point, frame_around, point_of
from plaza.topics.models import Topic

# Of all the places there are, the largest; members always.
MOST: Final = 400
LATELY: Final = dt.timedelta(days=730)
# How large a dot is, in thousandths of the width that is shown.
RADII: Final = {
    CitySize.VILLAGE: 7.0,
    CitySize.SMALL: 8.0,
    CitySize.MEDIUM: 9.0,
    CitySize.METROPOLITAN: 10.5,
    CitySize.LARGE: 13.0,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form asks for; nothing of it stands for every member."""

    words: str = ""
    country: Country | None = None
    size: CitySize | None = None
    topic: Topic | None = None
    activity: Activity | None = None
    everywhere: bool = False

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.country or self.size or self.topic or self.activity)


@dataclass(frozen=True, slots=True)
class Place:
    """A city as the list and the map show it."""

    city: City
    is_member: bool
    heard_in: int | None
    point: Point | None

    @property
    def look(self) -> str:
        """The class of its dot."""
        if not self.is_member:
            return "place"
        return "heard" if self.heard_in else "member"


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    look: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """The places of a country, or the invented ones."""

    name: str
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Found:
    places: list[Place] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    frame: Frame = WHOLE
    members: int = 0
    is_cut: bool = False

    @property
    def others(self) -> int:
        return len(self.places) - self.members

    @property
    def heard(self) -> int:
        return sum(1 for place in self.places if place.heard_in)

    @property
    def unplaced(self) -> int:
        """Those that stand in the list alone: nobody knows where they lie, or they are invented."""
        return sum(1 for place in self.places if place.point is None)


def find_cities(wanted: Wanted, user: Asker, today: dt.date) -> Found:
    """One query for the cities, and who was heard of them."""
    rows = list(_narrowed(wanted, user, today)[: MOST + 1])
    heard = heard_in(user)
    places = [_place(city, heard.get(city.pk)) for city in rows[:MOST]]
    points = [place.point for place in places if place.point]
    frame = frame_around(points) if wanted.is_narrow else WHOLE
    return Found(
        places=places,
        groups=_grouped(places),
        dots=_dots(places, frame),
        frame=frame,
        members=sum(1 for place in places if place.is_member),
        is_cut=len(rows) > MOST,
    )


def _narrowed(wanted: Wanted, user: Asker, today: dt.date) -> "QuerySet[City]":
    is_member = Q(network_membership__status=MembershipStatus.MEMBER)
    rows: QuerySet[City] = City.objects.select_related("country", "network_membership").called_like(wanted.words)
    if not (wanted.everywhere or wanted.words):
        rows = rows.filter(is_member)
    if wanted.country:
        rows = rows.filter(country=wanted.country)
    if wanted.size:
        least, most = wanted.size.bounds
        rows = rows.filter(population__gte=least)
        rows = rows.filter(population__lt=most) if most else rows
    if wanted.topic:
        rows = rows.filter(pk__in=_cities_of(Meeting.objects.visible_to(user).filter(_about(wanted.topic))))
    if wanted.activity:
        rows = _active(rows, wanted.activity, user, today)
    return rows.order_by(
        ExpressionWrapper(is_member, BooleanField()).desc(nulls_last=True),
        F("population").desc(nulls_last=True),
        "pk",
    )


def _about(topic: Topic) -> Q:
    return Q(topics=topic) | Q(topics__parent=topic)


def _cities_of(meetings: "QuerySet[Meeting]") -> "QuerySet[City, Any]":
    """Where they were held, of which they told, and whose people spoke."""
    within = meetings.order_by().values("pk")
    return City.objects.filter(
        Q(pk__in=Meeting.places.through.objects.filter(meeting__in=within).values("city"))
        | Q(pk__in=Meeting.about.through.objects.filter(meeting__in=within).values("city"))
        | Q(pk__in=Appearance.objects.filter(session__meeting__in=within, city__isnull=False).values("city"))
    ).values("pk")


def _active(rows: "QuerySet[City]", activity: Activity, user: Asker, today: dt.date) -> "QuerySet[City]":
    seen = Meeting.objects.visible_to(user)
    spoke = Appearance.objects.filter(session__meeting__in=seen, city__isnull=False)
    if activity == Activity.SPOKE:
        return rows.filter(pk__in=spoke.filter(session__meeting__date_start__gte=today - LATELY).values("city"))
    if activity == Activity.HOSTED:
        return rows.filter(pk__in=Meeting.places.through.objects.filter(meeting__in=seen).values("city"))
    return rows.exclude(pk__in=spoke.values("city"))


def _place(city: City, heard_in: int | None) -> Place:
    membership = getattr(city, "network_membership", None)
    is_member = membership is not None and membership.status == MembershipStatus.MEMBER
    return Place(city, is_member, heard_in, point_of_city(city))


def point_of_city(city: City) -> Point | None:
    """None where it is not known, or not of this world."""
    if city.latitude is None or city.longitude is None or city.is_fictional:
        return None
    point = point_of(city.latitude, city.longitude)
    return point if WHOLE.holds(point) else None


def _grouped(places: list[Place]) -> list[Group]:
    def home(place: Place) -> str:
        if place.city.is_fictional or place.city.country is None:
            return _("Invented for the demonstration")
        return place.city.country.called

    ordered = sorted(places, key=lambda p: (p.city.is_fictional, fold(home(p)), p.city.name_sort, p.city.pk))
    return [Group(name, list(group)) for name, group in groupby(ordered, key=home)]


def _dots(places: list[Place], frame: Frame) -> list[Dot]:
    """The large ones first, so that the small lie upon them and nobody is hidden."""
    unit = frame.width / 1000
    dots = []
    for place in places:
        if place.point:
            radius = RADII[CitySize.of(place.city.population) or CitySize.VILLAGE] * unit
            dots.append(Dot(place.point.x, place.point.y, round(radius, 1), place.look, place.city.called))
    return sorted(dots, key=lambda dot: (dot.look != "place", -dot.radius))
