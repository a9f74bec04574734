"""Which meetings somebody with an account came to."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from plaza.accounts.domain.former_addresses import former_among
from plaza.attendance.domain.arriving import forget_in_unread
from plaza.attendance.domain.led_in import keys_of
from plaza.attendance.models import AttendanceRow, SentReport, Sighting
from plaza.core.personal import Whom
from plaza.directory.models import KnownAddress
from plaza.registration.domain.personal import registrations_of


def _rows(whom: Whom) -> "QuerySet[AttendanceRow]":
    """What was found to be of somebody else with an account is hers under no address."""
    hers = Q(person__user=whom.user)
    others = Q(person__user__isnull=False) & ~hers
    for email in _addresses(whom):
        hers |= Q(email__iexact=email)
    return AttendanceRow.objects.filter(hers).exclude(others).order_by("pk")


def _addresses(whom: Whom) -> set[str]:
    """Hers and those her account had before, those by which she registered, for a report bears the address of the
    registration, and the one by which the secretariat reaches her."""
    in_reports = AttendanceRow.objects.exclude(email="").order_by().values_list("email", flat=True).distinct()
    known = KnownAddress.objects.filter(person__user=whom.user).values_list("email", flat=True)
    registered = (row.email for row in registrations_of(whom))
    hers = {whom.email, *known, *registered, *former_among(whom.user, in_reports)}
    return {email.casefold() for email in hers} - {""}


def _sightings(whom: Whom) -> "QuerySet[Sighting]":
    """By the key that we gave her. A name alone may be a namesake's."""
    return Sighting.objects.filter(key__in=keys_of(whom.user, registrations_of(whom))).order_by("pk")


def tell(whom: Whom) -> list[dict[str, Any]]:
    """What is kept of her here, for her dump: rows of reports with their stays, and where she was seen."""
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
    told += [
        {
            "what": "stay in a meeting",
            "meeting": each.meeting.title,
            "joined": each.first_at.isoformat(),
            "left": each.last_at.isoformat(),
        }
        for each in _sightings(whom).select_related("meeting")
    ]
    return told


def erase(whom: Whom) -> None:
    """That somebody came stays as a number, of her city; without name, address, answers or person."""
    addresses, registrations = _addresses(whom), list(registrations_of(whom))
    pks = list(_rows(whom).values_list("pk", flat=True))
    for report in {row.report for row in AttendanceRow.objects.filter(pk__in=pks).select_related("report")}:
        words = {*addresses, whom.name.casefold()} - {""}
        kept = [left for left in report.put_aside if not any(word in left["text"].casefold() for word in words)]
        blank = [dict(left, text="") for left in report.put_aside if left not in kept]
        host = report.report.get("meeting", {})
        if (host.get("host") or {}).get("email", "").casefold() in addresses:
            host["host"] = None
        report.put_aside = sorted([*kept, *blank], key=lambda left: (left.get("sheet") or "", left["row"]))
        report.save(update_fields=["put_aside", "report"])
    _sightings(whom).exclude(name="").update(name="")
    # Those who run the network go into any room.
    sent = SentReport.objects.filter(read_at=None).values_list("meeting", flat=True)
    forget_in_unread(set(sent), keys_of(whom.user, registrations))
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
