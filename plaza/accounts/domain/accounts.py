"""What becomes of an account: opened, its role, its name, its password, its address."""

import datetime as dt
from typing import Final

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from plaza.accounts.access import may_give
from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain.codes import hash_of_code, is_code, new_code
from plaza.accounts.domain.former_addresses import note_former
from plaza.accounts.models import AddressChange, User
from plaza.core import addresses, history
from plaza.mail.domain import outbox

MOST_TRIES: Final = 5
CODE_LASTS: Final = dt.timedelta(minutes=30)


class NotNow(Exception):
    """The code is wrong, too old, or was tried too often."""


@transaction.atomic
def open_account(*, email: str, name: str, language: str, role: NetworkRole, by: User | None) -> User:
    """An account without a password: she signs in by a code, and may set one. An address that has an account already
    keeps it as it is."""
    standing = User.objects.filter(email=email.strip().lower()).first()
    if standing is not None:
        return standing
    user = User.objects.create_user(email, None, name=name, language=language, network_role=role)
    history.record(verb="account opened", by=by, subject=user)
    return user


@transaction.atomic
def give_role(*, user: User, role: NetworkRole, by: User) -> None:
    """Nobody gives a role above her own, and nobody changes her own."""
    here = _held_by_another(user, by)
    if not may_give(by, role):
        raise PermissionError("this role is not hers to give")
    if here.network_role == role:
        return
    before, here.network_role = here.network_role, role
    here.save(update_fields=["network_role"])
    history.record(verb="role given", by=by, subject=here, before=before, after=role.value)


def _held_by_another(user: User, by: User) -> User:
    """The row, locked. Raises PermissionError where `by` may not decide about it."""
    here = User.objects.select_for_update().get(pk=user.pk, erased_at__isnull=True)
    if here.pk == by.pk or not may_give(by, NetworkRole(here.network_role)):
        raise PermissionError("this account is not hers to decide about")
    return here


@transaction.atomic
def close_account(*, user: User, by: User, why: str) -> None:
    """She can sign in no more, and is signed out everywhere. Nothing that she did goes."""
    here = _held_by_another(user, by)
    if here.is_active:
        here.is_active = False
        here.save(update_fields=["is_active"])
        end_sessions_of(here)
        history.record(verb="account closed", by=by, subject=here, why=why)


@transaction.atomic
def open_again(*, user: User, by: User, why: str) -> None:
    here = _held_by_another(user, by)
    if not here.is_active:
        here.is_active = True
        here.save(update_fields=["is_active"])
        history.record(verb="account opened again", by=by, subject=here, why=why)


@transaction.atomic
def rename(*, user: User, name: str, language: str) -> None:
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    history.record(verb="name or language changed", by=user, subject=user)


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """All her other sessions end: Django ties them to the password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    history.record(verb="password set", by=user, subject=user)
    tell(user, "password_set")


@transaction.atomic
def ask_new_address(*, user: User, email: str) -> None:
    """A code goes to the new address. To one that has an account already goes another letter, so that nobody learns
    whether it has."""
    email = email.strip().lower()
    code = new_code()
    forget_new_address(user)
    AddressChange.objects.create(user=user, email=email, code_hash=hash_of_code(f"address {user.pk}", code))
    is_taken = User.objects.filter(email=email).exists()
    outbox.write(
        to=email,
        language=user.language,
        template="accounts/address_taken" if is_taken else "accounts/address_code",
        values={"code": code},
    )


def forget_new_address(user: User) -> None:
    """The address that waits, and the letter to it."""
    for change in AddressChange.objects.filter(user=user):
        for template in ("accounts/address_code", "accounts/address_taken"):
            outbox.forget(to=change.email, template=template)
        change.delete()


def confirm_new_address(*, user: User, code: str) -> None:
    """The old address is told. Raises NotNow, and a wrong try is counted whatever becomes of the request."""
    with transaction.atomic():
        change = AddressChange.objects.select_for_update().filter(user=user).first()
        is_right = (
            change is not None
            and change.attempts < MOST_TRIES
            and timezone.now() - change.asked_at < CODE_LASTS
            and is_code(f"address {user.pk}", code, change.code_hash)
            and not User.objects.filter(email=change.email).exists()
        )
        if change is not None and is_right:
            tell(user, "address_changed")
            old, user.email = user.email, change.email
            user.save(update_fields=["email"])
            change.delete()
            history.record(verb="address changed", by=user, subject=user)
            note_former(user, old)
            addresses.follow(user, old)
        elif change is not None:
            change.attempts += 1
            change.save(update_fields=["attempts"])
    if not is_right:
        raise NotNow


def forget_old() -> int:
    """Addresses whose code is too old, and sessions that ended by themselves."""
    now = timezone.now()
    changes = AddressChange.objects.filter(asked_at__lt=now - CODE_LASTS).delete()[0]
    return changes + Session.objects.filter(expire_date__lt=now).delete()[0]


def tell(user: User, template: str) -> None:
    """A letter about her account, in her language."""
    outbox.write(to=user.email, language=user.language, template=f"accounts/{template}", values={}, name=user.name)


def end_sessions_of(user: User, keep: str = "") -> int:
    """Signs her out everywhere, also where no list knows of the session; `keep` is the key of the one that stays."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=keep).iterator():
        if str(session.get_decoded().get("_auth_user_id", "")) == str(user.pk):
            session.delete()
            ended += 1
    return ended
