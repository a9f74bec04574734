"""Pages that were read, and what they propose. A page keeps its text: each accepted word keeps its place in it."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from plaza.accounts.access import Asker, is_staff
from plaza.core.dates import ImpreciseDate, Precision, YearSource
from plaza.core.languages import CHOICES
from plaza.ingest.choices import Decision
from plaza.knowledge.choices import WorkKind
from plaza.knowledge.models import Work
from plaza.meetings.models import Meeting

# What a page calls a video is a recording here.
CALLED: Final = {"video": "recording"}


class ReadPageQuerySet(models.QuerySet["ReadPage"]):
    def visible_to(self, user: Asker) -> "ReadPageQuerySet":
        """The one gate: those who run the network, nobody else."""
        return self if is_staff(user) else self.none()


class ReadPage(models.Model):
    """`text` is what was read, `sha256` of it; `reading` the answer of plaza.formats.page without its meetings, which
    are the proposals."""

    name = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    url = models.URLField(blank=True, max_length=500)
    reading = models.JSONField(default=dict)
    # How many a job was asked to accept; 0 while none is at it.
    accepting = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReadPageQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Asker) -> "ProposalQuerySet":
        return self if is_staff(user) else self.none()

    def waiting(self) -> "ProposalQuerySet":
        return self.filter(decision=Decision.WAITING)


class Proposal(models.Model):
    """A meeting as a page tells it. `told` is the meeting of the reading; `face` its lines without case, accents and
    marks, hashed: the same words on another day are the same proposal."""

    page = models.ForeignKey(ReadPage, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    told = models.JSONField()
    face = models.CharField(max_length=64, db_index=True)
    confidence = models.FloatField()
    first_line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.WAITING)
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="told_by")
    # Whether this proposal made the meeting, or found it there; and what else it made: {"people": [ids], …}.
    made_it = models.BooleanField(default=False)
    made = models.JSONField(default=dict)
    # More of what another tells: the reader cut one meeting in two.
    joined_to = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    # The reader took two meetings for one: whose latter part this was, and what the whole looked like.
    split_from = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="cut_off")
    whole_face = models.CharField(max_length=64, blank=True, db_index=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("first_line", "number")
        constraints = (
            models.UniqueConstraint(fields=["page", "number"], name="one_proposal_a_number"),
            models.CheckConstraint(
                condition=Q(decision__in=[Decision.ACCEPTED, Decision.JOINED]) | Q(meeting__isnull=True),
                name="only_what_was_accepted_is_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.JOINED, joined_to__isnull=False)
                | (~Q(decision=Decision.JOINED) & Q(joined_to__isnull=True)),
                name="what_is_joined_has_one_it_is_joined_to",
            ),
        )

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> str:
        """As the page states it, or as we suggest it."""
        return str(self.told["title"] or self.told["suggested_title"] or "")

    @property
    def date(self) -> ImpreciseDate | None:
        told = self.whole["date"]
        if told is None:
            return None
        return ImpreciseDate(
            dt.date.fromisoformat(told["start"]),
            dt.date.fromisoformat(told["end"]),
            Precision(told["precision"]),
            YearSource(told["year"]),
        )

    @cached_property
    def whole(self) -> dict[str, Any]:
        """What it tells with what is joined to it. No query after `prefetch_related("parts")`."""
        whole: dict[str, Any] = dict(self.told)
        for part in self.parts.all():
            whole["date"] = whole["date"] or part.told["date"]
            for several in ("people", "materials", "sessions", "places"):
                whole[several] = [*whole[several], *part.told[several]]
            for names in ("cities", "organisations", "topics"):
                whole[names] = list(dict.fromkeys([*whole[names], *part.told[names]]))
        return whole

    @property
    def materials(self) -> list[str]:
        """What the page offers of it, in the reader's language."""
        return [str(WorkKind(CALLED.get(each["kind"], each["kind"])).label) for each in self.whole["materials"]]

    @property
    def people(self) -> list[dict[str, Any]]:
        """Those of the meeting and of its sessions, in order, each with `name`."""
        parts = [self.whole, *self.whole["sessions"]]
        return [person for part in parts for person in part["people"]]


class NamedWork(models.Model):
    """A material of a proposal, and the work it is: made of it, or there already. `number` counts the materials of the
    proposal from 1."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="named_works")
    number = models.PositiveSmallIntegerField()
    line = models.PositiveIntegerField()
    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="named_by")
    made_it = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["proposal", "number"], name="one_work_a_material"),
            models.UniqueConstraint(fields=["proposal", "work"], name="a_work_is_named_once_a_proposal"),
        )

    def __str__(self) -> str:
        return str(self.work)


class BroughtCalendarQuerySet(models.QuerySet["BroughtCalendar"]):
    def visible_to(self, user: Asker) -> "BroughtCalendarQuerySet":
        return self if is_staff(user) else self.none()


class BroughtCalendar(models.Model):
    """A calendar that was uploaded. `reading` is the answer of plaza.formats.calendars without its events, which are the
    rows; `left_out` counts what it holds beyond them."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    reading = models.JSONField(default=dict)
    left_out = models.PositiveIntegerField(default=0)
    brought_at = models.DateTimeField(auto_now_add=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = BroughtCalendarQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> str:
        """By whose clocks it says that it is meant as a whole; UTC says nothing."""
        said = self.reading.get("time_zone") or ""
        return "" if said == "UTC" else str(said)


class BroughtEvent(models.Model):
    """One time of one event. `key` is the same for the same event in a calendar of another day: its uid, and which of its
    times. `meeting`: what somebody took it for."""

    calendar = models.ForeignKey(BroughtCalendar, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64, db_index=True)
    told = models.JSONField()
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.SET_NULL, related_name="brought_by")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["calendar", "number"], name="one_brought_event_a_number"),)

    def __str__(self) -> str:
        return str(self.told["title"] or "")
