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


class MaterialState(models.TextChoices):
    """Where a work can be had. `gone` is what a server said, `lost` what a person said."""

    NAMED = "named", _("named, without an address")
    LINKED = "linked", _("at an address elsewhere")
    KEPT = "kept", _("a copy is kept here")
    GONE = "gone", _("its address died")
    LOST = "lost", _("lost")


class LinkAnswer(models.TextChoices):
    """What came back when an address was looked at."""

    THERE = "there", _("It is there.")
    NOT_THERE = "not-there", _("The server says that there is no such page.")
    NOT_SHOWN = "not-shown", _("The server does not show it to everyone, or not just now; it cannot be checked.")
    NOT_WANTED = "not-wanted", _("The site asks programs not to look; it cannot be checked.")
    FRONT_PAGE = "front-page", _("The address leads to the front page of a site now; see whether it is still there.")
    WRONG = "wrong", _("The server answers with an error.")
    SILENT = "silent", _("No server answers there.")
    INSIDE = "inside", _("The address leads inside a private network now.")
    NO_LINE = "no-line", _("No site at all could be reached that day; it will be looked at again.")


class KeptBecause(models.TextChoices):
    """What allows the network to keep a copy."""

    LICENCE = "licence", _("its licence allows it")
    NETWORK = "network", _("the network holds the rights")
