"""Recordings, the transcripts of what is said in them, and the segments of a transcript."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from plaza.accounts.access import Asker
from plaza.core.egress import MOST_LETTERS
from plaza.core.languages import CHOICES
from plaza.directory.models import Person
from plaza.knowledge.choices import RecordingState, TranscriptKind
from plaza.knowledge.models.works import PUBLIC_STATES, Work


class RecordingQuerySet(models.QuerySet["Recording"]):
    def visible_to(self, user: Asker) -> "RecordingQuerySet":
        return self.filter(work__in=Work.objects.visible_to(user))

    def ready(self) -> "RecordingQuerySet":
        return self.filter(state__in=PUBLIC_STATES)

    def for_titles(self) -> "RecordingQuerySet":
        """With what names it in any language."""
        return self.select_related("work").prefetch_related("work__translations")

    def for_list(self) -> "RecordingQuerySet":
        """With what a line of a list shows; newest first."""
        return (
            self.select_related("work")
            .prefetch_related("work__translations", "work__topics")
            .order_by(F("work__date_start").desc(nulls_last=True), "-pk")
        )


class Recording(models.Model):
    """What a camera or a microphone kept of a session: a file of ours, an address elsewhere, or neither
    (only its words were kept)."""

    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="recording")
    media_file = models.FileField(upload_to="recordings/", blank=True, max_length=200)
    media_url = models.URLField(blank=True, max_length=MOST_LETTERS)
    has_picture = models.BooleanField(default=False)
    duration = models.FloatField(default=0, help_text="seconds")
    state = models.CharField(max_length=11, choices=RecordingState.choices, default=RecordingState.RECEIVED)

    objects = RecordingQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.work)

    @cached_property
    def transcript(self) -> "Transcript | None":
        """The words in the recording's own language: a person's correction before what was first heard."""
        rows = [row for row in self.transcripts.all() if row.kind != TranscriptKind.TRANSLATION]
        return max(rows, key=lambda row: row.kind == TranscriptKind.CORRECTED, default=None)


class Transcript(models.Model):
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="transcripts")
    language = models.CharField(max_length=2, choices=CHOICES)
    kind = models.CharField(max_length=11, choices=TranscriptKind.choices, default=TranscriptKind.ORIGINAL)
    generator = models.CharField(max_length=120, blank=True)
    format = models.CharField(max_length=20, blank=True)
    # What the file held that could not be read, with line and reason: nothing is dropped in silence.
    put_aside = models.JSONField(default=list, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["recording", "language", "kind"], name="one_transcript_a_language_and_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.recording} ({self.language})"


class Segment(models.Model):
    """Words between two seconds. `speaker_label` is what the file heard, and shown by `domain.speakers` only; `person` who
    it was."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="segments")
    number = models.PositiveIntegerField()
    start = models.FloatField(help_text="seconds")
    end = models.FloatField(help_text="seconds")
    speaker_label = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="segments")
    text = models.TextField()
    confidence = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["transcript", "number"], name="one_segment_a_number"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="a_segment_ends_after_it_starts"),
        )
        indexes = (models.Index(fields=["transcript", "start"], name="segments_by_time"),)

    def __str__(self) -> str:
        return self.text
