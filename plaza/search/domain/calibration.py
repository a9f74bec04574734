"""Refusal, fitted on the corpus at hand: what questions that nobody answers score here at best."""

import statistics
from pathlib import Path
from typing import Final

from plaza.core.languages import known
from plaza.retrieval import index
from plaza.retrieval.engines import encoders
from plaza.retrieval.models import Collection
from plaza.retrieval.query import ask

# Forty questions that no network of cities answers, ten in each language.
PROBES: Final = Path(__file__).resolve().parent.parent / "data" / "probes.tsv"
EVERY_AUDIENCE: Final = ("public", "members", "private")


def calibrate(collection: Collection | None = None) -> float:
    """Asks the probes and keeps the mean of their best scores as the collection's noise. About a second."""
    collection = collection or index.collection_named(index.NETWORK)
    best = []
    for line in PROBES.read_text("utf-8").splitlines():
        code, question = line.split("\t")
        language = known(code)
        assert language is not None, line
        hits = ask(collection, question, language, encoders(), audiences=EVERY_AUDIENCE, limit=1)
        best += [hit.score for hit in hits]
    if best:
        Collection.objects.filter(pk=collection.pk).update(noise=statistics.fmean(best))
        collection.refresh_from_db(fields=["noise"])
    return collection.noise
