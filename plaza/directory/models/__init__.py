from plaza.directory.models.claims import Claim, KnownAddress
from plaza.directory.models.network import NetworkMembership
from plaza.directory.models.people import Membership, Organization, Person, Post
from plaza.directory.models.places import City, Country
from plaza.directory.models.roles import Invitation, JoinRequest, RoleInPlace

__all__ = [
    "City",
    "Claim",
    "Country",
    "Invitation",
    "JoinRequest",
    "KnownAddress",
    "Membership",
    "NetworkMembership",
    "Organization",
    "Person",
    "Post",
    "RoleInPlace",
]
