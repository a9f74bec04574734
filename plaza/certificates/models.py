"""What a meeting asks of those who get a certificate, and the certificates."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaza.accounts.access import Asker, is_member, is_staff, the_user
from plaza.certificates.choices import MOST_MINUTES, USUAL_SHARE, CertificateState, Measure
from plaza.core.dates import Dated
from plaza.core.languages import CHOICES
from plaza.core.secret_links import hash_of
from plaza.directory.models import Person
from plaza.mail.models import Letter
from plaza.meetings.choices import MeetingKind
from plaza.meetings.models import Meeting
from plaza.registration.models import LONGEST_NAME, Registration

LONGEST_REASON: Final = 400
LONGEST_TITLE: Final = 300
CODE_LENGTH: Final = 12


class CertificateRule(models.Model):
    """What a meeting asks; of a course, what each of its modules does. `modules`: so many of a course, None for all of
    them. Whoever issues certificates of the meeting holds this row."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="certificate_rule")
    measure = models.CharField(max_length=7, choices=Measure.choices, default=Measure.SHARE)
    amount = models.PositiveSmallIntegerField(default=USUAL_SHARE)
    # Who was checked in at the door was there the whole time, for all that anybody knows.
    counts_door = models.BooleanField(default=True)
    modules = models.PositiveSmallIntegerField(null=True, blank=True)
    # How many could not be issued when all were, the last time.
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(measure=Measure.SHARE, amount__range=(1, 100))
                | Q(measure=Measure.MINUTES, amount__range=(1, MOST_MINUTES)),
                name="a_certificate_asks_for_a_time_that_can_be",
            ),
            models.CheckConstraint(
                condition=Q(modules__isnull=True) | Q(modules__gte=1), name="a_course_asks_for_a_module_at_least"
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.measure} of {self.meeting}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Asker) -> "CertificateQuerySet":
        """The one gate: those who run the network, and whose it is. Others have a link, or a code (domain.verifying)."""
        if is_staff(user):
            return self
        return self.belonging_to(user)

    def belonging_to(self, user: Asker) -> "CertificateQuerySet":
        """Hers by her registration or her record of the directory, whether she runs the network or not."""
        if not is_member(user):
            return self.none()
        own = the_user(user)
        return self.filter(Q(registration__user=own) | Q(person__user=own) | Q(person__merged_into__user=own))

    def opened_by(self, token: str) -> "CertificateQuerySet":
        return self.filter(token_hash=hash_of(token))

    def valid(self) -> "CertificateQuerySet":
        return self.filter(state=CertificateState.VALID)

    def for_page(self) -> "CertificateQuerySet":
        return self.select_related("meeting", "replaced_by")


class Certificate(Dated):
    """What stands in it is as it was when it was issued, whatever becomes of the meeting. `seconds` and `length` (the
    meeting's) are None where nothing tells them; `modules` of `all_modules` are those of a course. `email` is where its
    letter went. Withdrawn, nothing of anybody is left in it but its code."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    # Whoever holds a certificate can prove it for as long as there is an archive.
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="certificates")
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="certificates"
    )
    # A person made by a decision of attendance stays where the report is taken back.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates")
    state = models.CharField(max_length=9, choices=CertificateState.choices, default=CertificateState.VALID)
    language = models.CharField(max_length=2, choices=CHOICES)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    city = models.CharField(max_length=300, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    title_language = models.CharField(max_length=2, choices=CHOICES)
    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    issuer = models.CharField(max_length=120, help_text="what the network was called")
    seconds = models.PositiveIntegerField(null=True)
    length = models.PositiveIntegerField(null=True)
    modules = models.PositiveSmallIntegerField(null=True)
    all_modules = models.PositiveSmallIntegerField(null=True)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # Why it was issued by hand; empty where the rule said so.
    why = models.CharField(max_length=LONGEST_REASON, blank=True)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=LONGEST_REASON, blank=True)
    letter = models.OneToOneField(Letter, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = (  # type: ignore[assignment]  # more than its parent's
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "registration"],
                condition=Q(state=CertificateState.VALID),
                name="one_standing_certificate_a_registration",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(state=CertificateState.VALID),
                name="one_standing_certificate_a_person",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=rf"^[0-9A-HJKMNP-TV-Z]{{{CODE_LENGTH}}}$"), name="a_code_that_nobody_misreads"
            ),
            models.CheckConstraint(
                condition=Q(state=CertificateState.VALID, ended_at__isnull=True)
                | (~Q(state=CertificateState.VALID) & Q(ended_at__isnull=False)),
                name="a_certificate_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=(~Q(state=CertificateState.WITHDRAWN) & ~Q(name=""))
                | Q(
                    state=CertificateState.WITHDRAWN, name="", city="", email="", registration__isnull=True,
                    person__isnull=True,
                ),
                name="a_certificate_is_somebodys_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(state=CertificateState.REVOKED) | ~Q(ended_why=""), name="who_revokes_says_why"
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=["meeting", "state"], name="certificates_by_meeting"),)

    def __str__(self) -> str:
        return self.code

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateState.VALID

    @property
    def newest(self) -> "Certificate":
        """What took its place in the end, however often its name was corrected; itself where nothing did."""
        row = self
        while row.replaced_by is not None:
            row = row.replaced_by
        return row

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is read aloud."""
        return "-".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))
