"""Pages for everybody: requests a second beside a bare Django on the same database, and how they grow with the archive."""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Final

from tools.accept.lines import Line, tell
from tools.bench import programme
from tools.bench.archive import grow_to
from tools.bench.installation import scratch_installation
from tools.bench.load import requests_a_second
from tools.bench.serving import served

FEW, MANY = 300, 30_000
ROUNDS: Final = 5
ROUND_SECONDS: Final = 2.0
WARM_SECONDS: Final = 2.0
# Not long enough to ask for one of the 300 twice.
EDITED_SECONDS: Final = 0.4
TIMES: Final = 40
PAGES: Final = (
    "/es/",
    "/es/meetings/",
    "/es/meetings/?page=2",
    "/es/meetings/meeting-150/",
    "/es/people/person-20/",
    "/es/cities/",
    "/es/cities/{city}/",
)


def find_out() -> list[Line]:
    with scratch_installation():
        from plaza.directory.domain.gazetteer import load_gazetteer  # needs settings
        from plaza.topics.domain.vocabulary import load_topics  # needs settings

        load_topics()
        load_gazetteer()
        grow_to(FEW)
        programme.add_summit()
        lines = [*_beside_a_bare_django(), *programme.beside_a_bare_django()]
        few = _server_times()
        tell(f"adding meetings until there are {MANY}")
        grow_to(MANY)
        many = _server_times()
    return [*lines, *(_grown(page, few[page], many[page]) for page in few)]


def _beside_a_bare_django() -> Iterator[Line]:
    """Taking turns, so that what else the machine does is fair to all."""
    with (
        served("plaza.config.wsgi:application", "/healthz") as ours,
        served("tools.bench.bare:application", "/") as bare,
    ):
        kinds: dict[str, tuple[int, Callable[[int], str]]] = {
            "bare": (bare, lambda number: "/row/"),
            "cached": (ours, lambda number: "/es/meetings/meeting-150/"),
            # Each address is new, so each page is made.
            "fresh": (ours, lambda number: f"/es/meetings/meeting-{number % FEW}/?{time.perf_counter_ns()}"),
        }
        edited = kinds["fresh"]
        for port, path in kinds.values():
            requests_a_second(port, path, seconds=WARM_SECONDS)
        rates: dict[str, list[float]] = {name: [] for name in (*kinds, "edited")}
        for turn in range(ROUNDS):
            for name, (port, path) in kinds.items():
                rates[name].append(requests_a_second(port, path, seconds=ROUND_SECONDS))
            _edit_all(turn)
            rates["edited"].append(requests_a_second(*edited, seconds=EDITED_SECONDS))
            # What was said of each is said anew: typeset again before the next turn.
            requests_a_second(*edited, seconds=WARM_SECONDS)
    medians = {name: statistics.median(found) for name, found in rates.items()}
    for name, least, of in (("fresh", 1 / 4, "a quarter"), ("cached", 2 / 3, "two thirds")):
        ratio = medians[name] / medians["bare"]
        told = f"x{ratio:.2f} ({medians[name]:.0f}/s beside {medians['bare']:.0f}/s)"
        yield Line(f"a meeting's page, {name}, beside a bare view that reads one row", f">= {of}", told, ratio >= least)
    ratio = medians["edited"] / medians["bare"]
    told = f"x{ratio:.2f} ({medians['edited']:.0f}/s beside {medians['bare']:.0f}/s)"
    yield Line("the same, the first page after its own words were edited", "to be known", told, True)


def _edit_all(turn: int) -> None:
    from django.db.models import Value  # needs settings
    from django.db.models.functions import Concat  # needs settings

    from plaza.meetings.models import Meeting  # needs settings

    Meeting.objects.update(summary=Concat("title", Value(f", contado otra vez ({turn}).")))


def _server_times() -> dict[str, float]:
    """Milliseconds, medians; made anew each time."""
    from django.test import Client  # needs settings

    from plaza.directory.models import City  # needs settings

    visitor = Client(SERVER_NAME="localhost")
    city = City.objects.order_by("pk")[3].slug
    pages = [page.replace("{city}", city) for page in PAGES]
    times: dict[str, list[float]] = {page: [] for page in pages}
    for turn in range(TIMES + 2):
        for page in pages:
            begun = time.perf_counter()
            answer = visitor.get(f"{page}{'&' if '?' in page else '?'}turn={turn}")
            if answer.status_code != 200:
                raise RuntimeError(f"{page} answered {answer.status_code}")
            if turn > 1:  # what Django asks once a process
                times[page].append((time.perf_counter() - begun) * 1000)
    return {page: statistics.median(found) for page, found in times.items()}


def _grown(page: str, few: float, many: float) -> Line:
    ratio = many / few
    figure = f"x{ratio:.2f} ({few:.1f} ms, then {many:.1f} ms)"
    return Line(f"{page}, {MANY:,} meetings against {FEW}", "<= x1.3", figure, ratio <= 1.3)
