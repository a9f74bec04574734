"""A synthetic archive of any size: meetings on days, each with a session, three people, two cities and two topics.

People and cities grow with the meetings, as they do in a network: nobody speaks at thirty thousand meetings.
"""

import datetime as dt
from typing import Any, Final

SPEAKERS: Final = 3
A_PERSON_SPEAKS: Final = 10
BEGUN: Final = dt.date(1950, 1, 1)


def grow_to(size: int) -> None:
    """Adds what is missing to `size` meetings, straight into the tables."""
    from django.db import connection  # needs settings

    from plaza.directory.models import City, Person  # needs settings
    from plaza.meetings.models import Appearance, Meeting, Session  # needs settings
    from plaza.topics.models import Topic  # needs settings

    begun = Meeting.objects.count()
    cities = list(City.objects.order_by("pk")[: max(10, size // 30)])
    topics = list(Topic.objects.order_by("pk"))
    wanted = size * SPEAKERS // A_PERSON_SPEAKS
    Person.objects.bulk_create(
        Person(slug=f"person-{number}", name=f"Persona {number}", name_sort=f"persona {number}")
        for number in range(Person.objects.count(), wanted)
    )
    people = list(Person.objects.order_by("pk"))
    meetings = Meeting.objects.bulk_create(_meeting(Meeting, number) for number in range(begun, size))
    sessions = Session.objects.bulk_create(Session(language="es", meeting=each) for each in meetings)
    Appearance.objects.bulk_create(
        Appearance(
            session=session,
            person=people[(number * SPEAKERS + seat) % len(people)],
            city=cities[(number + seat) % len(cities)],
            position=seat,
        )
        for number, session in enumerate(sessions, begun)
        for seat in range(SPEAKERS)
    )
    for name, each, pool in (("place", Meeting.places, cities), ("topic", Meeting.topics, topics)):
        link: Any = each.through
        target = {"place": "city_id", "topic": "topic_id"}[name]
        link.objects.bulk_create(
            link(**{"meeting_id": meeting.pk, target: pool[(number + step) % len(pool)].pk})
            for number, meeting in enumerate(meetings, begun)
            for step in (0, 1)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
