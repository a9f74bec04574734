"""Makes the words of the taxonomy that the reader of pages knows, of the taxonomy itself: names and hints of its leaves.

python -m tools.topics    after plaza/topics/data/urban_topics.json changed
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from plaza.core.folding import fold
from plaza.formats.page.topics import SMALL

PLAZA: Final = Path(__file__).resolve().parent.parent / "plaza"
TAXONOMY: Final = PLAZA / "topics" / "data" / "urban_topics.json"
MADE: Final = PLAZA / "formats" / "page" / "data" / "taxonomy.tsv"
LANGUAGES: Final = ("es", "pt", "en", "fr")
# `Solid waste and circular economy` are two names.
AND: Final = re.compile(r"\s+(?:y|e|and|et)\s+|\s*[,:]\s*")


def main() -> int:
    topics = json.loads(TAXONOMY.read_text("utf-8"))["topics"]
    rows = [
        f"{topic['id']}/{leaf['id']}\t{'|'.join(_names(leaf))}\t{'|'.join(dict.fromkeys(map(fold, leaf['terms'])))}\n"
        for topic in topics
        for leaf in topic["leaves"]
    ]
    MADE.write_text("".join(rows), encoding="utf-8")
    print(f"{len(rows)} topics")
    return 0


def _names(leaf: dict[str, Any]) -> Iterator[str]:
    """Parts of its names of more than one word: `Jobs` of *Jobs and training* says too little, `the city` of another too."""
    parts = (part for language in LANGUAGES for part in AND.split(fold(leaf[language])))
    yield from dict.fromkeys(part for part in parts if len(set(part.split()) - SMALL) > 1)


if __name__ == "__main__":
    sys.exit(main())
