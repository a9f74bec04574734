"""Corrections asked for, and what was said about each."""

import uuid
from typing import Final

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES
from plaza.core.secret_links import hash_of
from plaza.corrections.choices import OPEN, Capacity, CorrectionKind, CorrectionState

LONGEST_TEXT: Final = 5000


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: Asker) -> "CorrectionQuerySet":
        """The one gate: those who run the network. The asker has her link instead."""
        return self if is_staff(user) else self.none()

    def followed_by(self, token: str) -> "CorrectionQuerySet":
        """The one that a secret link opens."""
        return self.filter(token_hash=hash_of(token))

    def open(self) -> "CorrectionQuerySet":
        return self.filter(state__in=OPEN)

    def late(self) -> "CorrectionQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())

    def for_list(self) -> "CorrectionQuerySet":
        """What waits longest first, then what is closed, the newest first."""
        is_closed = models.Case(models.When(state__in=OPEN, then=0), default=1)
        return self.order_by(
            is_closed, models.Case(models.When(state__in=OPEN, then="due_on")), "-closed_at", "-year", "-serial"
        )


class Correction(models.Model):
    """What somebody asks to be mended. Her name, address and words are erased some time after it was closed
    (`erased_at`); number, days, kind and outcome stay."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    # Of the form and all that stood in it: the same form sent twice is one request.
    fingerprint = models.CharField(max_length=64, unique=True, null=True)
    kind = models.CharField(max_length=10, choices=CorrectionKind.choices)
    capacity = models.CharField(max_length=6, choices=Capacity.choices, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    wrong = models.TextField(max_length=LONGEST_TEXT, blank=True)
    wish = models.TextField(max_length=LONGEST_TEXT, blank=True)
    # The record as it was found when she asked; `about` its name or her own words, `path` its page without a language.
    subject_type = models.ForeignKey(ContentType, null=True, on_delete=models.SET_NULL, related_name="+")
    subject_id = models.PositiveBigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    about = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=CorrectionState.choices, default=CorrectionState.RECEIVED)
    received_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "serial"], name="one_correction_a_number"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at__isnull=True) | (~Q(state__in=OPEN) & Q(closed_at__isnull=False)),
                name="a_correction_is_closed_or_open",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(closed_at__isnull=False, name="", email="", wrong="", wish="", about="", path=""),
                name="an_erased_correction_names_nobody",
            ),
        )
        indexes = (models.Index(fields=["state", "due_on"], name="corrections_by_due_day"),)

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"C-{self.year}-{self.serial:04d}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class CorrectionWord(models.Model):
    """Something said about it afterwards: by the asker (`by` is None), or an answer of the network."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="words")
    is_answer = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(max_length=LONGEST_TEXT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="a_word_says_something"),)

    def __str__(self) -> str:
        return self.text
