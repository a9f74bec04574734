"""Records that may be one person, and records that were found to be."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from plaza.directory.models.people import Person


class TwinsQuerySet(models.QuerySet["Twins"]):
    def open(self) -> "TwinsQuerySet":
        """Those nobody has decided on, of records that stand."""
        return self.filter(are_two=False, first__merged_into__isnull=True, second__merged_into__isnull=True)

    def for_list(self) -> "TwinsQuerySet":
        return self.select_related("first", "second").order_by("-likeness", "pk")


class Twins(models.Model):
    """Two records that may be one person, and why: `reasons` are pairs of a code and what it is about. `are_two`:
    somebody looked, and they are not."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    are_two = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = TwinsQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="two_are_compared_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_older_record_comes_first"),
        )
        indexes = (models.Index(fields=["-likeness", "id"], name="twins_to_look_at", condition=Q(are_two=False)),)

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class Merge(models.Model):
    """`gone` became part of `kept`. `moved` is what plaza.core.merging wrote down of it, with the account."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="a_record_goes_into_one_other"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="a_record_is_not_merged_with_itself"),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
