"""Refusal, fitted on the corpus at hand: what questions that nobody answers score here at best."""

import statistics
from pathlib import Path
from typing import Final

from plaza.core.languages import known
from plaza.retrieval.engines import encoders_for
from plaza.retrieval.models import Collection
from plaza.retrieval.query import ask
from plaza.retrieval.refusal import evidence
from plaza.search.domain.shelves import AUDIENCES, shelves

# Forty questions that no network of cities answers, ten in each language.
PROBES: Final = Path(__file__).resolve().parent.parent / "data" / "probes.tsv"
# The strongest is not always the first.
LOOKED_AT: Final = 24


def calibrate() -> None:
    """Measures the noise of every shelf anew. About a second for each on which anything stands."""
    for shelf in shelves():
        noise_of(shelf)


def noise_of(collection: Collection) -> float:
    """Asks the probes and keeps what they find at best (retrieval.refusal.strength), on the mean, as the collection's
    noise."""
    best = []
    for line in PROBES.read_text("utf-8").splitlines():
        code, question = line.split("\t")
        language = known(code)
        assert language is not None, line
        hits = ask(collection, question, language, encoders_for(collection), audiences=AUDIENCES, limit=LOOKED_AT)
        best += [evidence(hits, 0.0)] if hits else []
    if best:
        Collection.objects.filter(pk=collection.pk).update(noise=statistics.fmean(best))
        collection.refresh_from_db(fields=["noise"])
    return collection.noise
