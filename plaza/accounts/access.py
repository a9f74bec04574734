"""Who is asking. Every other policy starts from these questions; each of them says no where it does not know."""

from typing import Final, TypeAlias

from django.contrib.auth.models import AnonymousUser

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.core.routes import Rule

Asker: TypeAlias = User | AnonymousUser

STAFF_ROLES: Final = (NetworkRole.SECRETARIAT, NetworkRole.ADMINISTRATOR)
# Roles that only an administrator gives: they see what others wrote in confidence, or give roles themselves.
GIVEN_BY_ADMINISTRATORS: Final = (NetworkRole.SECRETARIAT, NetworkRole.ADMINISTRATOR, NetworkRole.RESPONSE)


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
    return has_role(user, *STAFF_ROLES)


def sight_of(user: Asker) -> str:
    """Two askers of one sight see the same meetings and works: for what is read once for all of them."""
    return "staff" if is_staff(user) else "members" if is_member(user) else "everybody"


def is_administrator(user: Asker) -> bool:
    return has_role(user, NetworkRole.ADMINISTRATOR)


def has_role(user: Asker, *roles: NetworkRole) -> bool:
    return isinstance(user, User) and user.is_active and user.network_role in roles


def may_give(user: Asker, role: NetworkRole) -> bool:
    """A role in the whole network, to somebody else."""
    return is_administrator(user) or (is_staff(user) and role not in GIVEN_BY_ADMINISTRATORS)


MEMBERS: Final = Rule("members", lambda user, named: is_member(user))
STAFF: Final = Rule("those who run the network", lambda user, named: is_staff(user))
ADMINISTRATORS: Final = Rule("administrators", lambda user, named: is_administrator(user))
