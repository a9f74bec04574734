"""What was asked, and what was quoted in another language. No row here says who asked, from where or at what hour, and none
may learn to."""

import datetime as dt
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES
from plaza.directory.models import City
from plaza.retrieval.text import LONGEST_QUERY
from plaza.search.choices import AskedState
from plaza.topics.models import Topic

# More wordings of one question would be read by nobody.
WORDINGS_SHOWN: Final = 8


class AskedGroupQuerySet(models.QuerySet["AskedGroup"]):
    def visible_to(self, user: Asker) -> "AskedGroupQuerySet":
        """The one gate: those who run the network, nobody else."""
        return self if is_staff(user) else self.none()

    def about(self, topic: Topic) -> "AskedGroupQuerySet":
        return self.filter(Q(topic=topic) | Q(topic__parent=topic))

    def waiting_in_vain(self) -> "AskedGroupQuerySet":
        """Of which some question found no answer, and nobody has decided yet."""
        in_vain = AskedQuestion.objects.in_vain().filter(group=models.OuterRef("pk"))
        return self.filter(models.Exists(in_vain), state=AskedState.OPEN)


class AskedGroup(models.Model):
    """Questions that ask the same, in whatever language. `question` and `language` are those of the first that is
    still kept: when that one is forgotten, the next one's words take their place."""

    question = models.CharField(max_length=LONGEST_QUERY)
    language = models.CharField(max_length=2, choices=CHOICES)
    state = models.CharField(max_length=9, choices=AskedState.choices, default=AskedState.OPEN)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="asked_groups")
    created_on = models.DateField()

    objects = AskedGroupQuerySet.as_manager()

    # Filled in by the read that lists groups.
    asked_in_vain: "list[AskedQuestion]"

    def __str__(self) -> str:
        return self.question

    def wordings(self) -> "list[AskedQuestion]":
        """The different words it was asked in, the newest first, without the words that stand for the group."""
        different: dict[tuple[str, str], AskedQuestion] = {}
        for row in self.asked_in_vain:
            different.setdefault((row.question, row.language), row)
        different.pop((self.question, self.language), None)
        return list(different.values())[:WORDINGS_SHOWN]

    def languages(self) -> list[str]:
        """The languages it was asked in, in vain, in the order of the alphabet."""
        return sorted({row.language for row in self.asked_in_vain})


class AskedQuestionQuerySet(models.QuerySet["AskedQuestion"]):
    def visible_to(self, user: Asker) -> "AskedQuestionQuerySet":
        """The one gate: those who run the network, nobody else."""
        return self if is_staff(user) else self.none()

    def in_vain(self) -> "AskedQuestionQuerySet":
        return self.filter(is_answered=False)

    def in_month(self, day: dt.date) -> "AskedQuestionQuerySet":
        """Asked in the month that `day` lies in."""
        return self.filter(asked_on__year=day.year, asked_on__month=day.month)

    def waiting(self) -> "AskedQuestionQuerySet":
        """Not yet put with the others that ask the same; the oldest first."""
        return self.filter(group__isnull=True).order_by("pk")

    def standing_for_their_groups(self, encoder: str) -> "AskedQuestionQuerySet":
        """Of each group the first question that has a vector of this encoder."""
        return (
            self.filter(group__isnull=False, encoder=encoder, vector__isnull=False)
            .order_by("group_id", "pk")
            .distinct("group_id")
        )


class AskedQuestion(models.Model):
    """Words that were asked on one day, and how often that day."""

    group = models.ForeignKey(AskedGroup, null=True, on_delete=models.SET_NULL, related_name="questions")
    question = models.CharField(max_length=LONGEST_QUERY)
    # The same without case, accents and marks: what is alike here asks the same, with or without an encoder.
    folded = models.CharField(max_length=LONGEST_QUERY)
    language = models.CharField(max_length=2, choices=CHOICES)
    asked_on = models.DateField()
    times = models.PositiveIntegerField(default=1)
    is_answered = models.BooleanField()
    # Half-precision numbers of `encoder`; null where none was at hand.
    vector = models.BinaryField(null=True)
    encoder = models.CharField(max_length=60, blank=True)
    cities: ClassVar = models.ManyToManyField(City, related_name="asked_questions", blank=True)

    objects = AskedQuestionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["asked_on", "language", "question"], name="same_words_a_day_count_up"),
            models.CheckConstraint(condition=Q(times__gte=1), name="a_question_was_asked"),
        )
        indexes = (models.Index(fields=["folded"], name="asked_alike_in_words"),)

    def __str__(self) -> str:
        return self.question


class QuoteTranslation(models.Model):
    """What a machine made of words that were quoted: so that nobody waits for it twice. Forgotten with the passages of their
    source, which is a recording of that number."""

    source = models.CharField(max_length=20)
    source_id = models.CharField(max_length=40)
    # A hash of the words that were said.
    key = models.CharField(max_length=32)
    language = models.CharField(max_length=2, choices=CHOICES)
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key", "language", "source", "source_id"], name="one_translation_a_quote"),
        )
        indexes = (models.Index(fields=["source", "source_id"], name="translations_of_a_source"),)

    def __str__(self) -> str:
        return self.text
