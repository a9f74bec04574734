"""Who is speaking at a place that was found, and for which city."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F

from plaza.accounts.access import Asker
from plaza.knowledge.models import Segment
from plaza.meetings.models import Appearance, Session
from plaza.retrieval.passages import Hit

if TYPE_CHECKING:
    from plaza.search.domain.finding import Found


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


def on_stage(found: "Sequence[Found]", user: Asker) -> list[Any]:
    """The appearances of who speaks at these places of recordings, in sessions that `user` may see, with city and
    country; each names its `work_id`."""
    return list(
        Appearance.objects.filter(
            session__in=Session.objects.visible_to(user),
            session__works__in={each.owner.work_id for each in found},
            person__in={each.person.pk for each in found if each.person},
            city__isnull=False,
        )
        .annotate(work_id=F("session__works"))
        .select_related("city__country")
        .order_by("pk")
    )
