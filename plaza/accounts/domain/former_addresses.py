"""Addresses that accounts bore before."""

from collections.abc import Iterable

from plaza.accounts.models import FormerAddress, User
from plaza.core import secret_links


def note_former(user: User, email: str) -> None:
    FormerAddress.objects.get_or_create(user=user, address_hash=_hash_of(email))


def former_among(user: User, emails: Iterable[str]) -> set[str]:
    """Those that were hers and are nobody else's now: a desk's address goes on to whoever sits there next. `emails` are
    read only where she has had another address."""
    hers = set(FormerAddress.objects.filter(user=user).values_list("address_hash", flat=True))
    if not hers:
        return set()
    found = {email.lower() for email in emails if _hash_of(email) in hers}
    return found - set(User.objects.filter(email__in=found).exclude(pk=user.pk).values_list("email", flat=True))


def _hash_of(email: str) -> str:
    return secret_links.token_of("plaza.accounts.former address", email.strip().lower())
