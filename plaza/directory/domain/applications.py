"""A city comes in: somebody applies for it and the secretariat answers, or the secretariat invites it."""

import datetime as dt
import uuid
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history, locks, rate, secret_links
from plaza.core.folding import fold
from plaza.core.site import absolute
from plaza.directory.choices import ApplicationState, MembershipStatus
from plaza.directory.domain.focal_points import main_on, name_focal_point
from plaza.directory.domain.invitations import NotHers, invite_editor
from plaza.directory.domain.membership import NotThatWay, allowed_from, fall_back, move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.models import City, CityApplication, KnownAddress, NetworkMembership, Person
from plaza.mail.domain import outbox

# Letters go to an address that anybody may have typed: few, and none with words of whoever typed it.
LETTERS: Final = rate.Limit("letters to applicants", burst=3, every=3600)
# An application whose address nobody confirmed is not kept longer; an invitation of a city holds as long.
LASTS: Final = dt.timedelta(days=30)
# One at a time applies: the same city and address is one application.
LOCK: Final = "directory: applications"


class AnsweredAlready(Exception):
    """Somebody has answered it, or it was withdrawn, or it is too old."""


class NoCity(Exception):
    """The city is none that we know yet: say which one it is."""


class MembershipRests(Exception):
    """Whether the pause ends is to be said by a person."""


def link_of(application: CityApplication) -> str:
    with translation.override(application.language):
        return absolute(reverse("directory:application", args=[_token(application.uuid)]))


@transaction.atomic
def apply(
    *, city: City | None, typed: str, name: str, post: str, email: str, words: str, language: str
) -> CityApplication | None:
    """Takes it in and asks the address to confirm itself. None where nothing was written down: the city is a member, or
    the very same is here already. Who writes something else for the same city and address stands beside the first, for
    anybody may type an address. Whoever applies is told the same."""
    email = email.strip().lower()
    locks.hold(LOCK)
    if city is not None and not may_come(city):
        return None
    same = CityApplication.objects.waiting().filter(email=email, city=city, name=name, post=post, words=words)
    if any(city is not None or fold(row.typed) == fold(typed) for row in same):
        return None
    row = _new(
        city=city, typed="" if city else typed, name=name, post=post, email=email, words=words, language=language
    )
    history.record(verb="applied for membership", by=None, subject=row)
    if rate.take(LETTERS, email):
        outbox.write(
            to=email,
            language=language,
            template="directory/confirm_application",
            values={"place": city.full_name if city else "", "link": link_of(row)},
        )
    return row


def may_come(city: City) -> bool:
    """Not a member yet, or no longer."""
    return MembershipStatus.MEMBER in allowed_from(_status(city)) and not rests(city)


def rests(city: City) -> bool:
    return _status(city) == MembershipStatus.PAUSED


@transaction.atomic
def confirm(*, application: CityApplication) -> CityApplication:
    """The address is that of somebody who reads its letters. Confirming twice is confirming once."""
    here = _locked(application)
    if here.state == ApplicationState.CONFIRMED:
        return here
    if here.state != ApplicationState.ASKED or is_old(here):
        raise AnsweredAlready(here.pk)
    here.state = ApplicationState.CONFIRMED
    here.save(update_fields=["state"])
    history.record(verb="address confirmed", by=None, subject=here)
    if here.city is not None and MembershipStatus.APPLIED in allowed_from(_status(here.city)):
        move(city=here.city, to=MembershipStatus.APPLIED, on=timezone.localdate(), by=None)
    return here


@transaction.atomic
def accept(
    *,
    application: CityApplication,
    by: User,
    person: Person | None = None,
    city: City | None = None,
    ends_pause: bool | None = None,
) -> Person:
    """The city is a member from today, and whoever applied its focal point: `person`, or somebody new to the directory.
    She is invited as an editor. `city` says which one is meant where the gazetteer did not have it; `ends_pause`, whether
    a membership that rests begins again: without a word on it, MembershipRests is raised."""
    here = _waiting(application, by)
    here.city = here.city or city
    if here.city is None:
        raise NoCity
    if rests(here.city) and ends_pause is None:
        raise MembershipRests
    focal_point = _bring_in(here, person, by, stays_paused=rests(here.city) and not ends_pause)
    invite_editor(email=here.email, language=here.language, city=here.city, by=by)
    _close(here, ApplicationState.ACCEPTED)
    history.record(verb="application accepted", by=by, subject=here, city=here.city.pk)
    return focal_point


