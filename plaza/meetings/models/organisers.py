"""Who held a meeting, or helped to."""

from django.db import models
from django.db.models import Q

from plaza.accounts.access import Asker
from plaza.directory.models import City, Organization
from plaza.meetings.choices import OrganiserRole
from plaza.meetings.models.meetings import Meeting


class OrganiserQuerySet(models.QuerySet["Organiser"]):
    def visible_to(self, user: Asker) -> "OrganiserQuerySet":
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Organiser(models.Model):
    """A city or an organisation that held a meeting, or helped to."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="organisers")
    role = models.CharField(max_length=7, choices=OrganiserRole.choices, default=OrganiserRole.HOST)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.CASCADE, related_name="organises")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="organises"
    )

    objects = OrganiserQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(city__isnull=False, organization__isnull=True)
                | Q(city__isnull=True, organization__isnull=False),
                name="a_city_or_an_organisation_organises",
            ),
            models.UniqueConstraint(
                fields=["meeting", "role", "city", "organization"], nulls_distinct=False, name="one_organiser_a_role"
            ),
        )

    def __str__(self) -> str:
        return f"{self.city or self.organization} ({self.role})"
