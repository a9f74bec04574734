"""The archive of the demo: a page of ours with the facts of a real one, read and accepted as a secretary would."""

from pathlib import Path
from typing import Final

from plaza.demo.network import DATA
from plaza.ingest.domain.decisions import accept
from plaza.ingest.domain.pages import receive_page

PAGE: Final = DATA / "archive.txt"


def load_archive(file: Path = PAGE) -> int:
    """Reads a page and accepts all that it proposes; returns how many meetings it told of. The same page again makes
    nothing new. Raises Refused where it cannot be read, and OSError."""
    page = receive_page(data=file.read_bytes(), by=None)
    waiting = list(page.proposals.waiting())
    for row in waiting:
        accept(proposal=row, by=None)
    return page.proposals.count()
