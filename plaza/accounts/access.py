"""Who is asking. Every other policy starts from these three questions."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User

Asker: TypeAlias = User | AnonymousUser


def the_user(user: Asker) -> User:
    """Who is signed in, where a page has made sure that somebody is."""
    if not isinstance(user, User):
        raise PermissionError("nobody is signed in")
    return user


def is_member(user: Asker) -> bool:
    """Signed in, with an account that is not closed."""
    return isinstance(user, User) and user.is_active


def is_staff(user: Asker) -> bool:
    """Of those who run the network."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.network_role in (NetworkRole.SECRETARIAT, NetworkRole.ADMINISTRATOR)
    )
