"""People and the posts they hold."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import Language
from plaza.core.records import changed
from plaza.core.slugs import free_slug
from plaza.directory.domain.names import know_by_names
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
    """Puts a person in a post of a city or an organisation. The same appointment again is the same one. Raises
    HeldAlready where another is mayor on one of those days."""
    post = _post(label=label, language=language, city=city, organization=organization, is_mayor=is_mayor)
    standing = Membership.objects.filter(person=person, post=post, start=start).first()
    if standing is not None:
        return standing
    membership = Membership(person=person, post=post, start=start, end=end, holds_alone=post.is_mayor)
    _refuse_two(membership)
    membership.save()
    history.record(verb="appointed", by=by, subject=person, post=post.pk)
    return membership


@transaction.atomic
def correct_person(*, person: Person, by: User | None, **values: Any) -> list[str]:
    """Another name or language. Returns the fields that changed; nothing is written where none did."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    fields = changed(row, values, ("name", "language"))
    if fields:
        row.save(update_fields=[*fields, "name_sort"] if "name" in fields else fields)
        history.record(verb="corrected", by=by, subject=row, fields=fields)
    if "name" in fields:
        know_by_names(row)
    return fields


class EndsBeforeItStarts(Exception):
    """Somebody would have left a post before taking it."""


class SamePostTwice(Exception):
    """The person holds that post from that day already."""


class HeldAlready(Exception):
    """Another holds the mayor's post on one of those days; `by` is that term."""

    def __init__(self, by: Membership) -> None:
        super().__init__(by.pk)
        self.by = by


@transaction.atomic
def correct_appointment(*, membership: Membership, by: User | None, **values: Any) -> list[str]:
    """Another post, or other days. The old post stays: others may have held it."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    fields = []
    post = row.post
    wanted = {name: values.get(name, getattr(post, name)) for name in _OF_A_POST}
    if any(wanted[name] != getattr(post, name) for name in _OF_A_POST):
        fields += [name for name in _OF_A_POST if wanted[name] != getattr(post, name)]
        row.post = _post(**wanted)
    days = changed(row, values, ("start", "end"))
    if row.start and row.end and row.end < row.start:
        raise EndsBeforeItStarts
    fields += days
    if fields:
        alike = Membership.objects.filter(person=row.person_id, post=row.post, start=row.start)
        if alike.exclude(pk=row.pk).exists():
            raise SamePostTwice
        row.holds_alone = row.post.is_mayor
        _refuse_two(row)
        row.save(update_fields=["post", "start", "end", "holds_alone"])
        history.record(verb="corrected", by=by, subject=row.person, post=row.post_id, fields=fields)
    return fields


def _refuse_two(row: Membership) -> None:
    """A city has one mayor at a time. The post is locked, so that two who write at once are told the same as two who
    write one after the other; the database keeps the promise where the lock was not asked."""
    if not row.holds_alone:
        return
    Post.objects.select_for_update().get(pk=row.post_id)
    others = Membership.objects.filter(post=row.post_id).exclude(pk=row.pk).select_related("person")
    if row.end is not None:
        others = others.filter(Q(start__isnull=True) | Q(start__lte=row.end))
    if row.start is not None:
        others = others.filter(Q(end__isnull=True) | Q(end__gte=row.start))
    other = others.order_by("pk").first()
    if other is not None:
        raise HeldAlready(other)


_OF_A_POST = ("label", "language", "city", "organization", "is_mayor")


def _post(*, label: str, language: str, city: City | None, organization: Organization | None, is_mayor: bool) -> Post:
    """The post there is of that name in that place, made where there is none. A city has one mayor's post."""
    where = {"city": city, "organization": organization}
    named = {"is_mayor": True} if is_mayor else {"label": label, "is_mayor": False}
    standing = Post.objects.filter(**where, **named).order_by("pk").first()
    return standing or Post.objects.create(**where, label=label, language=language, is_mayor=is_mayor)
