"""What is kept of a subscriber."""

from typing import Any

from django.db.models import Q

from plaza.core.personal import Whom
from plaza.newsletters.models import Subscriber


def _rows(whom: Whom) -> Any:
    return Subscriber.objects.filter(Q(email__iexact=whom.email) | Q(user=whom.user)).order_by("pk")


def tell(whom: Whom) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for row in _rows(whom).telling_whether_left().prefetch_related("topics"):
        rows.append(
            {
                "what": "subscription",
                "email": row.email,
                "name": row.name,
                "language": row.language,
                "topics": ", ".join(topic.called for topic in row.topics.all()),
                "agreed_to": row.consent_words,
                "version": row.consent_version,
                "asked": row.asked_at.isoformat(),
                "confirmed": row.confirmed_at.isoformat() if row.confirmed_at else None,
                "left": row.left_at.isoformat() if row.left_at else None,
                "put_aside": row.ended_at.isoformat() if row.ended_at else None,
            }
        )
        rows += [
            {"what": "newsletter", "number": copy.issue_id, "state": copy.state} for copy in row.copies.order_by("pk")
        ]
    return rows


def erase(whom: Whom) -> None:
    """All of it; of a newsletter she got, only the number of its receivers stays."""
    _rows(whom).delete()
