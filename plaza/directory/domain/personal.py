"""What the directory keeps of somebody with an account."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from plaza.core.personal import Whom
from plaza.directory.choices import StatedBy
from plaza.directory.domain import applications, handing_over
from plaza.directory.domain.withdrawing import hide
from plaza.directory.models import (
    CityApplication,
    CityProfile,
    Claim,
    Expertise,
    FocalPoint,
    HandOver,
    Invitation,
    JoinRequest,
    KnownAddress,
    Membership,
    Person,
    Profile,
    RoleInPlace,
    Twins,
)
from plaza.mail.domain import outbox


def tell(whom: Whom) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"what": "person", "name": person.name, "page": person.get_absolute_url()}
        for person in Person.objects.filter(user=whom.user)
    ]
    posts = Membership.objects.filter(person__user=whom.user).select_related("post__city", "post__organization")
    rows += [
        {"what": "post", "label": row.post.label, "in": row.post.place, "start": _day(row.start), "end": _day(row.end)}
        for row in posts.order_by("pk")
    ]
    rows += [
        {"what": "role", "role": row.role, "in": row.place, "start": _day(row.start), "end": _day(row.end)}
        for row in RoleInPlace.objects.filter(user=whom.user).select_related("city", "organization").order_by("pk")
    ]
    rows += [
        {"what": "invitation", "email": row.email, "made": row.made_at.isoformat()}
        for row in Invitation.objects.filter(email__iexact=whom.email).order_by("pk")
    ]
    rows += [
        {"what": "application for a city", "city": row.place, "name": row.name, "post": row.post, "words": row.words}
        for row in CityApplication.objects.filter(email__iexact=whom.email)
        .select_related("city__country")
        .order_by("pk")
    ]
    rows += [
        {"what": "named to come next", "city": row.city.called, "name": row.next_name, "post": row.next_post}
        for row in HandOver.objects.filter(next_email__iexact=whom.email).select_related("city").order_by("pk")
    ]
    rows += [
        {"what": "focal point", "city": row.city.called, "start": _day(row.start), "end": _day(row.end)}
        for row in FocalPoint.objects.filter(person__user=whom.user).select_related("city").order_by("pk")
    ]
    rows += [
        {"what": "claim", "person": row.person.name, "state": row.state, "asked": row.asked_at.isoformat()}
        for row in Claim.objects.filter(user=whom.user).select_related("person").order_by("pk")
    ]
    rows += [
        {"what": "known address", "email": row.email, "of": row.person.name}
        for row in KnownAddress.objects.filter(person__user=whom.user).select_related("person")
    ]
    rows += [
        {
            "what": "page",
            **{
                name: getattr(row, name) for name in ("bio", "email", "phone", "website", "orcid", "linkedin", "gender")
            },
        }
        for row in Profile.objects.filter(person__user=whom.user)
    ]
    rows += [
        {"what": "expertise", "topic": row.topic.called, "evidence": row.evidence, "link": row.link}
        for row in Expertise.objects.filter(person__user=whom.user).select_related("topic").order_by("pk")
    ]
    return rows


def erase(whom: Whom) -> None:
    """Her person is nobody's account any more; roles end; invitations and requests with her address go. Those she
    invited are invited no more: the letters that wait name her."""
    today = timezone.localdate()
    for role in RoleInPlace.objects.filter(user=whom.user, end__isnull=True):
        role.end = max(today, role.start)
        role.save(update_fields=["end"])
    for invitation in Invitation.objects.filter(invited_by=whom.user, accepted_at__isnull=True):
        outbox.forget(to=invitation.email, template="directory/invitation")
        Invitation.objects.filter(pk=invitation.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    Invitation.objects.filter(email__iexact=whom.email).delete()
    Claim.objects.filter(user=whom.user).delete()
    KnownAddress.objects.filter(email__iexact=whom.email).delete()
    applications.withdraw_all_of(whom.email)
    handing_over.forget_next(whom.email)
    CityProfile.objects.filter(contact__iexact=whom.email).update(contact="")
    hers = Person.objects.filter(Q(user=whom.user) | Q(merged_into__user=whom.user))
    Profile.objects.filter(person__in=hers).delete()
    Expertise.objects.filter(person__in=hers, stated_by=StatedBy.PERSON).delete()
    KnownAddress.objects.filter(person__in=hers).delete()
    for person in Person.objects.filter(user=whom.user):
        Twins.objects.filter(Q(first=person) | Q(second=person)).delete()
        hide(person=person, by=None)
        Person.objects.filter(pk=person.pk).update(user=None)
    JoinRequest.objects.filter(email__iexact=whom.email).delete()


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
