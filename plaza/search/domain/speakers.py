"""Who is speaking at a place that was found."""

from collections.abc import Sequence

from plaza.knowledge.models import Segment
from plaza.retrieval.passages import Hit


def spoken_at(hits: Sequence[Hit]) -> dict[int, Segment]:
    """By passage: the segment where its best sentence begins, with its person, for all of them in one query."""
    wanted = {(int(hit.source_id), hit.best_place): hit.passage_id for hit in hits if hit.best_place is not None}
    if not wanted:
        return {}
    rows = Segment.objects.filter(
        transcript__recording__in={recording for recording, _ in wanted},
        start__in={start for _, start in wanted},
    ).select_related("transcript", "person")
    found: dict[int, Segment] = {}
    for row in rows:
        passage = wanted.get((row.transcript.recording_id, row.start))
        if passage is not None:
            found[passage] = row
    return found
