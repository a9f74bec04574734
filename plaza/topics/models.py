"""Urban topics and the goals they serve."""

from typing import ClassVar

from django.db import models

from plaza.core.names import Named


class SdgGoal(Named):
    """One of the 17 Sustainable Development Goals, by the United Nations' words."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    titles = models.JSONField(default=dict)


class SdgTarget(Named):
    """One of the 169 targets: `11.6`, `13.a`. `names` holds its whole text."""

    code = models.CharField(max_length=5, primary_key=True)
    goal = models.ForeignKey(SdgGoal, on_delete=models.CASCADE, related_name="targets")


class TopicQuerySet(models.QuerySet["Topic"]):
    def leaves(self) -> "TopicQuerySet":
        return self.filter(parent__isnull=False)

    def tops(self) -> "TopicQuerySet":
        return self.filter(parent__isnull=True)


class Topic(Named):
    """`climate` or, a leaf, `climate/adaptation`. Records are classified by leaves."""

    code = models.CharField(max_length=60, primary_key=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="leaves")
    position = models.PositiveSmallIntegerField()
    targets: ClassVar = models.ManyToManyField(SdgTarget, related_name="topics")
    dac_codes = models.JSONField(default=list)
    hint_words = models.JSONField(default=list)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
