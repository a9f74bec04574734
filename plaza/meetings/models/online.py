"""Where a meeting happens online. Only those who have a place are led there: no page for everybody, no feed and no sheet
reads this."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.core.egress import MOST_LETTERS
from plaza.knowledge.models import Work
from plaza.meetings.choices import VenueKind
from plaza.meetings.models.meetings import Meeting

# A quarter of an hour is what people come early.
OPENS_BEFORE: Final = 15
MOST_BEFORE: Final = 240


class OnlineVenueQuerySet(models.QuerySet["OnlineVenue"]):
    def visible_to(self, user: Asker) -> "OnlineVenueQuerySet":
        """The one gate: those who run the network. Who has a place is led in without seeing it."""
        return self if is_staff(user) else self.none()

    def open_rooms(self) -> "OnlineVenueQuerySet":
        """Rooms of a server of ours that were opened and, as far as we know, have not ended."""
        rows = self.filter(kind=VenueKind.BIGBLUEBUTTON, opened_at__isnull=False, ended_at__isnull=True)
        return rows.select_related("meeting")


class OnlineVenue(models.Model):
    """`since` is the server's own mark of the present opening, `asked_at` when it was last asked to open the room."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="online_venue")
    kind = models.CharField(max_length=13, choices=VenueKind.choices)
    address = models.CharField(max_length=MOST_LETTERS, blank=True)
    records = models.BooleanField(default=False)
    opens_before = models.PositiveSmallIntegerField(default=OPENS_BEFORE, help_text="minutes")
    since = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Ended by those who run the network: that day nobody opens it again but they.
    closed_at = models.DateTimeField(null=True)

    objects = OnlineVenueQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=VenueKind.PLAIN, address__startswith="https://", records=False)
                | Q(kind=VenueKind.BIGBLUEBUTTON, address=""),
                name="a_link_has_an_address_and_a_room_of_ours_has_none",
            ),
            models.CheckConstraint(condition=Q(opens_before__lte=MOST_BEFORE), name="a_room_opens_that_day"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(opened_at__isnull=False), name="a_room_that_ended_was_opened"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting}: {self.kind}"

    @property
    def room(self) -> str:
        """How the server knows it."""
        return str(self.meeting.uuid)


class FoundRecording(models.Model):
    """A recording that the server made and shows. A person takes it, or passes it over."""

    venue = models.ForeignKey(OnlineVenue, on_delete=models.CASCADE, related_name="found_recordings")
    key = models.CharField(max_length=200)
    address = models.CharField(max_length=MOST_LETTERS)
    minutes = models.PositiveIntegerField(default=0)
    began = models.DateTimeField(null=True)
    found_at = models.DateTimeField(default=timezone.now)
    work = models.ForeignKey(Work, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["venue", "key"], name="a_recording_is_found_once"),)

    def __str__(self) -> str:
        return self.address
