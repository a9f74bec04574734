"""A synthetic archive of any size: meetings on days, each with a session, three people, two cities and two topics.

People and cities grow with the meetings, as they do in a network: nobody speaks at thirty thousand meetings. Each 300
meetings have people and cities of their own, so that a page of one of them shows the same, however large the archive is.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from typing import Any, Final

SPEAKERS: Final = 3
A_GENERATION: Final = 300
ITS_PEOPLE: Final = 90
ITS_CITIES: Final = 10
BEGUN: Final = dt.date(1950, 1, 1)


def grow_to(size: int) -> None:
    """Adds what is missing to `size` meetings, straight into the tables."""
    from django.db import connection  # needs settings

    from plaza.directory.models import City, Person  # needs settings
    from plaza.meetings.models import Appearance, Meeting, Session  # needs settings
    from plaza.topics.models import Topic  # needs settings

    begun = Meeting.objects.count()
    generations = -(-size // A_GENERATION)
    cities = list(City.objects.order_by("pk")[: generations * ITS_CITIES])
    topics = list(Topic.objects.order_by("pk"))
    Person.objects.bulk_create(
        Person(slug=f"person-{number}", name=f"Persona {number}", name_sort=f"persona {number}")
        for number in range(Person.objects.count(), generations * ITS_PEOPLE)
    )
    people = list(Person.objects.order_by("pk"))

    def person(number: int, seat: int) -> Any:
        return people[number // A_GENERATION * ITS_PEOPLE + (number * SPEAKERS + seat) % ITS_PEOPLE]

    def city(number: int, seat: int) -> Any:
        return cities[number // A_GENERATION * ITS_CITIES + (number + seat) % ITS_CITIES]

    meetings = Meeting.objects.bulk_create(_meeting(Meeting, number) for number in range(begun, size))
    sessions = Session.objects.bulk_create(Session(language="es", meeting=each) for each in meetings)
    Appearance.objects.bulk_create(
        Appearance(session=session, person=person(number, seat), city=city(number, seat), position=seat)
        for number, session in enumerate(sessions, begun)
        for seat in range(SPEAKERS)
    )
    numbered = list(enumerate(meetings, begun))
    _link(Meeting.places, "city_id", numbered, lambda number: (city(number, 0), city(number, 1)))
    # By lot, the same each time: counted round, one person's talks would have all topics or few.
    _link(Meeting.topics, "topic_id", numbered, lambda number: random.Random(number).sample(topics, 2))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _link(field: Any, target: str, meetings: list[tuple[int, Any]], chosen: Callable[[int], Iterable[Any]]) -> None:
    through = field.through
    through.objects.bulk_create(
        through(**{"meeting_id": meeting.pk, target: other.pk})
        for number, meeting in meetings
        for other in chosen(number)
    )


def _meeting(model: Any, number: int) -> Any:
    from plaza.meetings.choices import MeetingKind, MeetingStatus  # needs settings

    day = BEGUN + dt.timedelta(days=number % 27_000)
    return model(
        slug=f"meeting-{number}",
        title=f"Seminario {number} sobre agua, barrios y transporte",
        summary="Tres ciudades contaron cómo lo hicieron, qué costó y qué no harían de nuevo.",
        kind=MeetingKind.WEBINAR,
        language="es",
        status=MeetingStatus.DOCUMENTED,
        date_start=day,
        date_end=day,
        date_precision="day",
        date_year="stated",
    )
