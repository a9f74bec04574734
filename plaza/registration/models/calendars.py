"""The secret link to the calendar of one's own meetings."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from plaza.core.secret_links import hash_of


class OwnCalendarQuerySet(models.QuerySet["OwnCalendar"]):
    def opened_by(self, token: str) -> "OwnCalendarQuerySet":
        """Whoever has the link, and nobody else: a calendar program cannot sign in."""
        return self.filter(token_hash=hash_of(token))


class OwnCalendar(models.Model):
    """One an account, once it was asked for. The link is made again from `key`; another key is another link."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = OwnCalendarQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of account {self.user_id}"
