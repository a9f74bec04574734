"""Reports of attendance, the people in them, and when each was there. Who came is read from these, never kept beside them."""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.attendance.choices import FOUND, OPEN, CameBy, ImportState, Match, Order
from plaza.directory.models import City, Person
from plaza.meetings.models import Meeting, Session

LONGEST_NAME: Final = 200


class ImportQuerySet(models.QuerySet["AttendanceImport"]):
    def visible_to(self, user: Asker) -> "ImportQuerySet":
        """The one gate: those who run the network, nobody else."""
        return self if is_staff(user) else self.none()

    def standing(self) -> "ImportQuerySet":
        return self.exclude(state=ImportState.TAKEN_BACK)

    def waiting(self) -> "ImportQuerySet":
        """Where a person has something to say."""
        return self.filter(state__in=[ImportState.ASKED, ImportState.MATCHED])


class AttendanceImport(models.Model):
    """One report of one meeting. `report` is the answer of plaza.formats.attendance without its people: those are the rows.
    `asks` names what the file leaves open and only a person can tell: `order`, `day`, `zone`. `order` also says what the
    meeting's own day decided. Taken back, nothing of anybody is left but that a report was here."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance_imports")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="attendance_imports"
    )
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    format = models.CharField(max_length=20)
    rows_in = models.PositiveIntegerField()
    report = models.JSONField(default=dict)
    put_aside = models.JSONField(default=list)
    asks: Any = ArrayField(models.CharField(max_length=5), default=list)
    order = models.CharField(max_length=11, choices=Order.choices, blank=True)
    day = models.DateField(null=True)
    zone = models.CharField(max_length=60, blank=True, help_text="its IANA name")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.ASKED)
    came_by = models.CharField(max_length=4, choices=CameBy.choices, default=CameBy.FILE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "sha256"],
                condition=~Q(state=ImportState.TAKEN_BACK),
                name="a_report_comes_in_once_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ImportState.ASKED, ImportState.TAKEN_BACK])
                | (
                    (~Q(asks__contains=["zone"]) | ~Q(zone=""))
                    & (~Q(asks__contains=["order"]) | ~Q(order=""))
                    & (~Q(asks__contains=["day"]) | Q(day__isnull=False))
                ),
                name="what_a_report_leaves_open_is_said_before_it_counts",
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.TAKEN_BACK) | Q(report={}, put_aside=[]),
                name="of_a_report_taken_back_nothing_is_kept",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.format

    def get_absolute_url(self) -> str:
        return reverse("attendance:report", args=[self.pk])

    @property
    def is_taken_back(self) -> bool:
        return self.state == ImportState.TAKEN_BACK


class AttendanceRow(models.Model):
    """Somebody or something of a report, with all the rows of the file that tell of it. `seconds` is how long by the
    report itself. `times` is what the file says: [joined, left, row], as they stand there; the intervals are made of them.
    `candidates`: [[person, [reasons]]], the likeliest first. Decided without a person: a room, a program, nobody."""

    report = models.ForeignKey(AttendanceImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    other_name = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="under which one registered")
    email = models.CharField(max_length=254, blank=True)
    role = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    came = models.BooleanField(default=True)
    seconds = models.PositiveIntegerField(null=True)
    notes = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    source_rows: ClassVar = ArrayField(models.PositiveIntegerField(), default=list)
    match = models.CharField(max_length=13, choices=Match.choices, default=Match.UNKNOWN)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="attendances")
    city = models.ForeignKey(City, null=True, on_delete=models.SET_NULL, related_name="attendances")
    # As the report and its answers say them.
    country = models.CharField(max_length=80, blank=True)
    city_words = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=8, blank=True)
    candidates = models.JSONField(default=list)
    # Whether the person was made by the decision: undone, she goes again.
    made_person = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="one_row_of_attendance_a_number"),
            models.CheckConstraint(
                condition=Q(match__in=FOUND, person__isnull=False)
                | Q(match__in=OPEN, person__isnull=True)
                | Q(match=Match.DECIDED),
                name="who_was_found_is_somebody_and_who_is_open_is_nobody",
            ),
            models.CheckConstraint(
                condition=Q(made_person=False) | Q(match=Match.DECIDED, person__isnull=False),
                name="only_a_decision_makes_a_person_of_a_row",
            ),
        )
        indexes = (models.Index(fields=["report", "match", "number"], name="attendance_by_match"),)

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_open(self) -> bool:
        return self.match in OPEN

    @property
    def is_nobody(self) -> bool:
        return self.match == Match.DECIDED and self.person_id is None

    @property
    def reasons(self) -> list[str]:
        return [str(note) for note in self.notes]


class AttendanceInterval(models.Model):
    """From when to when. `left` is unknown where nothing tells it."""

    row = models.ForeignKey(AttendanceRow, on_delete=models.CASCADE, related_name="intervals")
    joined = models.DateTimeField()
    left = models.DateTimeField(null=True)
    source_row = models.PositiveIntegerField()

    class Meta:
        ordering = ("joined", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(left__isnull=True) | Q(left__gte=F("joined")), name="nobody_leaves_before_joining"
            ),
        )

    def __str__(self) -> str:
        return f"{self.joined} – {self.left}"


class SentReport(models.Model):
    """What a video server sent of its own accord, kept until a job has read it; then only that it came. Sent ten times, it is
    here once. `why`: it could not be read."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sent_reports")
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    received_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, help_text="a msgid")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["meeting", "sha256"], name="what_a_server_sends_is_kept_once"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(body=b""), name="of_what_was_read_nothing_is_kept_twice"
            ),
        )

    def __str__(self) -> str:
        return f"sent for {self.meeting}"


class Sighting(models.Model):
    """Somebody was seen in a room at every look from the first to the last. `key` is who she is to the room: whom we let in
    is not named here."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sightings")
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    moderates = models.BooleanField(default=False)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ("first_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "key", "first_at"], name="one_sighting_begins_at_a_look"),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="a_sighting_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return f"{self.key} in {self.meeting}"
