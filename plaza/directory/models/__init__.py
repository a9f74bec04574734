from plaza.directory.models.network import NetworkMembership
from plaza.directory.models.people import Membership, Organization, Person, Post
from plaza.directory.models.places import City, Country
from plaza.directory.models.roles import Invitation, JoinRequest, RoleInPlace

__all__ = [
    "City",
    "Country",
    "Invitation",
    "JoinRequest",
    "Membership",
    "NetworkMembership",
    "Organization",
    "Person",
    "Post",
    "RoleInPlace",
]
