"""“I am this person”: a code to the address known for the person decides, else those who run the network."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.accounts.domain.codes import hash_of_code, is_code, new_code
from plaza.accounts.models import User
from plaza.core import history
from plaza.directory.choices import ClaimState
from plaza.directory.models import Claim, KnownAddress, Person
from plaza.mail.domain import outbox

MOST_TRIES: Final = 5
CODE_LASTS: Final = dt.timedelta(hours=24)


class HasOneAlready(Exception):
    """A user is one person; she is another already, or claims another."""


class WrongCode(Exception):
    """It is not the code, too old, or tried too often."""


@transaction.atomic
def claim(*, person: Person, user: User) -> Claim:
    """Claiming twice is claiming once. Two who claim one person both wait: a code would only tell who was quicker."""
    here = Person.objects.select_for_update().get(pk=person.pk)
    standing = Claim.objects.open().filter(user=user).first()
    if standing is not None and standing.person_id == here.pk:
        return standing
    if standing is not None or Person.objects.filter(user=user).exists():
        raise HasOneAlready(user.pk)
    address = KnownAddress.objects.filter(person=here).first()
    is_contested = here.user_id is not None or Claim.objects.open().filter(person=here).exists()
    if is_contested:
        Claim.objects.open().filter(person=here).update(state=ClaimState.WAITING, code_hash="")
    row = Claim(person=here, user=user, state=ClaimState.WAITING)
    if address is not None and not is_contested:
        code = new_code()
        row.state, row.code_hash = ClaimState.CODE, hash_of_code(f"claim {here.pk} {user.pk}", code)
        outbox.write(
            to=address.email,
            language=user.language,
            template="directory/claim_code",
            values={"code": code, "person": here},
        )
    row.save()
    history.record(verb="claimed", by=user, subject=here)
    return row


def prove(*, claim: Claim, code: str) -> None:
    """A wrong try is counted whatever becomes of the request; after the last one the secretariat decides."""
    with transaction.atomic():
        here = Claim.objects.select_for_update().select_related("user").get(pk=claim.pk)
        is_right = (
            here.state == ClaimState.CODE
            and timezone.now() - here.asked_at < CODE_LASTS
            and is_code(f"claim {here.person_id} {here.user_id}", code, here.code_hash)
        )
        if is_right:
            _accept(here, here.user)
        elif here.state == ClaimState.CODE:
            here.attempts += 1
            if here.attempts >= MOST_TRIES:
                here.state, here.code_hash = ClaimState.WAITING, ""
            here.save(update_fields=["attempts", "state", "code_hash"])
    if not is_right:
        raise WrongCode


@transaction.atomic
def decide(*, claim: Claim, is_she: bool, by: User) -> None:
    if not is_staff(by):
        raise PermissionError("only those who run the network decide on claims")
    here = Claim.objects.select_for_update().select_related("user").get(pk=claim.pk)
    if here.state not in (ClaimState.CODE, ClaimState.WAITING):
        return
    if is_she:
        _accept(here, by)
    else:
        here.state, here.code_hash = ClaimState.REFUSED, ""
        here.save(update_fields=["state", "code_hash"])
        history.record(verb="claim refused", by=by, subject=here.person, user=here.user_id)


def _accept(here: Claim, by: User) -> None:
    """Whoever held the person before holds her no more; who else claims her is refused."""
    claimed = Person.objects.select_related("merged_into").get(pk=here.person_id)
    person = Person.objects.select_for_update().get(pk=(claimed.merged_into or claimed).pk)
    person.user = here.user
    person.save(update_fields=["user"])
    here.state, here.code_hash = ClaimState.ACCEPTED, ""
    here.save(update_fields=["state", "code_hash"])
    Claim.objects.open().filter(person=person).update(state=ClaimState.REFUSED, code_hash="")
    history.record(verb="claim accepted", by=by, subject=person, user=here.user_id)


@transaction.atomic
def know_address(*, person: Person, email: str, by: User) -> None:
    """Empty: none is known any more."""
    if not is_staff(by):
        raise PermissionError("only those who run the network keep addresses of people")
    if email:
        KnownAddress.objects.update_or_create(person=person, defaults={"email": email.strip().lower()})
    else:
        KnownAddress.objects.filter(person=person).delete()
    history.record(verb="address noted", by=by, subject=person)
