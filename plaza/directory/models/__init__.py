from plaza.directory.models.applications import CityApplication
from plaza.directory.models.claims import Claim, KnownAddress
from plaza.directory.models.network import NetworkMembership
from plaza.directory.models.people import Membership, NameWord, Organization, Person, Post
from plaza.directory.models.places import City, Country
from plaza.directory.models.profile import CityProfile
from plaza.directory.models.profiles import Expertise, Profile
from plaza.directory.models.roles import Invitation, JoinRequest, RoleInPlace
from plaza.directory.models.terms import FocalPoint, HandOver
from plaza.directory.models.twins import Merge, Twins

__all__ = [
    "City",
    "CityApplication",
    "CityProfile",
    "Claim",
    "Country",
    "Expertise",
    "FocalPoint",
    "HandOver",
    "Invitation",
    "JoinRequest",
    "KnownAddress",
    "Membership",
    "Merge",
    "NameWord",
    "NetworkMembership",
    "Organization",
    "Person",
    "Post",
    "Profile",
    "RoleInPlace",
    "Twins",
]
