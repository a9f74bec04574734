"""Prints every measure; exit 1 if a target is missed. `million`: the growth is followed to a million passages."""

import sys

from tools.bench import encoders, scale


def main(words: list[str]) -> int:
    lines = [*encoders.find_out(), *scale.find_out(to_a_million="million" in words)]
    for line in lines:
        print(line, flush=True)
    return 1 if any(line.is_met is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
