"""Who is the mayor of a city: one at a time."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import Language
from plaza.directory.domain.focal_points import settle_others
from plaza.directory.domain.people import EndsBeforeItStarts, appoint
from plaza.directory.models import City, HandOver, Membership, NetworkMembership, Person
from plaza.directory.models.terms import on_day


def mayor_on(city: City, day: dt.date) -> Membership | None:
    rows = Membership.objects.filter(on_day(day), post__city=city, post__is_mayor=True)
    return rows.select_related("person", "post").order_by("-start", "pk").first()


@transaction.atomic
def hand_over(
    *,
    city: City,
    person: Person,
    on: dt.date,
    by: User | None,
    label: str = "",
    language: Language = "es",
    end: dt.date | None = None,
) -> Membership:
    """Ends the mayor's term the day before, and begins the next one's: one deed, so that there are never two."""
    City.objects.select_for_update().only("pk").get(pk=city.pk)
    standing = Membership.objects.filter(post__city=city, post__is_mayor=True).filter(
        Q(end__isnull=True) | Q(end__gte=on)
    )
    for before in standing.select_for_update(of=("self",)).select_related("post"):
        if before.person_id == person.pk and (before.start is None or before.start <= on):
            return before
        if before.start and before.start >= on:
            raise EndsBeforeItStarts
        before.end = on - dt.timedelta(days=1)
        before.save(update_fields=["end"])
        history.record(verb="term ended", by=by, subject=before.person, post=before.post_id, on=before.end.isoformat())
        label = label or before.post.label
    row = appoint(
        person=person, label=label or city.called, language=language, city=city, is_mayor=True, start=on, end=end, by=by
    )
    NetworkMembership.objects.filter(city=city).update(mayor_post=row.post)
    mayors = HandOver.objects.filter(membership__post__city=city, membership__post__is_mayor=True)
    settle_others(mayors.exclude(membership=row), city, by)
    history.record(verb="mayor named", by=by, subject=city, person=person.pk, on=on.isoformat())
    return row
