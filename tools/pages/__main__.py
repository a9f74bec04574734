"""Reads a page and holds it against its annotation; exit 1 if a part is below its bar."""

import json
import sys
from pathlib import Path

from plaza.formats.page import read
from tools.pages.score import BARS, scores


def main(page: str, truth: str) -> int:
    found = scores(read(Path(page).read_bytes()), json.loads(Path(truth).read_text("utf-8")))
    for part, score in found.items():
        print(
            f"{part:10} precision {score.precision:.2f}  recall {score.recall:.2f}  F1 {score.f1:.2f}  (bar {BARS[part]:.2f})"
        )
    return 1 if any(score.f1 < BARS[part] for part, score in found.items()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
