"""A term ends: its focal point is asked in time who comes next, by one link, without an account."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history, secret_links
from plaza.core.site import absolute
from plaza.directory.choices import HandOverState, MembershipStatus, TermKind
from plaza.directory.domain.applications import bring_person
from plaza.directory.domain.focal_points import end_focal_point, end_role, keep_main, lock, name_focal_point
from plaza.directory.domain.invitations import NotHers, invite_editor
from plaza.directory.domain.mayors import hand_over
from plaza.directory.domain.people import correct_appointment
from plaza.directory.domain.terms_ending import GOOD_FOR, due, tell
from plaza.directory.models import FocalPoint, HandOver, Membership, Person
from plaza.mail.domain import outbox

LONGEST_STAY: Final = dt.timedelta(days=366 * 8)


class NotNow(Exception):
    """Why a link opens nothing: `reason` is used, left, expired or settled."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WrongDay(Exception):
    """The day lies before the term began, or so far away that it is a slip."""


def next_link_of(row: HandOver) -> str:
    with translation.override(row.next_language):
        return absolute(reverse("directory:hand-over-next", args=[_next_token(row)]))


def why_not(row: HandOver) -> str:
    """Empty where its link still asks something."""
    if getattr(row.city, "network_membership", None) is None or (
        row.city.network_membership.status == MembershipStatus.LEFT
    ):
        return "left"
    if row.state in (HandOverState.DONE, HandOverState.STAYS, HandOverState.NAMED):
        return "used"
    if row.state == HandOverState.SETTLED or row.term.end != row.ends_on:
        return "settled"
    last = max(row.ends_on, row.asked_again_on or row.ends_on)
    return "expired" if timezone.localdate() > last + GOOD_FOR else ""


@transaction.atomic
def say_who_is_next(
    *, row: HandOver, name: str, post: str, email: str, language: str, first_day: dt.date, by: User | None = None
) -> HandOver:
    """The next one gets a letter with a link of her own; nothing changes before she accepts."""
    here = _asked(row)
    start = here.term.start
    if (start and first_day <= start) or abs(first_day - here.ends_on) > LONGEST_STAY:
        raise WrongDay
    here.state, here.answered_at = HandOverState.NAMED, timezone.now()
    here.next_name, here.next_post, here.next_email = name, post, email.strip().lower()
    here.next_language, here.next_from = language, first_day
    here.next_token_hash = secret_links.hash_of(_next_token(here))
    here.save()
    history.record(verb="next person named", by=by, subject=here.city, hand_over=here.pk)
    if here.next_email:
        outbox.write(
            to=here.next_email,
            language=language,
            template="directory/you_are_next",
            values={"place": here.city.full_name, "kind": here.kind, "day": first_day, "link": next_link_of(here)},
        )
    return here


@transaction.atomic
def stay(*, row: HandOver, until: dt.date, by: User | None = None) -> HandOver:
    """She stays until another day; that day is reminded of in its time."""
    here = _asked(row)
    if until <= max(here.ends_on, timezone.localdate()) or until > here.ends_on + LONGEST_STAY:
        raise WrongDay
    here.state, here.answered_at = HandOverState.STAYS, timezone.now()
    here.save(update_fields=["state", "answered_at"])
    if here.focal_point is not None:
        end_focal_point(focal_point=here.focal_point, on=until, by=by)
    elif here.membership is not None:
        correct_appointment(membership=here.membership, end=until, by=by)
    history.record(verb="stays in office", by=by, subject=here.city, on=until.isoformat())
    return here


def why_not_next(row: HandOver) -> str:
    if getattr(row.city, "network_membership", None) is None or (
        row.city.network_membership.status == MembershipStatus.LEFT
    ):
        return "left"
    if row.state == HandOverState.DONE:
        return "used"
    if row.state != HandOverState.NAMED:
        return "settled"
    return "expired" if timezone.now() - (row.answered_at or row.made_at) > GOOD_FOR else ""


@transaction.atomic
def accept(*, row: HandOver, by: User | None = None, person: Person | None = None) -> Person:
    """By the next person herself with her link, or by the secretariat (`by`), which may say whom of the directory she
    is. Her term begins, that of the one before ends, and with it the role of editor."""
    if by is not None and not is_staff(by):
        raise NotHers(row.pk)
    lock(row.city)  # as whoever names somebody does, and before the row
    here = _locked(row)
    reason = why_not_next(here)
    if reason and not (by is not None and reason == "expired"):
        raise NotNow(reason)
    if by is None and _is_followed(here):
        raise NotNow("settled")
    assert here.next_from is not None  # a constraint says so
    city, before, email, language = here.city, here.term.person, here.next_email, here.next_language
    post = here.next_post if here.kind == TermKind.FOCAL_POINT else ""
    who = bring_person(name=here.next_name, email=email, language=language, post=post, city=city, by=by, person=person)
    on, label = here.next_from, here.next_post
    # First: whoever is named settles what is still asked.
    settle(here, HandOverState.DONE)
    if here.focal_point is not None:
        _next_focal_point(here.focal_point, who, on, label, by)
        if who.pk != before.pk:
            end_role(before, city, max(on, timezone.localdate()), by)
        if email:
            invite_editor(email=email, language=language, city=city, by=by)
    else:
        hand_over(city=city, person=who, on=on, by=by, label=label, language=language)  # type: ignore[arg-type]
    history.record(verb="handed over", by=by, subject=city, person=who.pk, on=on.isoformat())
    return who


