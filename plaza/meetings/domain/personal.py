"""On which stages somebody with an account was."""

from typing import Any

from plaza.core.personal import Whom
from plaza.meetings.models import Appearance


def tell(whom: Whom) -> list[dict[str, Any]]:
    rows = Appearance.objects.filter(person__user=whom.user).select_related("session__meeting").order_by("pk")
    return [
        {
            "what": "appearance",
            "meeting": row.session.meeting.title,
            "page": row.session.meeting.get_absolute_url(),
            "role": row.role,
            "affiliation": row.affiliation,
        }
        for row in rows
    ]
