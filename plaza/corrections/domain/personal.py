"""Requests somebody made with the address of her account."""

from typing import Any

from plaza.core.personal import Whom
from plaza.corrections.domain.asking import withdraw
from plaza.corrections.domain.forgetting import forget
from plaza.corrections.models import Correction


def tell(whom: Whom) -> list[dict[str, Any]]:
    return [
        {
            "what": "request",
            "number": row.number,
            "received": row.received_at.isoformat(),
            "kind": row.kind,
            "state": row.state,
            "name": row.name,
            "wrong": row.wrong,
            "wish": row.wish,
            "words": " / ".join(word.text for word in row.words.all()),
        }
        for row in Correction.objects.filter(email__iexact=whom.email).prefetch_related("words").order_by("pk")
    ]


def erase(whom: Whom) -> None:
    """An open request is withdrawn: nobody could be answered. Number, days and outcome stay."""
    rows = list(Correction.objects.filter(email__iexact=whom.email))
    for row in rows:
        withdraw(correction=row)
    forget([row.pk for row in rows])
