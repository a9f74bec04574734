"""Cities on their way into the network: somebody applied for one, or those who run the network invited it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES
from plaza.core.secret_links import hash_of
from plaza.directory.choices import OPEN_APPLICATIONS, ApplicationState
from plaza.directory.models.places import City


class CityApplicationQuerySet(models.QuerySet["CityApplication"]):
    def visible_to(self, user: Asker) -> "CityApplicationQuerySet":
        """The one gate: those who run the network. Whoever applied or was invited has her link instead."""
        return self if is_staff(user) else self.none()

    def open(self) -> "CityApplicationQuerySet":
        return self.filter(state__in=OPEN_APPLICATIONS)

    def waiting(self) -> "CityApplicationQuerySet":
        """For an answer of those who run the network."""
        return self.filter(state__in=(ApplicationState.ASKED, ApplicationState.CONFIRMED))

    def beside(self, row: "CityApplication") -> "CityApplicationQuerySet":
        """The other open ones for the same city: somebody else may have written in its name."""
        same = Q(city=row.city_id) if row.city_id else Q(city__isnull=True, typed__iexact=row.typed)
        return self.open().filter(same).exclude(pk=row.pk)

    def opened_by(self, token: str) -> "CityApplicationQuerySet":
        return self.filter(token_hash=hash_of(token))

    def for_list(self) -> "CityApplicationQuerySet":
        """Confirmed ones first, then what waits longest."""
        is_sure = models.Case(models.When(state=ApplicationState.CONFIRMED, then=0), default=1)
        return self.select_related("city__country", "invited_by").order_by(is_sure, "made_at", "pk")


class CityApplication(models.Model):
    """Name, post, address and words go when it is answered. `typed` is a city that the gazetteer does not have."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.CASCADE, related_name="applications")
    typed = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    state = models.CharField(max_length=9, choices=ApplicationState.choices, default=ApplicationState.ASKED)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = CityApplicationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "city",
                Lower("email"),
                condition=Q(state=ApplicationState.INVITED),
                name="one_open_invitation_a_city_and_address",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_APPLICATIONS) | Q(name="", post="", email="", words="", typed=""),
                name="whose_application_was_answered_is_not_kept",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_APPLICATIONS, answered_at__isnull=True)
                | (~Q(state__in=OPEN_APPLICATIONS) & Q(answered_at__isnull=False)),
                name="an_application_is_open_or_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ApplicationState.INVITED, ApplicationState.ACCEPTED)) | Q(city__isnull=False),
                name="a_city_that_comes_in_is_known",
            ),
        )
        indexes = (models.Index(fields=["state", "made_at"], name="city_applications_waiting"),)

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """The city, as the gazetteer or the applicant calls it."""
        return self.city.full_name if self.city else self.typed

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_APPLICATIONS
