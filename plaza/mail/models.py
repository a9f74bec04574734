"""Letters that were written, and who does not want those of a list."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaza.core.languages import CHOICES
from plaza.mail.choices import LetterState


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> "LetterQuerySet":
        """Waiting, and their pause is over."""
        return self.filter(state=LetterState.WAITING, try_at__lte=timezone.now())

    def doubtful(self) -> "LetterQuerySet":
        """Nobody knows whether they went out: a person decides."""
        return self.filter(state=LetterState.DOUBTFUL)

    def for_list(self) -> "LetterQuerySet":
        """Those that need a person first, then the newest."""
        needs_a_person = models.Case(models.When(state=LetterState.DOUBTFUL, then=0), default=1)
        return self.order_by(needs_a_person, "-written_at", "-pk")


class Letter(models.Model):
    """One letter to one person, whole as it was written. `message_id` is made once: a copy that goes out twice is
    known by it. The words, and what was attached, are forgotten when it was sent."""

    to = models.EmailField(max_length=254)
    to_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    template = models.CharField(max_length=80)
    # The list it belongs to, by its name in plaza.mail.domain.lists; empty for what somebody asked for herself.
    list_name = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    headers = models.JSONField(default=dict, blank=True)
    # What plaza.mail.domain.attached.Attached says, one after another.
    attachments = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=LetterState.SENT) | ~Q(text=""), name="a_letter_keeps_its_words_until_it_is_sent"
            ),
        )
        indexes = (models.Index(fields=["state", "try_at"], name="letters_by_state"),)

    def __str__(self) -> str:
        return self.subject


class Leaver(models.Model):
    """Somebody who wants no more letters of a list, or of one thing the list is about (the reminders of one meeting). The
    address is hashed: it is compared, and never written to."""

    list_name = models.CharField(max_length=40)
    about = models.CharField(max_length=64, blank=True)
    address_hash = models.CharField(max_length=64)
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["list_name", "address_hash", "about"], name="one_leaves_a_list_once"),
        )
