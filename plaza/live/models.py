"""The room of a meeting: its questions, who seconds them, its polls, who voted."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from plaza.accounts.access import Asker, is_member, is_staff, the_user
from plaza.core.languages import CHOICES
from plaza.core.translations import Translated
from plaza.live.choices import UNANSWERED, PollState, QuestionState
from plaza.meetings.choices import AppearanceRole
from plaza.meetings.models import Appearance, Meeting, Session
from plaza.registration.models import Registration

LONGEST_QUESTION = 500
LONGEST_ANSWER = 1000
LONGEST_REASON = 300
LONGEST_CHOICES = 2000
# A room outlives its meeting, which may last longer than it was announced, and in its own zone later than ours.
A_DAY = dt.timedelta(days=1)


def room_stays_closed(meeting: Meeting) -> bool:
    """It will not be (then), or the day after it is over too: by the day, for pages that are kept show it."""
    end = meeting.ends_at.date() if meeting.ends_at is not None else meeting.date_end
    return meeting.is_off or (end is not None and end + A_DAY < timezone.localdate())


def stages_moderated_by(user: Asker) -> "models.QuerySet[Appearance]":
    """Where she is on stage as the moderator, of a session that is held."""
    stages = Appearance.objects.filter(role=AppearanceRole.MODERATOR, session__is_cancelled=False)
    return stages.filter(person__user=the_user(user))


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: Asker) -> "RoomQuerySet":
        """Whoever sees the meeting sees that it has a room. Who comes in is asked of plaza.live.access."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Room(models.Model):
    """Where a meeting's people ask and vote. Pages for everybody show whether it is open."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="live_room")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    takes_questions = models.BooleanField(default=True)
    # A question is seen by the others once a moderator let it pass.
    waits_for_moderator = models.BooleanField(default=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="a_room_closes_after_it_opened",
            ),
        )

    def __str__(self) -> str:
        return f"the room of {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("live:live", args=[self.meeting.slug])

    @property
    def is_left_open(self) -> bool:
        """Nobody has closed it."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def stays_closed(self) -> bool:
        return room_stays_closed(self.meeting)

    @property
    def is_open(self) -> bool:
        return self.is_left_open and not self.stays_closed


class Pulse(models.Model):
    """Changes with each deed in a room, in the same transaction: by it browsers know whether there is anything new. A row of
    its own, for the room's is watched by pages for everybody. Whoever does something in the room holds it."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="pulse")
    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.room}: {self.number}"


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Asker) -> "QuestionQuerySet":
        """The one gate, for those who run the network or moderate the meeting. The room itself shows `in_sight`."""
        if is_staff(user):
            return self
        if not is_member(user):
            return self.none()
        return self.filter(room__meeting__in=stages_moderated_by(user).values("session__meeting"))

    def in_sight(self) -> "QuestionQuerySet":
        """What everybody in the room sees."""
        return self.filter(state__in=[QuestionState.ASKED, QuestionState.ANSWERED])

    def unanswered(self) -> "QuestionQuerySet":
        return self.filter(state__in=UNANSWERED)

    def counted(self) -> "QuestionQuerySet":
        """Each with `n`, how many second it."""
        return self.annotate(n=Count("secondings"))

    def most_wanted_first(self, *then: str) -> "QuestionQuerySet":
        return self.counted().order_by(F("n").desc(), *(then or ("number",)))

    def for_list(self) -> "QuestionQuerySet":
        return self.select_related("asker__city__country", "session", "merged_into").prefetch_related(
            "session__translations"
        )


class Question(models.Model):
    """Asked in the room, in the words and the language of whoever asked. `key` is the hash of its folded words: one person
    asks the same once. Who erased herself left her question without her."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=LONGEST_QUESTION)
    language = models.CharField(max_length=2, choices=CHOICES)
    key = models.CharField(max_length=64, editable=False)
    asker = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="live_questions"
    )
    is_named = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=QuestionState.choices, default=QuestionState.ASKED)
    # A moderator let it pass, or nobody had to. It stays so whatever becomes of the question.
    is_passed = models.BooleanField(default=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged_questions"
    )
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answer_language = models.CharField(max_length=2, choices=CHOICES, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was dismissed")
    asked_at = models.DateTimeField(default=timezone.now)
    # When it was answered, joined to another or dismissed.
    decided_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "number"], name="one_question_of_a_room_a_number"),
            models.UniqueConstraint(fields=["room", "asker", "key"], name="one_asks_the_same_once"),
            models.CheckConstraint(condition=~Q(words=""), name="a_question_of_a_room_has_words"),
            models.CheckConstraint(
                condition=Q(state=QuestionState.MERGED, merged_into__isnull=False)
                | (~Q(state=QuestionState.MERGED) & Q(merged_into__isnull=True)),
                name="what_is_merged_went_into_another",
            ),
            models.CheckConstraint(
                condition=Q(is_passed=True) | Q(state__in=[QuestionState.WAITING, QuestionState.DISMISSED]),
                name="what_the_room_sees_was_let_pass",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="no_question_goes_into_itself"),
            models.CheckConstraint(
                condition=Q(answer="", answer_language="")
                | (Q(state=QuestionState.ANSWERED) & ~Q(answer="") & ~Q(answer_language="")),
                name="an_answer_in_writing_has_a_language",
            ),
        )
        indexes = (models.Index(fields=["room", "state"], name="questions_of_a_room_by_state"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.words[:60]}"

    @property
    def asked_by(self) -> str:
        """As she chose to be shown: her name, or nothing. Nobody is shown more, whoever it is."""
        return self.asker.name if self.asker and self.is_named else ""

    @property
    def asked_from(self) -> str:
        return self.asker.place if self.asker and self.is_named else ""


class Seconding(models.Model):
    """Somebody wants this answered too. `through`: she seconded another, which was merged into this one."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="secondings")
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="live_secondings"
    )
    through = models.ForeignKey(Question, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["question", "registration"], name="one_seconds_a_question_once"),
        )

    def __str__(self) -> str:
        return f"seconding of question {self.question_id}"


class Poll(Translated):
    """`choices` has one in each line, and so have its translations: a vote keeps the line's number."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(max_length=LONGEST_QUESTION)
    choices = models.TextField(max_length=LONGEST_CHOICES)
    takes_several = models.BooleanField(default=False)
    shows_while_open = models.BooleanField(default=False)
    state = models.CharField(max_length=6, choices=PollState.choices, default=PollState.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)

    translated_fields = ("question", "choices")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(question=""), name="a_poll_asks_something"),
            models.CheckConstraint(condition=Q(choices__contains="\n"), name="a_poll_has_two_choices_at_least"),
        )

    def __str__(self) -> str:
        return self.question


class Vote(models.Model):
    """What somebody chose, by the numbers of the lines. It is never shown with her name."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="live_votes"
    )
    chosen: ClassVar = ArrayField(models.PositiveSmallIntegerField())
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["poll", "registration"], name="one_vote_a_person"),
            models.CheckConstraint(condition=Q(chosen__len__gt=0), name="a_vote_chooses_something"),
        )

    def __str__(self) -> str:
        return f"a vote in poll {self.poll_id}"
