"""The parts of a meeting: sessions with their tracks and rooms, and who appears in them as what."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from plaza.accounts.access import Asker
from plaza.core.languages import CHOICES
from plaza.core.translations import Translated
from plaza.directory.models import City, Organization, Person
from plaza.knowledge.models import Work
from plaza.meetings.choices import AppearanceRole, SessionKind
from plaza.meetings.models.meetings import Meeting


class Track(Translated):
    """A thread of a programme that one can follow from day to day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tracks")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    translated_fields = ("name",)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["meeting", "name"], name="one_track_a_name"),)

    def __str__(self) -> str:
        return self.name


class Room(Translated):
    """Where sessions are held at the same time: a hall, or an online room."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=120)
    seats = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    translated_fields = ("name",)

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["meeting", "name"], name="one_room_a_name"),)

    def __str__(self) -> str:
        return self.name


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Asker) -> "SessionQuerySet":
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Session(Translated):
    """A part of a meeting; a plain webinar has one. Its works are what it left behind."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    kind = models.CharField(max_length=8, choices=SessionKind.choices, default=SessionKind.TALK)
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    # Into which languages it is interpreted; it is held in its own.
    interpretation: ClassVar = ArrayField(models.CharField(max_length=2, choices=CHOICES), default=list, blank=True)
    is_cancelled = models.BooleanField(default=False)
    works: ClassVar = models.ManyToManyField(Work, related_name="sessions", blank=True)

    translated_fields = ("title", "summary")
    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="one_session_a_number"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="hours_of_a_session_in_order",
            ),
        )

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
