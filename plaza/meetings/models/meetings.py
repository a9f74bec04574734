"""A meeting: what it is, when, where, who may see it."""

import uuid
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from plaza.accounts.access import Asker, is_member, is_staff
from plaza.core.dates import Dated
from plaza.core.languages import CHOICES, NATIVE_NAMES
from plaza.core.translations import Translated
from plaza.directory.models import City
from plaza.knowledge.choices import Visibility
from plaza.meetings.choices import AHEAD, OFF, MeetingKind, MeetingMode, MeetingStatus
from plaza.meetings.models.series import Series
from plaza.meetings.zones import called
from plaza.topics.models import Topic


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Asker) -> "MeetingQuerySet":
        """The one gate of meetings: drafts and private ones are for those who run the network."""
        if is_staff(user):
            return self
        announced = self.exclude(status=MeetingStatus.DRAFT)
        if is_member(user):
            return announced.filter(visibility__in=[Visibility.PUBLIC, Visibility.MEMBERS])
        return announced.filter(visibility=Visibility.PUBLIC)

    def for_titles(self) -> "MeetingQuerySet":
        """With what names it in any language."""
        return self.prefetch_related("translations")

    def telling_whether_heard(self) -> "MeetingQuerySet":
        """Each with `is_heard`: whether a recording of it is published, so that it speaks for itself."""
        from plaza.meetings.models.sessions import Session  # which points here

        heard = Session.works.through.objects.filter(
            session__meeting=models.OuterRef("pk"), work__is_published=True, work__recording__isnull=False
        )
        return self.annotate(is_heard=models.Exists(heard))

    def for_list(self) -> "MeetingQuerySet":
        """With what a line of a list shows; newest first, those without a date last."""
        return (
            self.select_related("series")
            .prefetch_related("translations", "topics", "series__translations")
            .order_by(F("date_start").desc(nulls_last=True), "-pk")
        )

    def upcoming(self) -> "MeetingQuerySet":
        """Those that are not over today and will be then, with what a line of a list shows; the next first."""
        still = self.filter(date_end__gte=timezone.localdate()).exclude(status__in=OFF)
        return still.for_list().order_by("date_start", F("starts_at").asc(nulls_last=True), "pk")


class Meeting(Translated, Dated):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=MeetingKind.choices, default=MeetingKind.EVENT)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="its number in the series")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    status = models.CharField(max_length=17, choices=MeetingStatus.choices, default=MeetingStatus.DRAFT)
    visibility = models.CharField(max_length=7, choices=Visibility.choices, default=Visibility.PUBLIC)
    # The hours, where they are known: `date` follows from them (domain.hours). The zone is the meeting's own.
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    timezone = models.CharField(max_length=40, blank=True, help_text="its IANA name")
    mode = models.CharField(max_length=9, choices=MeetingMode.choices, blank=True)
    venue = models.CharField(max_length=300, blank=True, help_text="the house and its address, as people find it")
    interpretation: ClassVar = ArrayField(models.CharField(max_length=2, choices=CHOICES), default=list, blank=True)
    is_own = models.BooleanField(default=True, help_text="held by the network, not only taken part in")
    # Where it was held, and which cities it was about.
    places: ClassVar = models.ManyToManyField(City, related_name="meetings_held", blank=True)
    about: ClassVar = models.ManyToManyField(City, related_name="meetings_about", blank=True)
    topics: ClassVar = models.ManyToManyField(Topic, related_name="meetings", blank=True)
    is_fictional = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    translated_fields = ("title", "summary")
    objects = MeetingQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = (  # type: ignore[assignment]  # one more than its parent's
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | (Q(ends_at__gt=F("starts_at")) & ~Q(timezone="")),
                name="hours_of_a_meeting_in_order_and_in_a_zone",
            ),
        )
        indexes = (
            # As lists order them: an index that puts those without a date elsewhere is of no use to them.
            models.Index(F("date_start").desc(nulls_last=True), F("id").desc(), name="meetings_newest_first"),
            models.Index(fields=["date_end"], name="meetings_by_end"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.slug])

    @property
    def is_off(self) -> bool:
        """It will not be, or not then."""
        return self.status in OFF

    @property
    def is_ahead(self) -> bool:
        """One may still come: it was announced, and is neither over nor called off."""
        return self.status in AHEAD and not self.is_off

    @property
    def clocks(self) -> str:
        """The zone by which its hours are told and its days begin: its own, and where none is known, UTC."""
        return self.timezone or "UTC"

    @property
    def spoken_into(self) -> str:
        """The languages it is interpreted into, by their own names."""
        return ", ".join(NATIVE_NAMES[code] for code in self.interpretation)

    @property
    def hours(self) -> str:
        """`09:00–10:30 (Bogotá)`, by its own clocks; of several days the hour it begins; nothing where it has none."""
        if self.starts_at is None or self.ends_at is None:
            return ""
        there = ZoneInfo(self.timezone)
        starts, ends = self.starts_at.astimezone(there), self.ends_at.astimezone(there)
        last = f"–{ends:%H:%M}" if starts.date() == ends.date() else ""
        return f"{starts:%H:%M}{last} ({called(self.timezone)})"
