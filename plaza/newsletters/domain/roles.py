"""Who of the directory holds which role today. The one place that knows how focal points and mayors are kept."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from plaza.accounts.access import STAFF_ROLES
from plaza.accounts.choices import NetworkRole
from plaza.directory.choices import MembershipStatus
from plaza.directory.models import City, Membership, Organization, Person, RoleInPlace
from plaza.newsletters.choices import ContactRole


def focal_points(cities: "QuerySet[City] | None" = None) -> "QuerySet[Person]":
    """Of these cities; of all members where none are named."""
    if cities is None:
        return Person.objects.filter(focal_point_of__status=MembershipStatus.MEMBER)
    return Person.objects.filter(focal_point_of__city__in=cities)


def mayors() -> "QuerySet[Person]":
    return Person.objects.filter(memberships__in=held_today().filter(post__is_mayor=True))


def held_today() -> "QuerySet[Membership]":
    today = timezone.localdate()
    return Membership.objects.filter(Q(start__isnull=True) | Q(start__lte=today)).filter(
        Q(end__isnull=True) | Q(end__gt=today)
    )


def in_role(role: str) -> Q:
    """Of subscribers."""
    if role == ContactRole.FOCAL_POINT:
        return those(focal_points())
    if role == ContactRole.MAYOR:
        return those(mayors())
    if role == ContactRole.EDITOR:
        return Q(user__in=RoleInPlace.objects.active().values("user"))
    users = {
        ContactRole.FINANCE: Q(user__network_role=NetworkRole.FINANCE),
        ContactRole.RESPONSE: Q(user__network_role=NetworkRole.RESPONSE),
        ContactRole.STAFF: Q(user__network_role__in=STAFF_ROLES),
    }
    return Q(user__is_active=True) & users.get(ContactRole(role), Q())


def of_cities(cities: "QuerySet[City]") -> Q:
    """Of subscribers: who holds a post in one of them, is its focal point or its editor."""
    people = Person.objects.filter(memberships__in=held_today().filter(post__city__in=cities))
    editors = RoleInPlace.objects.active().filter(city__in=cities)
    return those(people) | those(focal_points(cities)) | Q(user__in=editors.values("user"))


def of_organisations(organisations: "QuerySet[Organization]") -> Q:
    people = Person.objects.filter(memberships__in=held_today().filter(post__organization__in=organisations))
    editors = RoleInPlace.objects.active().filter(organization__in=organisations)
    return those(people) | Q(user__in=editors.values("user"))


def those(people: "QuerySet[Person]") -> Q:
    """Of subscribers: one of these people, by the address known of her or by her account."""
    return Q(person__in=people) | Q(user__person__in=people)
