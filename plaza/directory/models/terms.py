"""Who speaks for a city from when to when, and what happens when a term ends."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES
from plaza.core.secret_links import hash_of
from plaza.directory.choices import HandOverState, TermKind
from plaza.directory.models.people import Membership, Person
from plaza.directory.models.places import City
from plaza.directory.models.spans import one_at_a_time

OPEN_HAND_OVERS = (HandOverState.ASKED, HandOverState.NAMED)


def on_day(day: dt.date) -> Q:
    """Of terms: those that run on a day. `end` is the last one."""
    return (Q(start__isnull=True) | Q(start__lte=day)) & (Q(end__isnull=True) | Q(end__gte=day))


class FocalPointQuerySet(models.QuerySet["FocalPoint"]):
    def on(self, day: dt.date) -> "FocalPointQuerySet":
        return self.filter(on_day(day))

    def for_list(self) -> "FocalPointQuerySet":
        return self.select_related("person").order_by("-is_main", F("start").desc(nulls_last=True), "-pk")


class FocalPoint(models.Model):
    """A person to whom the network turns in a city. A city may have several, and one of them is the main one."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="focal_points")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="focal_points")
    post = models.CharField(max_length=200, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    is_main = models.BooleanField(default=True)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="a_focal_point_ends_after_it_starts",
            ),
            one_at_a_time("city_id", condition=Q(is_main=True), name="one_main_focal_point_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.city.called}"


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, user: Asker) -> "HandOverQuerySet":
        """The one gate: those who run the network. The focal point and whoever is next have their links."""
        return self if is_staff(user) else self.none()

    def open(self) -> "HandOverQuerySet":
        return self.filter(state__in=OPEN_HAND_OVERS)

    def settle(self) -> int:
        """What is open of them is settled otherwise; returns how many."""
        return self.open().update(
            state=HandOverState.SETTLED, answered_at=timezone.now(), next_name="", next_post="", next_email=""
        )

    def opened_by(self, token: str) -> "HandOverQuerySet":
        return self.filter(token_hash=hash_of(token))

    def accepted_by(self, token: str) -> "HandOverQuerySet":
        return self.filter(next_token_hash=hash_of(token))

    def for_list(self) -> "HandOverQuerySet":
        return self.select_related(
            "city__country", "city__network_membership", "focal_point__person", "membership__person"
        ).order_by("ends_on", "pk")


class HandOver(models.Model):
    """A term ends on a day, and who comes next is asked for. What the next person's name and address are goes from here
    when she has accepted, or has not in time, or when it is settled otherwise. It outlives its term: one that never began
    is taken away, and what was asked for it stays, settled."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="hand_overs")
    focal_point = models.ForeignKey(
        FocalPoint, null=True, blank=True, on_delete=models.RESTRICT, related_name="hand_overs"
    )
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.RESTRICT, related_name="hand_overs"
    )
    ends_on = models.DateField()
    state = models.CharField(max_length=7, choices=HandOverState.choices, default=HandOverState.ASKED)
    # How many days before the end the last reminder went out; 0: after it. They only go down, so each goes out once.
    reminded = models.PositiveSmallIntegerField(null=True)
    # The day it was last asked anew, because whoever was named has not accepted: the links are good from there too.
    asked_again_on = models.DateField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    next_name = models.CharField(max_length=200, blank=True)
    next_post = models.CharField(max_length=200, blank=True)
    next_email = models.EmailField(max_length=254, blank=True)
    next_language = models.CharField(max_length=2, choices=CHOICES, blank=True)
    next_from = models.DateField(null=True)
    next_token_hash = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(focal_point__isnull=True) | Q(membership__isnull=True), name="a_hand_over_is_of_one_term"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN_HAND_OVERS) | Q(focal_point__isnull=False) | Q(membership__isnull=False),
                name="a_hand_over_is_open_while_its_term_stands",
            ),
            models.UniqueConstraint(
                fields=["focal_point", "membership", "ends_on"],
                condition=Q(focal_point__isnull=False) | Q(membership__isnull=False),
                nulls_distinct=False,
                name="one_hand_over_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state=HandOverState.NAMED) | Q(next_name="", next_post="", next_email=""),
                name="who_is_next_is_kept_until_she_accepts",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandOverState.NAMED) | Q(next_from__isnull=False) & ~Q(next_name=""),
                name="who_is_next_has_a_name_and_a_day",
            ),
        )
        indexes = (models.Index(fields=["state", "ends_on"], name="hand_overs_by_day"),)

    def __str__(self) -> str:
        return f"{self.kind.label}, {self.city.called}"

    @property
    def kind(self) -> TermKind:
        return TermKind.MAYOR if self.membership_id else TermKind.FOCAL_POINT

    @property
    def term(self) -> FocalPoint | Membership:
        term = self.focal_point or self.membership
        assert term is not None  # a constraint says so, while it is open
        return term
