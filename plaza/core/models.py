"""Tables that belong to no domain: history, translations, how often somebody knocks, that something changed."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from plaza.core.languages import CHOICES


class HistoryEntry(models.Model):
    """One thing that was done to one record. Never edited, never copied: ids and short words only."""

    verb = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=400, blank=True)
    details = models.JSONField(default=dict, blank=True)
    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")

    class Meta:
        indexes = (models.Index(fields=["subject_type", "subject_id", "at"], name="history_of_subject"),)


class Origin(models.TextChoices):
    """Who or what made a translation."""

    HUMAN = "human"
    MACHINE = "machine"
    SOURCE = "source"


class Translation(models.Model):
    """One field of one record in another language than its own, with who or what made it."""

    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=CHOICES)
    text = models.TextField()
    origin = models.CharField(max_length=7, choices=Origin.choices)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "field", "language"], name="one_translation_a_language"
            ),
        )


class TokenBucket(models.Model):
    """How many more times somebody may knock (plaza.core.rate). The key is an HMAC: it says neither who nor what."""

    key = models.CharField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(tokens__gte=0), name="a_bucket_is_never_overdrawn"),)


class DataChange(models.Model):
    """A transaction changed what pages show (plaza.core.changes). Written by the database's own trigger only."""

    at = models.DateTimeField()
