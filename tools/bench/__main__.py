"""Prints every measure; exit 1 if a target is missed. `million`: the growth is followed to a million passages. Names
of parts (`attendance`, `encoders`, `pages`, `scale`) measure only those."""

import multiprocessing
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from tools.accept.lines import Line
from tools.bench import attendance, encoders, live, pages, registering, scale

PARTS: Final[dict[str, Callable[[], list[Line]]]] = {
    "attendance": attendance.find_out,
    "encoders": encoders.find_out,
    "live": live.find_out,
    "pages": pages.find_out,
    "registration": registering.find_out,
    "scale": scale.find_out,
}


def main(words: list[str]) -> int:
    to_a_million: Callable[[], list[Line]] = partial(scale.find_out, to_a_million="million" in words)
    parts = {**PARTS, "scale": to_a_million}
    chosen = [name for name in parts if name in words] or list(parts)
    is_short = False
    for name in chosen:
        # Each in a process of its own: Django is set up once a process.
        with multiprocessing.get_context("spawn").Pool(1) as apart:
            for line in apart.apply(parts[name]):
                print(line, flush=True)
                is_short |= line.is_met is False
    return int(is_short)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