@transaction.atomic
def decline(*, application: CityApplication, why: str, by: User) -> None:
    """The reason goes by letter, where the address is confirmed, and is kept nowhere else."""
    here = _waiting(application, by)
    if not why:
        raise ValueError("an application is not declined without a word")
    if here.state == ApplicationState.CONFIRMED:
        outbox.write(
            to=here.email,
            language=here.language,
            template="directory/application_declined",
            values={"place": here.city.full_name if here.city else "", "why": why},
        )
    _close(here, ApplicationState.DECLINED)
    history.record(verb="application declined", by=by, subject=here)
    _fall_back(here, by)


@transaction.atomic
def invite_city(*, city: City, email: str, language: str, by: User) -> tuple[CityApplication, bool]:
    """Inviting the same address for the same city again gives the first, and False; no second letter is written. What
    somebody applied for with that address stays as it is: it may have been a stranger."""
    if not is_staff(by):
        raise NotHers(email)
    email = email.strip().lower()
    locks.hold(LOCK)
    standing = CityApplication.objects.filter(city=city, email=email, state=ApplicationState.INVITED).first()
    if standing is not None:
        return standing, False
    if not may_come(city):
        raise NotThatWay(f"{_status(city)} → invited")
    if MembershipStatus.INVITED in allowed_from(_status(city)):
        move(city=city, to=MembershipStatus.INVITED, on=timezone.localdate(), by=by)
    row = _new(city=city, email=email, language=language, state=ApplicationState.INVITED, invited_by=by)
    history.record(verb="city invited", by=by, subject=row, city=city.pk)
    outbox.write(
        to=email,
        language=language,
        template="directory/city_invitation",
        values={"place": city.full_name, "link": link_of(row), "by": by.name},
    )
    return row, True


@transaction.atomic
def take_up_invitation(*, application: CityApplication, name: str, post: str) -> Person:
    """By whoever has the link: the city is a member from today, and she its focal point. Opens once."""
    here = _locked(application)
    if here.state != ApplicationState.INVITED or is_old(here) or not (here.invited_by and is_staff(here.invited_by)):
        raise AnsweredAlready(here.pk)
    assert here.city is not None  # a constraint says so
    if not may_come(here.city):
        raise AnsweredAlready(here.pk)
    here.name, here.post = name, post
    person = _bring_in(here, None, None)
    invite_editor(email=here.email, language=here.language, city=here.city, by=None)
    _close(here, ApplicationState.ACCEPTED)
    history.record(verb="city took up its invitation", by=None, subject=here, city=here.city.pk)
    return person


@transaction.atomic
def withdraw_invitation(*, application: CityApplication, by: User) -> None:
    if not is_staff(by):
        raise NotHers(application.pk)
    here = _locked(application)
    if here.state != ApplicationState.INVITED:
        return
    _close(here, ApplicationState.WITHDRAWN)
    history.record(verb="invitation withdrawn", by=by, subject=here)
    _fall_back(here, by)


def is_old(application: CityApplication) -> bool:
    """A link is good for a month; an application that is confirmed waits for as long as it takes."""
    return application.state != ApplicationState.CONFIRMED and timezone.now() - application.made_at > LASTS


def namesakes(application: CityApplication) -> list[Person]:
    """People of the directory whom the applicant may be: of the same address, or the same name."""
    return people_like(application.name, application.email)


def people_like(name: str, email: str) -> list[Person]:
    rows = Person.objects.filter(merged_into__isnull=True).select_related("user", "known_address")
    by_address = person_of(email)
    by_name = rows.filter(name_sort=fold(name)).order_by("pk")[:20] if name else []
    return list(dict.fromkeys([*([by_address] if by_address else []), *by_name]))


