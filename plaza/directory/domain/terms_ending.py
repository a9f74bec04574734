"""A term ends: whoever speaks for the city is told in time, and the secretariat with her."""

import datetime as dt
import uuid
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.core import history, secret_links
from plaza.core.languages import DEFAULT
from plaza.core.site import absolute
from plaza.directory.choices import HandOverState, MembershipStatus, TermKind
from plaza.directory.domain.focal_points import main_on
from plaza.directory.models import City, FocalPoint, HandOver, KnownAddress, Membership, Person
from plaza.mail.domain import outbox

# Days before the end on which a reminder goes out; 0: when it has passed.
REMINDED: Final = (30, 7, 0)
# How long after the end the links are good, and terms that ended are still asked about.
GOOD_FOR: Final = dt.timedelta(days=60)
IN_THE_NETWORK: Final = (MembershipStatus.MEMBER, MembershipStatus.PAUSED)


def remind() -> int:
    """Once a day, and twice does no harm: each reminder of a term goes out once. Returns how many."""
    today = timezone.localdate()
    return sum(
        _remind(kind, pk, today)
        for kind, rows in ((TermKind.FOCAL_POINT, _focal_points(today)), (TermKind.MAYOR, _mayors(today)))
        for pk in rows.values_list("pk", flat=True)
    )


def due(ends_on: dt.date, today: dt.date) -> int | None:
    """Which reminder a day is for: 30, 7 or 0; None where it is too early."""
    left = (ends_on - today).days
    if left < 0:
        return 0
    return next((days for days in (7, 30) if left <= days), None)


@transaction.atomic
def _remind(kind: TermKind, pk: int, today: dt.date) -> bool:
    term: FocalPoint | Membership
    if kind == TermKind.FOCAL_POINT:
        term = FocalPoint.objects.select_related("city__country", "person").get(pk=pk)
    else:
        term = Membership.objects.select_related("post__city__country", "person").get(pk=pk)
    row = open_for(term)
    days = due(row.ends_on, today)
    sent = HandOver.objects.filter(pk=row.pk, state=HandOverState.ASKED).filter(
        Q(reminded__isnull=True) | Q(reminded__gt=days)
    )
    if days is None or not sent.update(reminded=days):
        return False
    tell(row)
    history.record(verb="reminded of the end of a term", by=None, subject=row.city, days=days, kind=kind.value)
    return True


def tell(row: HandOver, *, is_again: bool = False, is_desk_told: bool = True) -> bool:
    """Letters with the link to whoever speaks for the city, and to the secretariat. `is_again`: whoever was named has not
    accepted, or nobody answered. Returns whether an address was known."""
    today, city = timezone.localdate(), row.city
    whom = row.term.person if row.kind == TermKind.FOCAL_POINT else _who_speaks(city, today)
    email, language = address_of(whom)
    values = {
        "place": city.full_name,
        "kind": row.kind,
        "person": row.term.person,
        "day": row.ends_on,
        "is_over": due(row.ends_on, today) == 0,
        "is_again": is_again,
    }
    if email:
        outbox.write(
            to=email,
            language=language,
            template="directory/term_ends",
            values=values | {"link": link_of(row, language)},
            name=whom.name if whom else "",
        )
    secretariat = User.objects.filter(is_active=True, network_role=NetworkRole.SECRETARIAT).order_by("pk")
    for user in secretariat if is_desk_told else ():
        with translation.override(user.language):
            desk = absolute(reverse("directory:hand-over-desk", args=[row.pk]))
        outbox.write(
            to=user.email,
            language=user.language,
            template="directory/term_ends_desk",
            values=values | {"link": desk, "is_told": bool(email)},
        )
    return bool(email)


def _who_speaks(city: City, today: dt.date) -> Person | None:
    main = main_on(city, today)
    return main.person if main else None


def address_of(person: Person | None) -> tuple[str, str]:
    """Where she reads letters: of her account, else the one known for her; and in which language."""
    if person is None:
        return "", DEFAULT
    if person.user is not None and person.user.is_active:
        return person.user.email, person.user.language
    known = KnownAddress.objects.filter(person=person).first()
    return (known.email if known else ""), person.language or DEFAULT


def open_for(term: FocalPoint | Membership) -> HandOver:
    """The one hand-over of this end of the term. Raises ValueError where it has none."""
    if term.end is None:
        raise ValueError("a term without an end is not handed over")
    city = term.city if isinstance(term, FocalPoint) else term.post.city
    if city is None:
        raise ValueError("a mayor's post is in a city")
    key = uuid.uuid4()
    row, _is_new = HandOver.objects.for_list().get_or_create(
        focal_point=term if isinstance(term, FocalPoint) else None,
        membership=term if isinstance(term, Membership) else None,
        ends_on=term.end,
        defaults={
            "city": city,
            "uuid": key,
            "token_hash": secret_links.hash_of(token_of(key)),
        },
    )
    return row


def _focal_points(today: dt.date) -> "QuerySet[FocalPoint]":
    """Whose end is near or lately passed, and whom nobody follows. A city has one main focal point, so whoever comes later
    follows her; of the others it may have several, and only who was handed over to, or comes to the same post, follows."""
    after = FocalPoint.objects.filter(city=OuterRef("city"), is_main=OuterRef("is_main"), start__gt=OuterRef("end"))
    follows = Q(is_main=True) | ~Q(post="") & Q(post__iexact=OuterRef("post"))
    handed = HandOver.objects.filter(
        focal_point=OuterRef("pk"), state=HandOverState.DONE, next_from__gt=OuterRef("end")
    )
    near = FocalPoint.objects.filter(city__network_membership__status__in=IN_THE_NETWORK, **_near(today))
    return near.exclude(Exists(after.filter(follows))).exclude(Exists(handed)).order_by("end", "pk")


def _mayors(today: dt.date) -> "QuerySet[Membership]":
    after = Membership.objects.filter(post=OuterRef("post"), start__gt=OuterRef("end"))
    near = Membership.objects.filter(
        post__is_mayor=True, post__city__network_membership__status__in=IN_THE_NETWORK, **_near(today)
    )
    return near.exclude(Exists(after)).order_by("end", "pk")


def _near(today: dt.date) -> dict[str, dt.date]:
    return {"end__lte": today + dt.timedelta(days=REMINDED[0]), "end__gte": today - GOOD_FOR}


def token_of(key: uuid.UUID) -> str:
    return secret_links.token_of("plaza.hand-over", key)


def link_of(row: HandOver, language: str) -> str:
    with translation.override(language):
        return absolute(reverse("directory:hand-over", args=[token_of(row.uuid)]))
