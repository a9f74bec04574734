"""Letters to somebody, for who asks what is kept of her."""

from typing import Any

from plaza.core.personal import Whom
from plaza.mail.models import Letter


def tell(whom: Whom) -> list[dict[str, Any]]:
    rows = Letter.objects.filter(to__iexact=whom.email).order_by("written_at", "pk")
    return [
        {"what": "letter", "subject": row.subject, "at": row.written_at.isoformat(), "state": row.state} for row in rows
    ]


def erase(whom: Whom) -> None:
    """What waits is not sent any more. That she left a list stays, as a hash: else she would get its letters again."""
    Letter.objects.filter(to__iexact=whom.email).delete()
