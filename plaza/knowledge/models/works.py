"""A work: anything a meeting leaves behind or a city publishes."""

import uuid
from typing import ClassVar

from django.db import models
from django.urls import reverse

from plaza.accounts.access import Asker, is_member, is_staff
from plaza.core.dates import Dated
from plaza.core.translations import Translated
from plaza.knowledge.choices import RecordingState, Visibility, WorkKind
from plaza.topics.models import Topic

PUBLIC_STATES = (RecordingState.PUBLISHED, RecordingState.INDEXED)


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, user: Asker) -> "WorkQuerySet":
        """The one gate of works. Who runs the network sees all; members what is published for them;
        anyone what is published for everyone."""
        if is_staff(user):
            return self
        published = self.filter(is_published=True)
        if is_member(user):
            return published.filter(visibility__in=[Visibility.PUBLIC, Visibility.MEMBERS])
        return published.filter(visibility=Visibility.PUBLIC)

    def for_links(self) -> "WorkQuerySet":
        """With what names a work and tells where it stands, here and elsewhere."""
        return self.select_related("recording", "material").prefetch_related("translations")

    def about(self, topic: Topic) -> "WorkQuerySet":
        return self.filter(topics__in=[topic, *topic.leaves.all()]).distinct()


class Work(Translated, Dated):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=WorkKind.choices)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    licence = models.CharField(max_length=80, blank=True)
    rights = models.CharField(max_length=300, blank=True)
    visibility = models.CharField(max_length=7, choices=Visibility.choices, default=Visibility.PUBLIC)
    is_published = models.BooleanField(default=False)
    topics: ClassVar = models.ManyToManyField(Topic, related_name="works", blank=True)
    is_fictional = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    translated_fields = ("title", "summary")
    objects = WorkQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = (models.Index(fields=["-date_start", "-id"], name="works_by_date"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """A recording whose words or sound came in has a page with a player; anything else has a plain one. Costs a
        query where the work was not fetched `for_links`."""
        return reverse("knowledge:recording" if hasattr(self, "recording") else "portal:work", args=[self.slug])

    @property
    def can_be_had(self) -> bool:
        """Whether there is more to open than its name. Costs queries where the work was not fetched `for_links`."""
        material = getattr(self, "material", None)
        return hasattr(self, "recording") or (material is not None and (material.is_reachable or bool(material.file)))
