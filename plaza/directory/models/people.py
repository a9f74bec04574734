"""Organisations, people, and who held which post from when to when (Popolo)."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from plaza.accounts.access import Asker
from plaza.core.folding import fold
from plaza.core.languages import CHOICES
from plaza.core.person_names import keys_of, known_by, words_of
from plaza.core.translations import Translated
from plaza.directory.choices import OrganisationType, Sector
from plaza.directory.models.places import City, Country
from plaza.directory.models.spans import one_at_a_time


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def for_list(self) -> "OrganizationQuerySet":
        return self.select_related("country", "city__country").order_by("name_sort", "pk")


class Organization(Translated):
    """`summary` is what it says of itself, in its `language`; other languages stand beside it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=300)
    name_sort = models.CharField(max_length=300, db_index=True, default="", editable=False)
    language = models.CharField(max_length=2, choices=CHOICES, blank=True)
    summary = models.TextField(max_length=2000, blank=True)
    type = models.CharField(max_length=2, choices=OrganisationType.choices, default=OrganisationType.OTHER)
    sector = models.CharField(max_length=8, choices=Sector.choices, default=Sector.PUBLIC)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="organisations")
    website = models.URLField(blank=True)
    is_fictional = models.BooleanField(default=False)

    translated_fields = ("summary",)
    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(summary="") | ~Q(language=""), name="what_an_organisation_says_has_a_language"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_sort = fold(self.name)[:300]
        if kwargs.get("update_fields") and "name" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_sort"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("portal:organisation", args=[self.slug])


class NameWord(models.Model):
    """A word of a name of somebody here, with what is one slip away from it."""

    word = models.CharField(max_length=40, primary_key=True)
    keys = ArrayField(models.CharField(max_length=42))

    class Meta:
        indexes = (
            GinIndex(fields=["keys"], name="name_words_by_keys"),
            GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="name_words_by_trigrams"),
        )

    def __str__(self) -> str:
        return self.word

    @staticmethod
    def note(*names: str) -> None:
        """Noting a word again changes nothing."""
        words = sorted({word for name in names for word in words_of(name)})
        rows = [NameWord(word=word, keys=keys_of(word)) for word in words]
        NameWord.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)


def not_named() -> str:
    """What stands instead of the name of somebody who asked not to be named."""
    return _("a person who asked not to be named")


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Asker) -> "PersonQuerySet":
        """The one gate of people. Who asked not to be named is shown to nobody; those who run the network find her at
        her desk (`standing`)."""
        return self.standing().filter(is_withdrawn=False)

    def standing(self) -> "PersonQuerySet":
        """Those who were not merged into another."""
        return self.filter(merged_into__isnull=True)


class Person(models.Model):
    """`known_as` is what she is found by: words of her name, and of names under which she had another record. Who
    `is_withdrawn` is named nowhere: what she said stays as words of a meeting."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    name_sort = models.CharField(max_length=200, db_index=True, editable=False)
    known_as = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    language = models.CharField(max_length=2, choices=CHOICES, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    is_withdrawn = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        indexes = (GinIndex(fields=["known_as"], name="people_by_names"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="nobody_is_merged_into_themself",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_sort = fold(self.name)[:200]
        if self._state.adding:
            self.known_as = known_by([self.name])
            NameWord.note(self.name)
        super().save(*args, **kwargs)

    @property
    def called(self) -> str:
        """As everybody may read it."""
        return not_named() if self.is_withdrawn else self.name

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
