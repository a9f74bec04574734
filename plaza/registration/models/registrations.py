"""Who comes: one registration of one address for one meeting, its answers, its consents, what was written to it."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES
from plaza.core.secret_links import hash_of
from plaza.directory.choices import Sector
from plaza.directory.models import City, Person
from plaza.mail.models import Letter
from plaza.meetings.models import Meeting
from plaza.registration.choices import SEATED, STANDING, ConsentPurpose, RegistrationState, Told
from plaza.registration.models.desks import Question, RegistrationDesk

LONGEST_NAME: Final = 120
LONGEST_ANSWER: Final = 2000


class Invitation(models.Model):
    """A personal link to register, with a seat kept for it. `closed_at`: used, or taken back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(RegistrationDesk, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=CHOICES)
    keeps_seat = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(F("desk"), Lower("email"), name="one_invitation_an_address"),)

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: Asker) -> "RegistrationQuerySet":
        """The one gate: those who run the network. Whoever registered has her link; whoever stands at the door asks
        domain.door."""
        return self if is_staff(user) else self.none()

    def opened_by(self, token: str) -> "RegistrationQuerySet":
        return self.filter(token_hash=hash_of(token))

    def for_page(self) -> "RegistrationQuerySet":
        return self.select_related("meeting", "meeting__registration_desk", "meeting__online_venue", "city__country")

    def seated(self) -> "RegistrationQuerySet":
        return self.filter(state__in=SEATED)

    def coming(self) -> "RegistrationQuerySet":
        return self.filter(state=RegistrationState.CONFIRMED)


class Registration(models.Model):
    """`email` is kept in lower case, and is one a meeting. `number` is the order of arrival. The hour of
    `seated_at` says since when she has her place. Whoever registered proved her address when `address_confirmed_at` is set;
    where she has not, her place goes back at `confirm_until`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    number = models.PositiveIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    door_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    name_sort = models.CharField(max_length=LONGEST_NAME * 2, editable=False)
    email = models.EmailField(max_length=254)
    address_confirmed_at = models.DateTimeField(null=True)
    city = models.ForeignKey(City, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations")
    city_words = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=8, choices=Sector.choices, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    zone = models.CharField(max_length=60, blank=True, help_text="the reader's own, its IANA name")
    accessibility = models.TextField(blank=True, max_length=LONGEST_ANSWER)
    state = models.CharField(max_length=10, choices=RegistrationState.choices, default=RegistrationState.SUBMITTED)
    registered_at = models.DateTimeField(default=timezone.now)
    seated_at = models.DateTimeField(null=True)
    offered_until = models.DateTimeField(null=True)
    confirm_until = models.DateTimeField(null=True)
    # When she was last written her link: a form that is sent ten times is one letter.
    written_at = models.DateTimeField(null=True)
    # When she first went into the meeting online.
    joined_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(F("meeting"), Lower("email"), name="one_registration_an_address"),
            models.UniqueConstraint(fields=["meeting", "number"], name="one_registration_a_number"),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.OFFERED, offered_until__isnull=False)
                | (~Q(state=RegistrationState.OFFERED) & Q(offered_until__isnull=True)),
                name="an_offer_ends_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.CONFIRMED, seated_at__isnull=False)
                | (~Q(state=RegistrationState.CONFIRMED) & Q(seated_at__isnull=True)),
                name="who_has_a_place_has_it_since",
            ),
            models.CheckConstraint(
                condition=Q(confirm_until__isnull=True)
                | Q(state=RegistrationState.CONFIRMED, address_confirmed_at__isnull=True),
                name="a_place_to_be_confirmed_is_not_proved",
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at__isnull=True) | Q(state=RegistrationState.CONFIRMED),
                name="who_is_checked_in_has_a_place",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_registration_has_a_name"),
        )
        indexes = (
            models.Index(fields=["meeting", "state", "number"], name="registrations_by_state"),
            models.Index(fields=["offered_until"], name="offers_by_end", condition=Q(offered_until__isnull=False)),
            models.Index(
                fields=["confirm_until"], name="places_to_be_confirmed", condition=Q(confirm_until__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def place(self) -> str:
        return self.city.full_name if self.city else self.city_words


class Answer(models.Model):
    """`value` is a text, the number of an option, or several; a file lies in `file`, and is only ever downloaded."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    value = models.JSONField(null=True)
    file = models.FileField(upload_to="registrations", max_length=200, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["registration", "question"], name="one_answer_a_question"),
            models.CheckConstraint(condition=Q(value__isnull=True) ^ Q(file=""), name="an_answer_is_a_value_or_a_file"),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Consent(models.Model):
    """One purpose she agreed to, in the words she read. Taken back, it says when."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=8, choices=ConsentPurpose.choices)
    words = models.TextField()
    version = models.CharField(max_length=10)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["registration", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_a_purpose_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(version=""), name="a_consent_to_a_meeting_keeps_its_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} by registration {self.registration_id}"


class Telling(models.Model):
    """One letter of a kind, about one thing (the hour of the meeting, a version of its programme), to one registration:
    never two. It is written in the transaction of the letter."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="tellings")
    what = models.CharField(max_length=10, choices=Told.choices)
    about = models.CharField(max_length=40, blank=True)
    letter = models.OneToOneField(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["registration", "what", "about"], name="each_is_told_of_a_thing_once"),
        )

    def __str__(self) -> str:
        return f"{self.what} to registration {self.registration_id}"
