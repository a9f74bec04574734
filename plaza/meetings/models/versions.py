"""What people were told of a programme, each time."""

from django.conf import settings
from django.db import models

from plaza.meetings.models.meetings import Meeting


class ProgrammeVersion(models.Model):
    """The programme as it was when people were told of it, and what had changed since the time before. It names people by
    their number alone: who is erased is in no table."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    snapshot = models.JSONField()
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["meeting", "number"], name="one_programme_a_number"),)

    def __str__(self) -> str:
        return f"{self.meeting}: {self.number}"
