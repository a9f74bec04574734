"""What somebody with an account said in recordings."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from plaza.core.personal import Whom
from plaza.knowledge.models import Recording, Segment


def tell(whom: Whom) -> list[dict[str, Any]]:
    said = Recording.objects.filter(transcripts__segments__person__user=whom.user).select_related("work").distinct()
    return [
        {"what": "recording", "title": row.work.title, "page": row.work.get_absolute_url()}
        for row in said.order_by("pk")
    ]


def note_by_label(person: int, names: Sequence[str]) -> None:
    """Where a file called a speaker by her name and nobody said who it was, it was she."""
    called = Q(pk__in=[])
    for name in names:
        called |= Q(speaker_label__iexact=name)
    Segment.objects.filter(called, person__isnull=True).update(person=person)
