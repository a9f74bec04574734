"""Who may do what for a city or an institution. Those who run the network may for all; an editor for her own, while her
role lasts and the city has not left. Everything else is a no."""

from typing import Final

from plaza.accounts.access import Asker, is_member, is_staff, may_give, the_user
from plaza.accounts.choices import NetworkRole
from plaza.core.routes import Rule
from plaza.directory.models import City, Organization, RoleInPlace


def edits_city(user: Asker, slug: str) -> bool:
    if is_staff(user):
        return True
    return is_member(user) and RoleInPlace.objects.active().filter(user=the_user(user), city__slug=slug).exists()


def edits_institution(user: Asker, slug: str) -> bool:
    if is_staff(user):
        return True
    return (
        is_member(user) and RoleInPlace.objects.active().filter(user=the_user(user), organization__slug=slug).exists()
    )


def may_invite(user: Asker, role: NetworkRole, city: City | None, organization: Organization | None) -> bool:
    """An editor invites colleagues for her own place, as members; the network's roles are given by those who may."""
    if is_staff(user):
        return may_give(user, role)
    if role != NetworkRole.MEMBER:
        return False
    if city is not None and organization is None:
        return edits_city(user, city.slug)
    return organization is not None and city is None and edits_institution(user, organization.slug)


CITY_EDITORS: Final = Rule("editors of the city", lambda user, named: edits_city(user, str(named.get("slug", ""))))
INSTITUTION_EDITORS: Final = Rule(
    "editors of the institution", lambda user, named: edits_institution(user, str(named.get("slug", "")))
)
