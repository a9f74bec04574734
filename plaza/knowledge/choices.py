from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkKind(models.TextChoices):
    RECORDING = "recording", _("recording")
    NOTES = "notes", _("notes")
    SUMMARY = "summary", _("summary")
    PRESENTATION = "presentation", _("presentation")
    PUBLICATION = "publication", _("publication")
    AGENDA = "agenda", _("agenda")
    REPORT = "report", _("report")
    TRANSCRIPT = "transcript", _("transcript")
    WEBSITE = "website", _("website")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members of the network")
    PRIVATE = "private", _("the secretariat only")


class RecordingState(models.TextChoices):
    """OpenCouncil's pipeline, with a person's gate before publication."""

    RECEIVED = "received", _("received")
    TRANSCRIBED = "transcribed", _("transcribed")
    CORRECTED = "corrected", _("corrected")
    REVIEWED = "reviewed", _("reviewed")
    PUBLISHED = "published", _("published")
    INDEXED = "indexed", _("published and searchable")


class TranscriptKind(models.TextChoices):
    ORIGINAL = "original", _("original")
    TRANSLATION = "translation", _("translation")
    CORRECTED = "corrected", _("corrected")
