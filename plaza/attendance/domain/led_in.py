"""Whom Plaza led into a room: the key she bore there tells who she is, so there is nothing to doubt."""

import uuid
from collections.abc import Iterable
from typing import Final

from plaza.accounts.models import User
from plaza.core.plain import row_number
from plaza.meetings.models import Meeting
from plaza.registration.domain.courses import for_it_or_its_course
from plaza.registration.models import Registration

# Of those who run the network: they go in from the desk.
ACCOUNT: Final = "account-"


def emails_by_key(meeting: Meeting, keys: Iterable[str]) -> dict[str, str]:
    """By the key, the address of her registration for this meeting or its course, or of her account. Two queries, or fewer."""
    return {key: email for key, (email, _) in known_by_key(meeting, keys).items()}


def known_by_key(meeting: Meeting, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Address and name; of nobody who was erased."""
    registered: dict[uuid.UUID, str] = {}
    accounts: dict[int, str] = {}
    for key in keys:
        if number := row_number(key.removeprefix(ACCOUNT)) if key.startswith(ACCOUNT) else 0:
            accounts[number] = key
        elif (hers := _uuid(key)) is not None:
            registered[hers] = key
    found: dict[str, tuple[str, str]] = {}
    if registered:
        rows = Registration.objects.filter(for_it_or_its_course(meeting), uuid__in=registered)
        found |= {registered[hers]: (email, name) for hers, email, name in rows.values_list("uuid", "email", "name")}
    if accounts:
        users = User.objects.filter(pk__in=accounts, erased_at=None).values_list("pk", "email", "name")
        found |= {accounts[pk]: (email, name) for pk, email, name in users}
    return found


def is_ours(key: str) -> bool:
    """Whether we gave it: no server makes keys of these forms."""
    return key.startswith(ACCOUNT) or _uuid(key) is not None


def keys_of(user: User, registrations: Iterable[Registration]) -> set[str]:
    """All that she ever bears in a room."""
    return {f"{ACCOUNT}{user.pk}", *(str(row.uuid) for row in registrations)}


def _uuid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key) if len(key) == 36 else None
    except ValueError:
        return None
