"""Which city or person a page of ours is about: everybody may see them."""

from plaza.accounts.access import Asker
from plaza.directory.models import City, Person


def find_city(slug: str, user: Asker) -> City | None:
    return City.objects.select_related("country").filter(slug=slug).first()


def find_person(slug: str, user: Asker) -> Person | None:
    """Where two records of a person became one, the one that stayed; nobody where she asked not to be named."""
    found = Person.objects.select_related("merged_into").filter(slug=slug).first()
    found = (found.merged_into or found) if found else None
    return None if found is None or found.is_withdrawn else found
