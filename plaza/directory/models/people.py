"""Organisations, people, and who held which post from when to when (Popolo)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from plaza.core.folding import fold
from plaza.core.languages import CHOICES
from plaza.directory.choices import OrganisationType, Sector
from plaza.directory.models.places import City, Country
from plaza.directory.models.spans import one_at_a_time


class Organization(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    type = models.CharField(max_length=2, choices=OrganisationType.choices, default=OrganisationType.OTHER)
    sector = models.CharField(max_length=8, choices=Sector.choices, default=Sector.PUBLIC)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="organisations")
    website = models.URLField(blank=True)
    is_fictional = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    name_sort = models.CharField(max_length=200, db_index=True, editable=False)
    language = models.CharField(max_length=2, choices=CHOICES, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    is_fictional = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "people"
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="nobody_is_merged_into_themself",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_sort = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # handed through as they came

    def get_absolute_url(self) -> str:
        return reverse("portal:person", args=[self.slug])


class Post(models.Model):
    """A chair somebody sits on: mayor of a city, director in an organisation."""

    label = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=CHOICES)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.CASCADE, related_name="posts")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="posts"
    )
    is_mayor = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(city__isnull=False, organization__isnull=True)
                | Q(city__isnull=True, organization__isnull=False),
                name="a_post_is_in_one_place",
            ),
            models.UniqueConstraint(fields=["city"], condition=Q(is_mayor=True), name="one_mayor_post_a_city"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def place(self) -> str:
        """The city or organisation it belongs to."""
        return self.city.called if self.city else str(self.organization)


class Membership(models.Model):
    """A person in a post. Mayors change: what somebody was is asked as of a date."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="memberships")
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    # A city has one mayor at a time: said here too, for a constraint sees one table only.
    holds_alone = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = (
            one_at_a_time("post_id", condition=Q(holds_alone=True), name="one_mayor_at_a_time"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="a_membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "post", "start"], nulls_distinct=False, name="one_membership_a_start"
            ),
        )
