"""Series, meetings, their sessions, and who appears in a session as what."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from plaza.accounts.access import Asker, is_member, is_staff
from plaza.core.dates import Dated
from plaza.core.translations import Translated
from plaza.directory.models import City, Organization, Person
from plaza.knowledge.choices import Visibility
from plaza.knowledge.models import Work
from plaza.meetings.choices import AppearanceRole, MeetingKind, MeetingStatus, OrganiserRole
from plaza.topics.models import Topic


class Series(Translated):
    """Meetings that belong together, often numbered."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=300)

    translated_fields = ("title",)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


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
        """Those that are not over today, with what a line of a list shows; the next first."""
        still = self.filter(date_end__gte=timezone.localdate()).exclude(status=MeetingStatus.CANCELLED)
        return still.for_list().order_by("date_start", "pk")


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
    # Where it was held, and which cities it was about.
    places: ClassVar = models.ManyToManyField(City, related_name="meetings_held", blank=True)
    about: ClassVar = models.ManyToManyField(City, related_name="meetings_about", blank=True)
    topics: ClassVar = models.ManyToManyField(Topic, related_name="meetings", blank=True)
    is_fictional = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    translated_fields = ("title", "summary")
    objects = MeetingQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = (
            # As lists order them: an index that puts those without a date elsewhere is of no use to them.
            models.Index(F("date_start").desc(nulls_last=True), F("id").desc(), name="meetings_newest_first"),
            models.Index(fields=["date_end"], name="meetings_by_end"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.slug])


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Asker) -> "SessionQuerySet":
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Session(Translated):
    """A part of a meeting; a plain webinar has one. Its works are what it left behind."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=300, blank=True)
    works: ClassVar = models.ManyToManyField(Work, related_name="sessions", blank=True)

    translated_fields = ("title",)
    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["meeting", "number"], name="one_session_a_number"),)

    def __str__(self) -> str:
        return self.title or str(self.meeting)


class Appearance(models.Model):
    """A person in a session, with the affiliation of that day (mayors change)."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="appearances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appearances")
    role = models.CharField(max_length=9, choices=AppearanceRole.choices, default=AppearanceRole.SPEAKER)
    affiliation = models.CharField(max_length=300, blank=True)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="appearances")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="appearances"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["session", "person", "role"], name="one_appearance_a_role"),)

    def __str__(self) -> str:
        return f"{self.person} ({self.role})"


class OrganiserQuerySet(models.QuerySet["Organiser"]):
    def visible_to(self, user: Asker) -> "OrganiserQuerySet":
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Organiser(models.Model):
    """A city or an organisation that held a meeting, or helped to."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="organisers")
    role = models.CharField(max_length=7, choices=OrganiserRole.choices, default=OrganiserRole.HOST)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.CASCADE, related_name="organises")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="organises"
    )

    objects = OrganiserQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(city__isnull=False, organization__isnull=True)
                | Q(city__isnull=True, organization__isnull=False),
                name="a_city_or_an_organisation_organises",
            ),
            models.UniqueConstraint(
                fields=["meeting", "role", "city", "organization"], nulls_distinct=False, name="one_organiser_a_role"
            ),
        )

    def __str__(self) -> str:
        return f"{self.city or self.organization} ({self.role})"
