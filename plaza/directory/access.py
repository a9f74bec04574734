"""Who may do what for a city or an institution. Those who run the network may for all; an editor for her own, while her
role lasts and the city has not left. Everything else is a no."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from plaza.accounts.access import Asker, is_member, is_staff, may_give, the_user
from plaza.accounts.choices import NetworkRole
from plaza.core.routes import Rule
from plaza.directory.choices import Audience
from plaza.directory.models import City, Organization, Person, Profile, RoleInPlace


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


# What a person says of herself; each has its audience.
FIELDS: Final = ("bio", "languages", "expertise", "website", "orcid", "linkedin", "email", "phone", "gender")


@dataclass(frozen=True, slots=True)
class Shown:
    """What an asker sees of a person: by field its audience. What is not in it, she does not see."""

    fields: dict[str, Audience]

    def __contains__(self, field: object) -> bool:
        return field in self.fields


def shown_of(person: Person, profile: Profile | None, user: Asker) -> Shown:
    """The one gate of the fields. Name, posts and appearances are facts of public life, and no fields. Of who asked not
    to be named nobody sees any; of the others she herself and those who run the network see all."""
    if person.is_withdrawn:
        return Shown({})
    profile = profile or Profile(person=person)
    sees_all = is_staff(user) or edits_person(user, person)
    audiences = {name: Audience(getattr(profile, f"{name}_for")) for name in FIELDS}
    return Shown({name: each for name, each in audiences.items() if sees_all or each in _audiences(user)})


def may_be_searched_by_expertise(user: Asker) -> Q:
    """The same gate for rows of expertise, in a query."""
    if is_staff(user):
        return Q()
    # Who has no page of her own has said nothing against it.
    return Q(person__profile__isnull=True) | Q(person__profile__expertise_for__in=_audiences(user))


def edits_person(user: Asker, person: Person) -> bool:
    """Her own page; those who run the network edit for all, at their desk."""
    return is_member(user) and person.user_id is not None and person.user_id == user.pk


def _audiences(user: Asker) -> tuple[Audience, ...]:
    return (Audience.EVERYBODY, Audience.MEMBERS) if is_member(user) else (Audience.EVERYBODY,)


CITY_EDITORS: Final = Rule("editors of the city", lambda user, named: edits_city(user, str(named.get("slug", ""))))
INSTITUTION_EDITORS: Final = Rule(
    "editors of the institution", lambda user, named: edits_institution(user, str(named.get("slug", "")))
)
