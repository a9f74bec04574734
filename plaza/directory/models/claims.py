"""Which user is which person of the directory: known addresses, and claims."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from plaza.directory.choices import ClaimState
from plaza.directory.models.people import Person

OPEN_CLAIMS = (ClaimState.CODE, ClaimState.WAITING)


class KnownAddress(models.Model):
    """Where the secretariat reaches a person. Shown to those who run the network and to nobody else."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="known_address")
    email = models.EmailField(max_length=254)

    def __str__(self) -> str:
        return self.email


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> "ClaimQuerySet":
        return self.filter(state__in=OPEN_CLAIMS)

    def for_list(self) -> "ClaimQuerySet":
        return self.select_related("person__user", "user").order_by("asked_at", "pk")


class Claim(models.Model):
    """“I am this person.” A code to the address known for the person proves it, unless another claims the same."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    state = models.CharField(max_length=8, choices=ClaimState.choices)
    code_hash = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user"], condition=Q(state__in=OPEN_CLAIMS), name="one_open_claim_a_user"),
            models.UniqueConstraint(fields=["person"], condition=Q(state=ClaimState.CODE), name="one_code_a_person"),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.CODE) | ~Q(code_hash=""), name="a_claim_by_code_has_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} is {self.person}"
