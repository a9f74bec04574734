"""Who agreed to get the network's letters, saved choices of them, and the letters themselves."""

import datetime as dt
import uuid
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES, DEFAULT
from plaza.core.secret_links import hash_of
from plaza.directory.models import Person
from plaza.mail.models import Leaver, Letter
from plaza.newsletters.choices import UNDER_WAY, CopyState, IssueState, Purpose, Source, WhyEnded
from plaza.topics.models import Topic

# By this name mail knows the list one can leave.
LIST: Final = "newsletter"
# For how long the link in the letter confirms; afterwards what was asked for is forgotten.
LASTS: Final = dt.timedelta(days=14)
LONGEST_NAME: Final = 120
LONGEST_SUBJECT: Final = 120
LONGEST_TEXT: Final = 20_000


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def visible_to(self, user: Asker) -> "SubscriberQuerySet":
        """The one gate: those who run the network. The subscriber has her link instead."""
        return self if is_staff(user) else self.none()

    def opened_by(self, token: str) -> "SubscriberQuerySet":
        """The one that a secret link confirms."""
        return self.filter(token_hash=hash_of(token))

    def telling_whether_left(self) -> "SubscriberQuerySet":
        """Each with `left_at`: when she left the list, which mail knows."""
        return self.annotate(left_at=models.Subquery(_leavers().values("left_at")[:1]))

    def left_before(self, at: dt.datetime) -> "SubscriberQuerySet":
        return self.filter(models.Exists(_leavers().filter(left_at__lt=at)))

    def with_consent(self) -> "SubscriberQuerySet":
        """Confirmed, not ended and not left: only they get letters, and only they are counted."""
        return self.filter(~models.Exists(_leavers()), confirmed_at__isnull=False, ended_at__isnull=True)

    def unconfirmed(self) -> "SubscriberQuerySet":
        return self.filter(confirmed_at__isnull=True)


def _leavers() -> "models.QuerySet[Leaver]":
    return Leaver.objects.filter(list_name=LIST, address_hash=models.OuterRef("address_hash"))


class Subscriber(models.Model):
    """An address, and the words its owner agreed to. The link that confirms is made of `key`: a new one for each time
    she begins again."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254)
    # As mail hashes it for those who leave a list.
    address_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="subscriptions"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="subscriptions")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.NEWSLETTER)
    consent_words = models.TextField()
    consent_version = models.CharField(max_length=10)
    source = models.CharField(max_length=7, choices=Source.choices, default=Source.PAGE)
    topics: ClassVar = models.ManyToManyField(Topic, related_name="subscribers", blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=8, choices=WhyEnded.choices, blank=True)
    # What the mail server said of the address.
    reason = models.CharField(max_length=300, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="one_subscriber_an_address"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, why_ended="") | (Q(ended_at__isnull=False) & ~Q(why_ended="")),
                name="a_subscription_that_was_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("asked_at")),
                name="a_subscription_is_confirmed_after_it_was_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(consent_words="") & ~Q(consent_version=""), name="a_consent_keeps_its_words"
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def is_too_old(self) -> bool:
        return self.confirmed_at is None and self.asked_at < timezone.now() - LASTS


class Segment(models.Model):
    """A saved question over those with consent: `choices` holds for each field what it may be. Within a field any of
    them will do, and every field must hold."""

    name = models.CharField(max_length=120, unique=True)
    choices = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("newsletters:segment", args=[self.pk])


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, user: Asker) -> "IssueQuerySet":
        return self if is_staff(user) else self.none()

    def for_list(self) -> "IssueQuerySet":
        """With the words and the segment; the newest first."""
        return self.select_related("segment").prefetch_related("texts").order_by("-made_at", "-pk")


class Issue(models.Model):
    """One letter to many. From the moment it is sent its words and its segment stay as they were. `addressed` outlives
    the copies: what is kept in the end is how many, and not whom."""

    state = models.CharField(max_length=7, choices=IssueState.choices, default=IssueState.DRAFT)
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    default_language = models.CharField(max_length=2, choices=CHOICES, default=DEFAULT)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    addressed = models.PositiveIntegerField(default=0)
    # How many copies came to what, when the copies were forgotten.
    outcome = models.JSONField(default=dict, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=IssueState.DRAFT, sent_at__isnull=True, addressed=0)
                | (~Q(state=IssueState.DRAFT) & Q(sent_at__isnull=False, segment__isnull=False, addressed__gt=0)),
                name="a_newsletter_that_is_sent_has_a_segment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[IssueState.DRAFT, *UNDER_WAY], closed_at__isnull=True)
                | Q(state__in=[IssueState.SENT, IssueState.STOPPED], closed_at__isnull=False),
                name="a_newsletter_is_closed_or_not",
            ),
        )

    def __str__(self) -> str:
        texts = {text.language: text.subject for text in self.texts.all()}
        return texts.get(self.default_language) or next(iter(texts.values()), "") or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("newsletters:issue", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == IssueState.DRAFT

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class IssueText(models.Model):
    """Its words in one language; a language without a row is a gap."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2, choices=CHOICES)
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField(max_length=LONGEST_TEXT)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issue", "language"], name="one_text_a_language_of_a_newsletter"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="a_newsletter_says_something"),
        )

    def __str__(self) -> str:
        return self.subject


class Copy(models.Model):
    """One newsletter to one subscriber: never two. Its letter is written once, in the transaction that says so here."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="copies")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="copies")
    language = models.CharField(max_length=2, choices=CHOICES)
    state = models.CharField(max_length=8, choices=CopyState.choices, default=CopyState.WAITING)
    letter = models.OneToOneField(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issue", "subscriber"], name="one_copy_an_address"),
            models.CheckConstraint(
                condition=Q(state=CopyState.WAITING, written_at__isnull=True, letter__isnull=True)
                | ~Q(state=CopyState.WAITING),
                name="a_copy_that_waits_has_no_letter",
            ),
        )
        indexes = (
            models.Index(fields=["issue", "state", "id"], name="copies_by_state"),
            models.Index(fields=["written_at"], name="copies_by_time", condition=Q(written_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.issue} → {self.subscriber}"
