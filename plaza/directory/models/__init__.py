from plaza.directory.models.network import NetworkMembership
from plaza.directory.models.people import Membership, Organization, Person, Post
from plaza.directory.models.places import City, Country

__all__ = ["City", "Country", "Membership", "NetworkMembership", "Organization", "Person", "Post"]
