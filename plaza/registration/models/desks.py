"""The registration desk of a meeting: until when, how many, and what is asked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from plaza.accounts.access import Asker, is_staff
from plaza.core.translations import Translated
from plaza.directory.models import City
from plaza.meetings.models import Meeting
from plaza.registration.choices import CHOOSING, DeskStanding, QuestionKind

LONGEST_INTRO = 4000
LONGEST_LABEL = 300
LONGEST_OPTIONS = 4000


class DeskQuerySet(models.QuerySet["RegistrationDesk"]):
    def visible_to(self, user: Asker) -> "DeskQuerySet":
        """Whoever sees the meeting sees its desk."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class RegistrationDesk(Translated):
    """`standing` follows from the hours and the seats (domain.desks); it is kept because pages for everybody show it,
    and is written only when it changes. Whoever gives or frees a seat holds this row."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="registration_desk")
    intro = models.TextField(blank=True, max_length=LONGEST_INTRO)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    # Seats kept for cities and for who is invited are everybody's from this hour on.
    releases_at = models.DateTimeField(null=True, blank=True)
    needs_approval = models.BooleanField(default=False)
    offer_hours = models.PositiveSmallIntegerField(default=24)
    asks_sector = models.BooleanField(default=True)
    asks_city = models.BooleanField(default=True)
    asks_accessibility = models.BooleanField(default=True)
    standing = models.CharField(max_length=7, choices=DeskStanding.choices, default=DeskStanding.NOT_YET)

    translated_fields = ("intro",)
    objects = DeskQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gte=F("opens_at")),
                name="a_desk_opens_before_it_closes",
            ),
            models.CheckConstraint(condition=Q(offer_hours__gte=1), name="an_offer_lasts_an_hour_at_least"),
        )

    def __str__(self) -> str:
        return f"registration for {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("registration:register", args=[self.meeting.slug])


class KeptSeats(models.Model):
    """Seats that a city has for itself until `releases_at`."""

    desk = models.ForeignKey(RegistrationDesk, on_delete=models.CASCADE, related_name="kept_seats")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    seats = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["desk", "city"], name="kept_seats_of_a_city_once"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="kept_seats_are_one_at_least"),
        )

    def __str__(self) -> str:
        return f"{self.seats} for {self.city}"


class Question(Translated):
    """What the meeting wants to know of each. `options` has one in each line, and so have its translations: an answer
    keeps the line's number, so it reads in every language."""

    desk = models.ForeignKey(RegistrationDesk, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=7, choices=QuestionKind.choices)
    label = models.CharField(max_length=LONGEST_LABEL)
    options = models.TextField(blank=True, max_length=LONGEST_OPTIONS)
    is_required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    translated_fields = ("label", "options")

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["desk", "position"], name="one_question_a_position", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(label=""), name="a_question_asks_something"),
            models.CheckConstraint(
                condition=(Q(kind__in=CHOOSING) & ~Q(options="")) | (~Q(kind__in=CHOOSING) & Q(options="")),
                name="a_question_to_choose_has_options",
            ),
        )

    def __str__(self) -> str:
        return self.label

    def options_in(self, language: str) -> list[str]:
        """As many as there are, each in the language where it was translated."""
        return [line.text for line in self.lines("options", language)]


class DoorKeeperQuerySet(models.QuerySet["DoorKeeper"]):
    def visible_to(self, user: Asker) -> "DoorKeeperQuerySet":
        return self if is_staff(user) else self.none()


class DoorKeeper(models.Model):
    """Somebody with an account who stands at the door of one meeting: she may check people in, and nothing else."""

    desk = models.ForeignKey(RegistrationDesk, on_delete=models.CASCADE, related_name="door_keepers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="doors_kept")

    objects = DoorKeeperQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["desk", "user"], name="one_keeps_a_door_once"),)

    def __str__(self) -> str:
        return f"{self.user} at the door of {self.desk.meeting}"
