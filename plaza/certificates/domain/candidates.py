"""Who may get a certificate of a meeting, who may not, and why: those with a place, and those of the directory who came
without one. Of a course, module by module."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import Q

from plaza.attendance.domain.stays import Stay, stays_in
from plaza.certificates.choices import CertificateState, Measure
from plaza.certificates.domain.modules import modules_of
from plaza.certificates.domain.rules import rule_of
from plaza.certificates.models import Certificate, CertificateRule
from plaza.core.folding import fold
from plaza.core.times import in_minutes
from plaza.directory.models import City, Person
from plaza.meetings.models import Meeting
from plaza.registration.choices import RegistrationState
from plaza.registration.domain.courses import it_and_its_course
from plaza.registration.models import Registration

REGISTERED: Final = "r"
KNOWN: Final = "p"


@dataclass(frozen=True, slots=True)
class Part:
    """Of one meeting: the only one, or a module."""

    meeting: int
    seconds: int | None
    is_reported: bool
    at_door: bool
    is_enough: bool

    @property
    def minutes(self) -> int | None:
        return in_minutes(self.seconds)


@dataclass(slots=True)
class Candidate:
    """`key` names her in a form: of a registration, or of a person who has none. `certificate` is the standing one, else the
    last; None where she never had one."""

    key: str
    registration: int | None
    person: int | None
    name: str
    email: str
    language: str
    place: str
    is_proved: bool
    has_place: bool
    parts: list[Part] = field(default_factory=list)
    qualifies: bool = False
    certificate: Certificate | None = None

    @property
    def seconds(self) -> int | None:
        told = [part.seconds for part in self.parts if part.seconds is not None]
        return sum(told) if told else None

    @property
    def minutes(self) -> int | None:
        return in_minutes(self.seconds)

    @property
    def at_door(self) -> bool:
        return any(part.at_door for part in self.parts)

    @property
    def is_reported(self) -> bool:
        """Some report names her."""
        return any(part.is_reported for part in self.parts)

    @property
    def done(self) -> int:
        return sum(part.is_enough for part in self.parts)

    @property
    def is_due(self) -> bool:
        """Whoever had hers revoked gets another by hand only."""
        return self.qualifies and self.certificate is None

    @property
    def standing(self) -> Certificate | None:
        return self.certificate if self.certificate and self.certificate.is_valid else None


@dataclass(frozen=True, slots=True)
class Roll:
    """All of one meeting. `modules` is empty where it is no course with parts; `lengths` are in seconds, by the key of the
    meeting; `wanted` are the minutes that each asks for (None: its length is not known), `needed` how many modules."""

    meeting: Meeting
    rule: CertificateRule
    modules: list[Meeting]
    lengths: Mapping[int, int | None]
    wanted: Mapping[int, int | None]
    needed: int
    people: list[Candidate]

    @property
    def due(self) -> list[Candidate]:
        return [each for each in self.people if each.is_due]

    def stayed(self, who: Candidate) -> int | None:
        """In no part longer than that one was: a room is open before it begins, and after it ends."""
        told = [
            min(part.seconds, self.lengths.get(part.meeting) or part.seconds)
            for part in who.parts
            if part.seconds is not None
        ]
        return sum(told) if told else None

    @property
    def length(self) -> int | None:
        told = [length for length in self.lengths.values() if length]
        return sum(told) if told else None


def keys_of(registration: int | None, person: int | None) -> list[str]:
    """By which somebody is known here, her registration first."""
    named = ((REGISTERED, registration), (KNOWN, person))
    return [f"{kind}{pk}" for kind, pk in named if pk]


def roll_of(meeting: Meeting) -> Roll:
    """At most eight queries, however many people and modules."""
    rule, modules = rule_of(meeting), modules_of(meeting)
    pks = [each.pk for each in modules] or [meeting.pk]
    registered_for = it_and_its_course(meeting)
    told = stays_in(pks, registered_for=registered_for)
    wanted = {pk: _wanted(rule, told.lengths.get(pk)) for pk in pks}
    needed = min(rule.modules or len(pks), len(pks))
    rows = _rows(pks, registered_for, told.stays)
    people = _registered(rows, registered_for) | _known(told.stays)
    doors = _checked_in(rows, pks, people) if rule.counts_door else set()
    times = {(keys_of(stay.registration, stay.person)[0], stay.meeting): stay.seconds for stay in told.stays}
    issued = _issued(meeting)
    for each in people.values():
        each.parts = [_part(each, pk, times, doors, wanted[pk]) for pk in pks]
        each.qualifies = each.done >= needed
        each.certificate = next((issued[key] for key in keys_of(each.registration, each.person) if key in issued), None)
    in_order = sorted(people.values(), key=lambda each: (fold(each.name), each.key))
    return Roll(meeting, rule, modules, told.lengths, wanted, needed, in_order)


def _wanted(rule: CertificateRule, length: int | None) -> int | None:
    """In whole minutes, as the desk shows them: what is shown decides."""
    if rule.measure == Measure.MINUTES:
        return rule.amount
    return None if not length else max(1, round(length * rule.amount / 6000))


def _part(who: Candidate, meeting: int, times: Mapping[tuple[str, int], int | None], doors: set[tuple[str, int]],
          wanted: int | None) -> Part:  # fmt: skip
    key = (who.key, meeting)
    seconds, at_door = times.get(key), key in doors
    minutes = in_minutes(seconds)
    is_enough = at_door or (minutes is not None and wanted is not None and minutes >= wanted)
    return Part(meeting, seconds, key in times, at_door, is_enough)


def _rows(meetings: Sequence[int], registered_for: Sequence[int], stays: Sequence[Stay]) -> list[Registration]:
    """Those with a place, and those without one who came all the same; and whoever was checked in at the door of a module.
    Those of the meeting itself stand before those of its course."""
    came = {stay.registration for stay in stays if stay.registration}
    taking_part = Q(state=RegistrationState.CONFIRMED) | Q(pk__in=came)
    at_door = Q(meeting__in=meetings, checked_in_at__isnull=False)
    rows = Registration.objects.filter(taking_part & Q(meeting__in=registered_for) | at_door)
    in_order = rows.select_related("city__country").order_by("number")
    return sorted(in_order, key=lambda row: row.meeting_id != registered_for[0])


def _registered(rows: Iterable[Registration], registered_for: Sequence[int]) -> dict[str, Candidate]:
    """Whoever registered for the meeting itself is not shown again by her registration for its course."""
    found: dict[str, Candidate] = {}
    own, emails, people = registered_for[0], set(), set()
    for row in rows:
        is_again = row.meeting_id != own and (row.email in emails or row.person_id in people)
        if row.meeting_id not in registered_for or is_again:
            continue
        if row.meeting_id == own:
            emails.add(row.email)
            people |= {row.person_id} - {None}
        key = f"{REGISTERED}{row.pk}"
        found[key] = Candidate(key=key, **_said_by(row))
    return found


def _known(stays: Sequence[Stay]) -> dict[str, Candidate]:
    here = {stay.person: stay for stay in stays if stay.person and not stay.registration}
    people = Person.objects.filter(pk__in=here).select_related("user", "known_address")
    cities = City.objects.select_related("country").in_bulk({stay.city for stay in here.values() if stay.city})
    found = {}
    for person in people:
        stay = here[person.pk]
        known = getattr(person, "known_address", None)
        own = person.user.email if person.user and person.user.is_active else ""
        city = cities.get(stay.city or 0)
        found[f"{KNOWN}{person.pk}"] = Candidate(
            key=f"{KNOWN}{person.pk}",
            registration=None,
            person=person.pk,
            name=person.name,
            email=own or (known.email if known else ""),
            language=person.language,
            place=city.full_name if city else "",
            is_proved=True,
            has_place=False,
        )
    return found


def read_again(who: Candidate) -> Candidate | None:
    """As she is at this moment, and held until the deed is done. None where she erased herself since the roll was read, or
    asked not to be named."""
    if who.registration is None:
        people = Person.objects.select_for_update(no_key=True).filter(merged_into__isnull=True, is_withdrawn=False)
        return who if people.filter(pk=who.person or 0).exists() else None
    rows = Registration.objects.select_for_update(of=("self",), no_key=True).select_related("city__country")
    row = rows.filter(pk=who.registration).first()
    return replace(who, **_said_by(row)) if row else None


def _said_by(row: Registration) -> dict[str, Any]:
    return {
        "registration": row.pk,
        "person": row.person_id,
        "name": row.name,
        "email": row.email,
        "language": row.language,
        "place": row.place,
        "is_proved": row.address_confirmed_at is not None,
        "has_place": row.state == RegistrationState.CONFIRMED,
    }


def _checked_in(
    rows: Iterable[Registration], meetings: Sequence[int], people: Mapping[str, Candidate]
) -> set[tuple[str, int]]:
    """At the door of these meetings; at that of a module by the same address or the same person as in the course."""
    by_email, by_person = defaultdict(list), defaultdict(list)
    for key, each in people.items():
        if each.email:
            by_email[each.email.lower()].append(key)
        if each.person:
            by_person[each.person].append(key)
    return {
        (key, row.meeting_id)
        for row in rows
        if row.checked_in_at is not None and row.meeting_id in meetings
        for key in {*by_email.get(row.email, ()), *(by_person.get(row.person_id, ()) if row.person_id else ())}
    }


def _issued(meeting: Meeting) -> dict[str, Certificate]:
    """By whose it is: the standing one, else the last. Replaced ones are spoken for by those that came after them."""
    found: dict[str, Certificate] = {}
    for row in Certificate.objects.filter(meeting=meeting).exclude(state=CertificateState.REPLACED).order_by("pk"):
        for key in keys_of(row.registration_id, row.person_id):
            if row.is_valid or key not in found or not found[key].is_valid:
                found[key] = row
    return found
