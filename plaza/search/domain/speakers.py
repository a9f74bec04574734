"""Who is speaking at a place that was found, and who was on stage there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from plaza.accounts.access import Asker
from plaza.knowledge.models import Recording, Segment
from plaza.meetings.models import Appearance, Meeting, Session
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
    """The appearances in the sessions of what was found that `user` may see, with person, city and country, in one
    query. Each names its `work_id` (a session has one row a work) and its `meeting_id`."""
    works = {each.owner.work_id for each in found if isinstance(each.owner, Recording)}
    meetings = {each.owner.pk for each in found if isinstance(each.owner, Meeting)}
    return list(
        Appearance.objects.filter(session__in=Session.objects.visible_to(user))
        .annotate(work_id=F("session__works"), meeting_id=F("session__meeting"))
        .filter(Q(work_id__in=works) | Q(meeting_id__in=meetings))
        .select_related("person", "city__country")
        .order_by("pk")
    )
