"""Which person of the directory a row of a report is: by address, then by name and city. Who is in doubt is left for a
person to decide; nobody is taken for another silently."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction

from plaza.accounts.models import User
from plaza.attendance.choices import OPEN, Match
from plaza.attendance.domain.known import Known
from plaza.attendance.models import AttendanceImport, AttendanceRow
from plaza.core import history
from plaza.core.person_names import telling
from plaza.directory.domain.twins import EACH_SHARED, Named, alike
from plaza.meetings.models import Meeting

# The same words, in whatever order and with whatever accents.
SAME_NAME: Final = 90
MOST: Final = 5
# People write whom they are of beside their names: `Ana Ribera | Alcaldía de Riberas`, `Riberas_Ana Ribera`.
_PARTS: Final = re.compile(r"\s*[|/()\[\]_;·•]\s*|\s+[-–—]\s+|\s*[–—]\s*|,\s+")
WRITTEN: Final = ("match", "person", "city", "sector", "candidates")


def match_rows(rows: Sequence[AttendanceRow], meeting: Meeting) -> None:
    """Sets what is found, and saves nothing. Seven queries."""
    known = Known(meeting)
    for row in rows:
        _match(row, known)


@transaction.atomic
def match_again(*, report: AttendanceImport, by: User) -> int:
    """Looks anew for those that are open: the directory may know more by now. Returns how many were found."""
    rows = list(AttendanceRow.objects.select_for_update().filter(report=report, match__in=OPEN))
    match_rows(rows, report.meeting)
    AttendanceRow.objects.bulk_update(rows, WRITTEN, batch_size=500)
    found = sum(row.match not in OPEN for row in rows)
    history.record(verb="attendance matched", by=by, subject=report, found=found)
    return found


def _match(row: AttendanceRow, known: Known) -> None:
    email = row.email.lower()
    registered = known.registered.get(email) if email else None
    names = _names(row)
    row.match, row.person_id, row.candidates = Match.UNKNOWN, None, []
    row.city_id = _city(row, names, known) or (registered.city if registered else None)
    row.sector = registered.sector if registered else ""
    if row.kind != "program":
        by_address = {known.standing(registered.person)} if registered and registered.person else set()
        by_address |= known.addresses.get(email, set()) if email else set()
        if by_address:
            _by_address(row, by_address, names, known)
        elif row.kind == "person":
            _by_name(row, [*names, *([registered.name] if registered and registered.name else [])], known)
    if row.match not in OPEN:
        city, sector = known.place_of(row.person_id or 0)
        row.city_id, row.sector = row.city_id or city, row.sector or sector


def _by_address(row: AttendanceRow, people: set[int], names: Iterable[str], known: Known) -> None:
    """An address of a desk is used by several people: the name must not speak against it."""
    said = [set(telling(name)) for name in names] if row.kind == "person" else []
    if len(people) == 1:
        (pk,) = people
        hers = {word for named in known.names[pk] for word in named.words}
        is_an_address = "@" in row.name or row.name.casefold() == row.email.partition("@")[0].casefold()
        if not said or is_an_address or any(words & hers for words in said):
            row.match, row.person_id = Match.ADDRESS, pk
            return
    row.match, row.candidates = Match.DOUBT, [[pk, ["address"]] for pk in sorted(people)][:MOST]


def _by_name(row: AttendanceRow, names: Iterable[str], known: Known) -> None:
    found: dict[int, tuple[int, list[str]]] = {}
    for name in names:
        asked = Named(0, tuple(telling(name)), " ".join(name.split()))
        for named in known.alike(asked.words):
            likeness, why = alike(asked, named)
            if likeness > found.get(named.pk, (0, []))[0]:
                found[named.pk] = (likeness, [why])
    if not found:
        return
    of_the_city = {pk for pk in found if row.city_id and row.city_id in known.cities_of(pk)}
    same = {pk for pk, (likeness, _) in found.items() if likeness >= SAME_NAME}
    # A namesake of whom no city is known may be meant as well.
    others = {pk for pk in same - of_the_city if not known.cities_of(pk)}
    if len(same & of_the_city) == 1 and not others:
        row.match, row.person_id = Match.NAME_AND_CITY, next(iter(same & of_the_city))
        return
    scored = {
        pk: (likeness + EACH_SHARED * (pk in of_the_city), [*why, *(["city"] if pk in of_the_city else [])])
        for pk, (likeness, why) in found.items()
    }
    best = sorted(scored, key=lambda pk: (-scored[pk][0], pk))[:MOST]
    row.match, row.candidates = Match.DOUBT, [[pk, scored[pk][1]] for pk in best]


def _names(row: AttendanceRow) -> list[str]:
    """As written, and its parts of two words or more."""
    whole = [name for name in (row.name, row.other_name) if name]
    parts = [part for name in whole for part in _PARTS.split(name) if len(part.split()) > 1]
    return list(dict.fromkeys([*whole, *parts]))


def _city(row: AttendanceRow, names: Iterable[str], known: Known) -> int | None:
    """What was answered; else what stands beside the name."""
    if row.city_words:
        return known.city_called(row.city_words, row.country)
    beside = [part for name in names for part in _PARTS.split(name)[:6] if part and part != row.name]
    return next((city for part in beside if (city := known.city_called(part))), None)
