"""Which meetings somebody with an account came to."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from plaza.attendance.models import AttendanceRow, Sighting
from plaza.core.personal import Whom


def _rows(whom: Whom) -> "QuerySet[AttendanceRow]":
    return AttendanceRow.objects.filter(Q(person__user=whom.user) | Q(email__iexact=whom.email)).order_by("pk")


def tell(whom: Whom) -> list[dict[str, Any]]:
    rows = _rows(whom).select_related("report__meeting", "city__country").prefetch_related("intervals")
    told: list[dict[str, Any]] = []
    for row in rows:
        meeting = row.report.meeting
        told.append(
            {
                "what": "attendance",
                "meeting": meeting.title,
                "page": meeting.get_absolute_url(),
                "name": row.name,
                "email": row.email,
                "city": row.city.full_name if row.city else row.city_words,
                "sector": row.sector,
            }
        )
        told += [
            {
                "what": "stay in a meeting",
                "joined": each.joined.isoformat(),
                "left": each.left.isoformat() if each.left else None,
            }
            for each in row.intervals.all()
        ]
        told += [{"what": "answer", "question": name, "answer": said} for name, said in row.answers.items()]
    return told


def erase(whom: Whom) -> None:
    """That somebody came stays as a number, of her city; without name, address, answers or person."""
    pks = list(_rows(whom).values_list("pk", flat=True))
    for report in {row.report for row in AttendanceRow.objects.filter(pk__in=pks).select_related("report")}:
        words = {whom.email.casefold(), whom.name.casefold()} - {""}
        kept = [left for left in report.put_aside if not any(word in left["text"].casefold() for word in words)]
        blank = [dict(left, text="") for left in report.put_aside if left not in kept]
        host = report.report.get("meeting", {})
        if (host.get("host") or {}).get("email", "").casefold() == whom.email.casefold():
            host["host"] = None
        report.put_aside = sorted([*kept, *blank], key=lambda left: (left.get("sheet") or "", left["row"]))
        report.save(update_fields=["put_aside", "report"])
    # Whom we let in is named in no sighting; who came in another way is by her name.
    Sighting.objects.filter(name__iexact=whom.name).exclude(name="").update(name="")
    AttendanceRow.objects.filter(pk__in=pks).update(
        name="", other_name="", email="", answers={}, city_words="", candidates=[], person=None, match="unknown",
        made_person=False,
    )  # fmt: skip


def shared(people: Collection[int] | None) -> Mapping[int, set[tuple[str, int]]]:
    """The meetings people came to."""
    rows = AttendanceRow.objects.exclude(person=None)
    rows = rows if people is None else rows.filter(person__in=people)
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for person, meeting in rows.values_list("person", "report__meeting"):
        found[person].add(("meeting", meeting))
    return found
