"""The inside of the sandbox: one reader, one file, then the end. Run by plaza.files.sandbox as

    python -I -B -m plaza.files.reader READER SECONDS MEGABYTES < file > answer.json

The limits are set before a byte of the file is read, and here rather than between fork and exec:
code in that gap can lock up a parent that has threads.
"""

import gc
import json
import resource
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from plaza.formats.refusal import Refused

# What leaves the sandbox is held by the parent: as much as may go in.
MOST_BYTES: Final = 64 << 20
OUT_OF_MEMORY: Final = 70
_OPEN_FILES: Final = 32


@dataclass(frozen=True, slots=True)
class Reader:
    """A module with `read(data: bytes)`, `as_json(record) -> dict`, and the name of the Refused it raises."""

    module: str
    refusal: str


# Closed: what is not named here is never loaded, whoever asks.
READERS: Final[dict[str, Reader]] = {
    "attendance": Reader("plaza.formats.attendance", refusal="NotAttendance"),
    "calendar": Reader("plaza.formats.calendars", refusal="NotACalendar"),
    "page": Reader("plaza.formats.page", refusal="NotAPage"),
    "table": Reader("plaza.formats.table", refusal="NotATable"),
    "transcript": Reader("plaza.formats.transcript", refusal="NotATranscript"),
}


def main(name: str, seconds: int, megabytes: int) -> int:
    """Answer {"read": …} or {"refused": why} on standard output; the exit status."""
    _limit(seconds, megabytes)
    gc.disable()  # it only looks for circles, and the process is gone in a moment
    try:
        answer = json.dumps(_read(READERS[name], sys.stdin.buffer.read())).encode()
    except MemoryError:
        return OUT_OF_MEMORY
    if len(answer) > MOST_BYTES:
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


def _read(reader: Reader, data: bytes) -> dict[str, Any]:
    module = import_module(reader.module)  # only the reader asked for is loaded
    try:
        return {"read": module.as_json(module.read(data))}
    except Refused as refusal:
        return {"refused": str(refusal.why)}


def _limit(seconds: int, megabytes: int) -> None:
    # One second between the polite limit and the hard one. The parent has a clock of its own; this
    # one still runs when the parent is gone.
    _at_most(resource.RLIMIT_CPU, seconds, seconds + 1)
    if sys.platform != "darwin":  # macOS refuses this limit; there the parent's clock has to do
        _at_most(resource.RLIMIT_AS, megabytes << 20, megabytes << 20)
    _at_most(resource.RLIMIT_FSIZE, 0, 0)
    _at_most(resource.RLIMIT_CORE, 0, 0)
    _at_most(resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES)


def _at_most(limit: int, soft: int, hard: int) -> None:
    """The host may have set a lower limit: it cannot be raised, and need not be."""
    _, ceiling = resource.getrlimit(limit)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(limit, (soft, hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
