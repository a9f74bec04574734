"""A city's membership of the network."""

from django.db import models
from django.db.models import F, Q

from plaza.directory.choices import MembershipStatus
from plaza.directory.models.people import Person, Post
from plaza.directory.models.places import City


class NetworkMembership(models.Model):
    """Applied or invited → member → paused → left. Each change of state is in the history."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="network_membership")
    status = models.CharField(max_length=7, choices=MembershipStatus.choices)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    focal_point = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="focal_point_of"
    )
    mayor_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="a_city_leaves_after_it_came",
            ),
        )
        indexes = (models.Index(fields=["status"], name="network_membership_status"),)
