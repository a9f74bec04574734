"""An annotated page imported into an empty installation, twice; and killed in the middle."""

import time
from typing import Any, Final

from tools.accept.issue_04_pages import GOLD
from tools.accept.lines import SHARED, Line, tell
from tools.accept.processes import killed_in_the_middle
from tools.bench.installation import scratch_installation

PAGE: Final = GOLD / "es_red_compuesta.txt"
# After how many seconds of accepting the process is killed.
BLOWS: Final = (0.05, 0.2, 0.5)
ACCEPT_ALL: Final = """
import sys
from plaza.cli.database import connected
with connected():
    from plaza.ingest.domain.decisions import accept_above
    from plaza.ingest.models import ReadPage
    print("ready", flush=True)
    accept_above(page=ReadPage.objects.get(pk=int(sys.argv[1])), confidence=0.0, by=None)
"""


def find_out() -> list[Line]:
    with scratch_installation():
        return [*_imported(), _killed()]


def _imported() -> list[Line]:
    from plaza.directory.models import Person  # needs settings
    from plaza.ingest.domain.decisions import accept_above  # needs settings
    from plaza.ingest.domain.pages import receive_page  # needs settings
    from plaza.meetings.models import Meeting  # needs settings

    seed = next(iter(sorted(SHARED.glob("seed/*.txt"))), None)
    page = seed or PAGE
    begun = time.perf_counter()
    read = receive_page(data=page.read_bytes(), by=None)
    seconds_read = time.perf_counter() - begun
    accept_above(page=read, confidence=0.0, by=None)
    seconds = time.perf_counter() - begun
    before = _counted(Meeting, Person)
    again = receive_page(data=page.read_bytes() + b"\n", by=None)
    accept_above(page=again, confidence=0.0, by=None)
    new = [after - earlier for after, earlier in zip(_counted(Meeting, Person), before, strict=True)]
    which = "the seed" if seed else page.name
    return [
        Line(f"{which} is read, in the sandbox", "< 2 s", f"{seconds_read:.1f} s", seconds_read < 2),
        Line(
            f"{which} is imported", "< 5 s", f"{seconds:.1f} s, {before[0]} meetings, {before[1]} people", seconds < 5
        ),
        Line("a second import: new meetings and people", "0, 0", f"{new[0]}, {new[1]}", new == [0, 0]),
    ]


def _killed() -> Line:
    """Accepting all, killed again and again, then finished: each proposal is one meeting."""
    from plaza.ingest.domain.decisions import accept_above  # needs settings
    from plaza.ingest.domain.pages import receive_page  # needs settings

    page = receive_page(data=PAGE.read_bytes(), by=None)
    done = []
    for delay in BLOWS:
        tell(f"killing an import after {delay:g} s")
        killed_in_the_middle(ACCEPT_ALL, str(page.pk), after=delay)
        done.append(page.proposals.filter(decision="accepted").count())
    accept_above(page=page, confidence=0.0, by=None)
    rows = list(page.proposals.values_list("meeting", flat=True))
    kept = done == sorted(done)
    right = kept and None not in rows and len(set(rows)) == len(rows)
    told = f"accepted after each blow: {done}; at the end {len(rows)} proposals, {len(set(rows))} meetings"
    return Line(f"kill -9 in the middle of an import, {len(BLOWS)} times", "nothing lost, nothing doubled", told, right)


def _counted(*models: Any) -> list[int]:
    return [int(model.objects.count()) for model in models]
