"""A summit of 300 sessions: its programme and its calendar beside a bare Django on the same database, and what asking again
costs where nothing changed."""

import datetime as dt
import gzip
import statistics
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any, Final

from tools.accept.lines import Line
from tools.bench.load import requests_a_second
from tools.bench.serving import served

SESSIONS: Final = 300
DAYS: Final = 3
ROOMS: Final = 10
ROUNDS: Final = 5
ROUND_SECONDS: Final = 2.0
PROGRAMME: Final = "/es/meetings/cumbre-300/programme/"
CALENDAR: Final = "/es/meetings/cumbre-300/calendar.ics"
LIGHT_KB: Final = 45
# Of what is measured: at least so much of a bare view that reads one row (PERFORMANCE.md).
LEAST: Final = {
    "programme, fresh": (1 / 43, "1/43"),
    "programme, cached": (0.51, "0.51"),
    "calendar, fresh": (1 / 16, "1/16"),
    "calendar, asked again (304)": (1 / 3, "1/3"),
}


def add_summit() -> None:
    """300 sessions of three days in ten rooms, two on stage in each; every other in two languages."""
    from django.contrib.contenttypes.models import ContentType  # needs settings

    from plaza.core.models import Origin, Translation  # needs settings
    from plaza.directory.models import City, Person  # needs settings
    from plaza.meetings.choices import MeetingKind, MeetingStatus  # needs settings
    from plaza.meetings.models import Appearance, Meeting, Session  # needs settings

    begins = dt.datetime(2027, 5, 4, 14, tzinfo=dt.UTC)
    meeting = Meeting(
        slug="cumbre-300", title="Cumbre de trescientas sesiones", summary="Tres días.", language="es",
        kind=MeetingKind.SUMMIT, status=MeetingStatus.ANNOUNCED, timezone="America/Bogota",
        starts_at=begins, ends_at=begins + dt.timedelta(days=DAYS - 1, hours=10),
        date_start=begins.date(), date_end=(begins + dt.timedelta(days=DAYS - 1)).date(), date_precision="day",
    )  # fmt: skip
    meeting.save()
    rooms = [meeting.rooms.create(name=f"Sala {number}", language="es", position=number) for number in range(ROOMS)]
    tracks = [meeting.tracks.create(name=name, language="es") for name in ("Agua", "Calles", "Vivienda", "Clima")]
    people, cities = list(Person.objects.order_by("pk")[:80]), list(City.objects.order_by("pk")[:40])

    def session(number: int) -> Any:
        day, place = divmod(number, SESSIONS // DAYS)
        hour, room = divmod(place, ROOMS)
        starts = begins + dt.timedelta(days=day, hours=hour)
        return Session(
            meeting=meeting, number=number + 1, language="es", room=rooms[room], track=tracks[number % len(tracks)],
            title=f"Sesión {number}: agua, barrios y transporte en la ciudad mediana", starts_at=starts,
            ends_at=starts + dt.timedelta(minutes=50), interpretation=["pt", "en"],
        )  # fmt: skip

    sessions = Session.objects.bulk_create(map(session, range(SESSIONS)))
    Appearance.objects.bulk_create(
        Appearance(
            session=each, person=people[(number * 2 + seat) % len(people)], city=cities[number % len(cities)],
            affiliation="Alcaldía", position=seat,
        )
        for number, each in enumerate(sessions)
        for seat in (0, 1)
    )  # fmt: skip
    kind = ContentType.objects.get_for_model(Session)
    Translation.objects.bulk_create(
        Translation(
            subject_type=kind, subject_id=each.pk, field="title", language="pt", text=f"Sessão {number}",
            origin=Origin.HUMAN,
        )
        for number, each in enumerate(sessions)
        if number % 2
    )  # fmt: skip


def beside_a_bare_django() -> Iterator[Line]:
    """Taking turns, so that what else the machine does is fair to all."""
    with (
        served("plaza.config.wsgi:application", "/healthz") as ours,
        served("tools.bench.bare:application", "/") as bare,
    ):
        etag = urllib.request.urlopen(f"http://127.0.0.1:{ours}{CALENDAR}", timeout=60).headers["ETag"]
        kinds: dict[str, tuple[int, Callable[[int], str], dict[str, str], bytes]] = {
            "bare": (bare, lambda number: "/row/", {}, b"200"),
            # Each address is new, so each page is made.
            "programme, fresh": (ours, lambda number: f"{PROGRAMME}?{time.perf_counter_ns()}", {}, b"200"),
            "programme, cached": (ours, lambda number: PROGRAMME, {"Accept-Encoding": "gzip"}, b"200"),
            "calendar, fresh": (ours, lambda number: f"{CALENDAR}?{time.perf_counter_ns()}", {}, b"200"),
            "calendar, asked again (304)": (ours, lambda number: CALENDAR, {"If-None-Match": etag}, b"304"),
        }
        for port, path, headers, status in kinds.values():
            requests_a_second(port, path, seconds=1, headers=headers, status=status)
        rates: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(ROUNDS):
            for name, (port, path, headers, status) in kinds.items():
                rate = requests_a_second(port, path, seconds=ROUND_SECONDS, headers=headers, status=status)
                rates[name].append(rate)
        weight = len(gzip.compress(urllib.request.urlopen(f"http://127.0.0.1:{ours}{PROGRAMME}", timeout=60).read(), 6))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, (least, called) in LEAST.items():
        ratio = medians[name] / medians["bare"]
        told = f"x{ratio:.3f} ({medians[name]:.0f}/s beside {medians['bare']:.0f}/s)"
        yield Line(f"{SESSIONS} sessions: {name}, beside a bare view", f">= x{called}", told, ratio >= least)
    kilobytes = weight / 1024
    said = f"{kilobytes:.1f} KB gz"
    yield Line(f"{SESSIONS} sessions: weight of the programme", f"<= {LIGHT_KB} KB gz", said, kilobytes <= LIGHT_KB)
