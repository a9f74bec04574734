"""What somebody with an account said in recordings."""

from typing import Any

from plaza.core.personal import Whom
from plaza.knowledge.models import Recording


def tell(whom: Whom) -> list[dict[str, Any]]:
    said = Recording.objects.filter(transcripts__segments__person__user=whom.user).select_related("work").distinct()
    return [
        {"what": "recording", "title": row.work.title, "page": row.work.get_absolute_url()}
        for row in said.order_by("pk")
    ]
