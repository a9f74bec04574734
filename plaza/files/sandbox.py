"""Reading a file from a stranger: in a process of its own, with limits on time and memory.

Whatever the file does to its reader, the page that asked gets a record or one sentence.
"""

import json
import logging
import math
import os
import signal
import subprocess
import sys
from enum import StrEnum
from importlib import import_module
from typing import Any, Final

from plaza.files.reader import MOST_BYTES, OUT_OF_MEMORY, READERS, Reader
from plaza.formats.refusal import Refused, gettext_noop

log = logging.getLogger(__name__)

# All that the child gets of our environment: no address of a database, no key.
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class WhyNotReadable(StrEnum):
    """Why a file was not read to its end: msgids."""

    TOO_LARGE = gettext_noop("The file is too large to be read: send at most 64 MB.")
    TOOK_TOO_LONG = gettext_noop("Reading the file took too long: send it in parts.")
    TOO_MUCH_MEMORY = gettext_noop("Reading the file needed too much memory: send it in parts.")
    BROKE = gettext_noop("The file could not be read: it is damaged, or of a kind Plaza does not know yet.")


class NotReadable(Refused):
    """The file did not get through its reader. `why` is a WhyNotReadable."""

    reasons = WhyNotReadable


def read_in_sandbox(reader: str, data: bytes, *, seconds: float = 10, megabytes: int = 512) -> dict[str, Any]:
    """What `reader` (a name in plaza.files.reader.READERS) makes of `data`, as plain JSON.

    At most `seconds` by the clock and of processor time, `megabytes` of address space, no file
    written, 64 MB in (checked before a process is started) and out. Costs about 0.1 s on top of the reading.

    Raises NotReadable, the reader's own refusal (NotATranscript), or LookupError for no such reader.
    """
    if reader not in READERS:
        raise LookupError(f"no reader is called {reader!r}")
    if len(data) > MOST_BYTES:
        raise NotReadable(WhyNotReadable.TOO_LARGE)
    try:
        child = subprocess.run(
            [
                sys.executable,
                # Isolated: no PYTHON… variables, no current folder. -B: it may not write, so it need not try.
                *("-I", "-B", "-m", "plaza.files.reader"),
                *(reader, str(math.ceil(seconds)), str(megabytes)),
            ],
            input=data,
            capture_output=True,
            timeout=seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotReadable(WhyNotReadable.TOOK_TOO_LONG) from None
    if child.returncode == 0:
        return _answer(READERS[reader], child.stdout)
    why = _why(child.returncode)
    log.warning("reader %s: %s (status %d, %s)", reader, why, child.returncode, _kind(child.stderr))
    raise NotReadable(why)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    # numpy's algebra reserves memory for each thread it might start; one is enough to know a language.
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _answer(reader: Reader, written: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(written)
    if "read" in answer:
        read: dict[str, Any] = answer["read"]
        return read
    refusal: type[Refused] = getattr(import_module(reader.module), reader.refusal)
    raise refusal(refusal.reasons(answer["refused"]))


def _why(status: int) -> WhyNotReadable:
    if status == -signal.SIGXCPU:
        return WhyNotReadable.TOOK_TOO_LONG
    # SIGKILL is not ours here: it is how a kernel short of memory chooses.
    if status in (OUT_OF_MEMORY, -signal.SIGKILL):
        return WhyNotReadable.TOO_MUCH_MEMORY
    return WhyNotReadable.BROKE


def _kind(stderr: bytes) -> str:
    """The kind of the exception, without its message: that may quote the file."""
    last = stderr.strip().rsplit(b"\n", 1)[-1]
    return last.split(b":", 1)[0][:100].decode("ascii", "replace") or "no message"
