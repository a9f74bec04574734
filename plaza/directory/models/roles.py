"""Roles in one city or institution, and how people come in: by invitation, or asking to join."""

import datetime as dt
import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from plaza.accounts.choices import NetworkRole
from plaza.core.languages import CHOICES
from plaza.core.secret_links import hash_of
from plaza.directory.choices import JoinState, MembershipStatus, PlaceRole
from plaza.directory.models.people import Organization
from plaza.directory.models.places import City

LASTS: Final = dt.timedelta(days=14)


def in_two_weeks() -> dt.datetime:
    return timezone.now() + LASTS


class RoleInPlaceQuerySet(models.QuerySet["RoleInPlace"]):
    def active(self) -> "RoleInPlaceQuerySet":
        """Today, and never in a city that has left the network."""
        today = timezone.localdate()
        return self.filter(Q(end__isnull=True) | Q(end__gt=today), start__lte=today).exclude(
            city__network_membership__status=MembershipStatus.LEFT
        )


class RoleInPlace(models.Model):
    """From a day to a day, for one place. Rows are ended, not removed: who could do what is known afterwards."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles_in_places")
    role = models.CharField(max_length=18, choices=PlaceRole.choices)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    start = models.DateField(default=timezone.localdate)
    end = models.DateField(null=True, blank=True)

    objects = RoleInPlaceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(role=PlaceRole.CITY_EDITOR, city__isnull=False, organization__isnull=True)
                | Q(role=PlaceRole.INSTITUTION_EDITOR, city__isnull=True, organization__isnull=False),
                name="a_role_is_in_one_place_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="a_role_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "city", "organization"],
                condition=Q(end__isnull=True),
                nulls_distinct=False,
                name="one_open_role_a_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.place}"

    @property
    def place(self) -> str:
        return self.city.called if self.city else str(self.organization)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())

    def opened_by(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=hash_of(token))

    def for_list(self) -> "InvitationQuerySet":
        return self.select_related("invited_by", "city__country", "organization").order_by("-made_at", "-pk")


class Invitation(models.Model):
    """An address is invited into a role. Only the hash of the link is kept."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=CHOICES)
    network_role = models.CharField(max_length=13, choices=NetworkRole.choices, default=NetworkRole.MEMBER)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # By nobody in particular: a hand-over that the city itself confirmed; without a place, whoever runs the machine.
    is_by_network = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_weeks)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_waiting_invitation_an_address",
            ),
            models.CheckConstraint(
                condition=Q(city__isnull=True) | Q(organization__isnull=True), name="an_invitation_is_to_one_place"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="an_invitation_is_accepted_or_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def place(self) -> str:
        if self.city:
            return self.city.full_name
        return str(self.organization or "")

    @property
    def role(self) -> str:
        """As people say it: that of the place, where there is one."""
        if self.city:
            return str(PlaceRole.CITY_EDITOR.label)
        return str(PlaceRole.INSTITUTION_EDITOR.label if self.organization else NetworkRole(self.network_role).label)


class JoinRequest(models.Model):
    """Somebody without an account asks to join. Name, address and words go when it is answered."""

    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    words = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=JoinState.choices, default=JoinState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), condition=Q(state=JoinState.ASKED), name="one_asking_an_address"),
            models.CheckConstraint(
                condition=Q(state=JoinState.ASKED) | Q(name="", email="", words=""), name="who_was_answered_is_not_kept"
            ),
        )

    def __str__(self) -> str:
        return self.email
