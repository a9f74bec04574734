"""People and the posts they hold."""

import datetime as dt

from django.db import transaction
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import Language
from plaza.core.slugs import free_slug
from plaza.directory.models import City, Membership, Organization, Person, Post


@transaction.atomic
def enrol(*, name: str, by: User | None, language: Language | None = None, is_fictional: bool = False) -> Person:
    """A new person of the directory. Two people may share a name; their addresses differ by a number."""
    slug = free_slug(Person.objects.all(), slugify(name)[:100] or "person")
    person = Person.objects.create(name=name, slug=slug, language=language or "", is_fictional=is_fictional)
    history.record(verb="enrolled", by=by, subject=person)
    return person


@transaction.atomic
def appoint(
    *,
    person: Person,
    label: str,
    language: Language,
    by: User | None,
    city: City | None = None,
    organization: Organization | None = None,
    is_mayor: bool = False,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Membership:
    """Puts a person in a post of a city or an organisation. The same appointment again is the same one."""
    where = {"city": city, "organization": organization}
    if is_mayor:
        post, _ = Post.objects.get_or_create(**where, is_mayor=True, defaults={"label": label, "language": language})
    else:
        post, _ = Post.objects.get_or_create(**where, label=label, is_mayor=False, defaults={"language": language})
    membership, is_new = Membership.objects.get_or_create(person=person, post=post, start=start, defaults={"end": end})
    if is_new:
        history.record(verb="appointed", by=by, subject=person, post=post.pk)
    return membership