def person_of(email: str) -> Person | None:
    """Whom an address is known to belong to: of her account, or written down by the secretariat."""
    if not email:
        return None
    people = Person.objects.filter(merged_into__isnull=True)
    known = people.filter(known_address__email__iexact=email).order_by("pk")[:2]
    return people.filter(user__email__iexact=email).first() or (known[0] if len(known) == 1 else None)


@transaction.atomic
def forget_old() -> int:
    """What nobody confirmed or took up in a month."""
    old = CityApplication.objects.filter(
        state__in=(ApplicationState.ASKED, ApplicationState.INVITED), made_at__lt=timezone.now() - LASTS
    )
    rows = list(old.select_for_update(of=("self",)).select_related("city"))
    for row in rows:
        _close(row, ApplicationState.WITHDRAWN)
        _fall_back(row, None)
    return len(rows)


@transaction.atomic
def withdraw_all_of(email: str) -> None:
    """Somebody wants nothing kept of her address: what she applied for, or was invited to, is withdrawn."""
    rows = CityApplication.objects.open().filter(email__iexact=email)
    for row in rows.select_for_update(of=("self",)).select_related("city"):
        for template in ("confirm_application", "city_invitation", "application_declined"):
            outbox.forget(to=row.email, template=f"directory/{template}")
        _close(row, ApplicationState.WITHDRAWN)
        _fall_back(row, None)


def bring_person(*, name: str, email: str, language: str, post: str, city: City, by: User | None,
                 person: Person | None = None, is_new: bool = False) -> Person:  # fmt: skip
    """Whom the address belongs to, or somebody new; two of one name are never taken for one. Her address is written
    down, and her post in the city. `is_new`: somebody has looked, and she is not here yet."""
    person = person or (None if is_new else person_of(email)) or enrol(name=name, language=language or None, by=by)  # type: ignore[arg-type]
    if email:
        KnownAddress.objects.update_or_create(person=person, defaults={"email": email})
    if post:
        appoint(person=person, label=post, language=language, city=city, by=by)  # type: ignore[arg-type]
    return person


def _bring_in(here: CityApplication, person: Person | None, by: User | None, *, stays_paused: bool = False) -> Person:
    assert here.city is not None  # asked by both callers
    today = timezone.localdate()
    if not stays_paused:
        move(city=here.city, to=MembershipStatus.MEMBER, on=today, by=by)
    person = bring_person(
        name=here.name, email=here.email, language=here.language, post=here.post, city=here.city, by=by, person=person
    )
    # Two may have applied for one city: who was accepted second stands beside the first.
    is_main = main_on(here.city, today) is None
    name_focal_point(city=here.city, person=person, on=today, by=by, post=here.post, is_main=is_main)
    return person


def _fall_back(here: CityApplication, by: User | None) -> None:
    """Unless another asks for the same city."""
    if here.city is None:
        return
    others = CityApplication.objects.filter(city=here.city).exclude(pk=here.pk)
    if not others.filter(state__in=(ApplicationState.CONFIRMED, ApplicationState.INVITED)).exists():
        fall_back(city=here.city, by=by)


def _close(here: CityApplication, state: ApplicationState) -> None:
    here.state, here.answered_at = state, timezone.now()
    here.name = here.post = here.email = here.words = here.typed = ""
    here.save()


def _new(**values: object) -> CityApplication:
    key = uuid.uuid4()
    return CityApplication.objects.create(uuid=key, token_hash=secret_links.hash_of(_token(key)), **values)


def _waiting(application: CityApplication, by: User) -> CityApplication:
    if not is_staff(by):
        raise NotHers(application.pk)
    here = _locked(application)
    if here.state not in (ApplicationState.ASKED, ApplicationState.CONFIRMED):
        raise AnsweredAlready(here.pk)
    return here


def _locked(application: CityApplication) -> CityApplication:
    rows = CityApplication.objects.select_for_update(of=("self",)).select_related("city__country", "invited_by")
    return rows.get(pk=application.pk)


def _status(city: City) -> MembershipStatus | None:
    row = NetworkMembership.objects.filter(city=city).first()
    return MembershipStatus(row.status) if row else None


def _token(key: uuid.UUID) -> str:
    return secret_links.token_of("plaza.application", key)
