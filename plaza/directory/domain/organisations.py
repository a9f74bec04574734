"""Organisations of the directory."""

from django.db import transaction
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.directory.choices import OrganisationType, Sector
from plaza.directory.models import City, Organization


@transaction.atomic
def enlist(
    *,
    name: str,
    by: User | None,
    type: OrganisationType = OrganisationType.OTHER,
    sector: Sector = Sector.PUBLIC,
    city: City | None = None,
    is_fictional: bool = False,
) -> tuple[Organization, bool]:
    """The organisation of that name, and whether it is new. Accents and capitals make no other name."""
    organisation, is_new = Organization.objects.get_or_create(
        slug=slugify(name)[:110] or "organisation",
        defaults={"name": name, "type": type, "sector": sector, "city": city, "is_fictional": is_fictional},
    )
    if is_new:
        history.record(verb="enlisted", by=by, subject=organisation)
    return organisation, is_new
