"""How long laws of data protection give for an answer, each with its source."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TIMES: Final = Path(__file__).resolve().parent.parent / "data" / "legal_times.tsv"


@dataclass(frozen=True, slots=True)
class LegalTime:
    """`law` in the language of its country; `counted` is calendar or working (days) or months."""

    country: str
    language: str
    law: str
    number: int
    counted: str
    about: str
    source: str


@cache
def legal_times() -> list[LegalTime]:
    with TIMES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [LegalTime(**{**row, "number": int(row["number"])}) for row in rows]  # type: ignore[arg-type]