@transaction.atomic
def close(*, row: HandOver, by: User) -> None:
    """The secretariat has settled it otherwise."""
    if not is_staff(by):
        raise NotHers(row.pk)
    here = _locked(row)
    if here.state in (HandOverState.ASKED, HandOverState.NAMED):
        settle(here, HandOverState.SETTLED)
        history.record(verb="hand-over closed", by=by, subject=here.city)


@transaction.atomic
def ask_again(*, row: HandOver, by: User | None) -> bool:
    """Whoever was named has not accepted, or nobody has answered: her link opens nothing any more, and whoever speaks for
    the city is written to anew, where an address is known. `by` is None where the link has become too old. Raises NotNow
    where there is nothing to ask any more."""
    if by is not None and not is_staff(by):
        raise NotHers(row.pk)
    here = _locked(row)
    if here.state not in (HandOverState.ASKED, HandOverState.NAMED):
        raise NotNow("used")
    if here.term.end != here.ends_on or _is_followed(here):
        raise NotNow("settled")
    today = timezone.localdate()
    here.state, here.answered_at, here.asked_again_on = HandOverState.ASKED, None, today
    here.reminded = due(here.ends_on, today)
    here.next_name = here.next_post = here.next_email = ""
    here.save()
    history.record(verb="asked again who comes next", by=by, subject=here.city, hand_over=here.pk)
    return tell(here, is_again=True, is_desk_told=by is None)


def close_others(term: FocalPoint | Membership, by: User) -> None:
    """The term ends on another day now: what was asked for the day before is settled."""
    name = "focal_point" if isinstance(term, FocalPoint) else "membership"
    for row in HandOver.objects.open().filter(**{name: term}).for_list():
        if row.term.end != row.ends_on:
            close(row=row, by=by)


def settle(here: HandOver, state: HandOverState) -> None:
    here.state, here.answered_at = state, timezone.now()
    here.next_name = here.next_post = here.next_email = ""
    here.save()


def forget_old() -> int:
    """Who was named and did not accept: her name and address are not kept, and it is asked again who comes next, where
    that is still to be said."""
    old = HandOver.objects.filter(state=HandOverState.NAMED, answered_at__lt=timezone.now() - GOOD_FOR)
    rows = list(old.order_by("pk"))
    for row in rows:
        _ask_again_or_settle(row)
    return len(rows)


def forget_next(email: str) -> None:
    """She wants nothing kept of her address: it is asked again who comes next."""
    for row in HandOver.objects.filter(next_email__iexact=email, state=HandOverState.NAMED).order_by("pk"):
        outbox.forget(to=email, template="directory/you_are_next")
        _ask_again_or_settle(row)


@transaction.atomic
def _ask_again_or_settle(row: HandOver) -> None:
    try:
        ask_again(row=row, by=None)
    except NotNow:
        if HandOver.objects.filter(pk=row.pk).settle():
            history.record(verb="hand-over closed", by=None, subject=row.city)


def _next_focal_point(before: FocalPoint, who: Person, on: dt.date, post: str, by: User | None) -> None:
    if not before.is_main and (before.end is None or before.end >= on):
        before.end = on - dt.timedelta(days=1)
        before.save(update_fields=["end"])
    name_focal_point(city=before.city, person=who, on=on, by=by, post=post, is_main=before.is_main)
    keep_main(before.city)


def _is_followed(here: HandOver) -> bool:
    """Somebody was named meanwhile to follow the term that ends: an older link does not put her out."""
    term, rows = here.term, FocalPoint.objects.filter(city=here.city, is_main=True)
    if isinstance(term, Membership):
        return Membership.objects.filter(post=term.post_id, start__gt=term.start or dt.date.min).exists()
    return term.is_main and rows.filter(start__gt=term.start or dt.date.min).exists()


def _asked(row: HandOver) -> HandOver:
    here = _locked(row)
    reason = why_not(here)
    if reason:
        raise NotNow(reason)
    return here


def _locked(row: HandOver) -> HandOver:
    return HandOver.objects.select_for_update(of=("self",)).for_list().get(pk=row.pk)


def _next_token(row: HandOver) -> str:
    """Of the day it was answered too: named again, another link."""
    return secret_links.token_of(f"plaza.hand-over.next {row.answered_at and row.answered_at.isoformat()}", row.uuid)
