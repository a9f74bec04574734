"""Where a work can be had: at an address elsewhere, as a copy of ours, both, or nowhere yet."""

from django.db import models
from django.db.models import Q

from plaza.accounts.access import Asker
from plaza.core.egress import MOST_LETTERS
from plaza.knowledge.choices import KeptBecause, LinkAnswer, MaterialState, WorkKind
from plaza.knowledge.models.works import Work


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: Asker) -> "MaterialQuerySet":
        return self.filter(work__in=Work.objects.visible_to(user))

    def to_be_mended(self) -> "MaterialQuerySet":
        """Named without an address, or at one that died."""
        return self.filter(state__in=[MaterialState.NAMED, MaterialState.GONE])

    def doubtful(self) -> "MaterialQuerySet":
        """At an address that a person should look at: it moved, leads to a front page, or has begun to fail."""
        at_an_address = self.filter(state__in=[MaterialState.LINKED, MaterialState.KEPT])
        return at_an_address.filter(~Q(moved_to="") | Q(answer=LinkAnswer.FRONT_PAGE) | Q(failures__gt=0))

    def watched(self) -> "MaterialQuerySet":
        """With an address that is looked at from time to time. What a person gave up is left in peace."""
        return self.exclude(url="").exclude(state=MaterialState.LOST)


class Material(models.Model):
    """`host` is whom a look at `url` is put to. `failures` counts bad answers since `failing_since`; only good ones
    forgive them. `moved_to` is where permanent redirects lead: a person decides whether it is the same thing."""

    work = models.OneToOneField(Work, on_delete=models.CASCADE, related_name="material")
    state = models.CharField(max_length=6, choices=MaterialState.choices, default=MaterialState.NAMED)
    why_lost = models.CharField(max_length=400, blank=True)

    url = models.URLField(max_length=MOST_LETTERS, blank=True)
    host = models.CharField(max_length=262, blank=True, db_index=True)
    moved_to = models.URLField(max_length=MOST_LETTERS, blank=True)
    answer = models.CharField(max_length=10, choices=LinkAnswer.choices, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the last answer")
    checked_at = models.DateTimeField(null=True, blank=True)
    check_after = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    died_at = models.DateTimeField(null=True, blank=True)

    file = models.FileField(upload_to="materials/", max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    kept_because = models.CharField(max_length=7, choices=KeptBecause.choices, blank=True)
    # A copy that is being fetched, or the sentence (a msgid) why it could not be.
    copy_asked_at = models.DateTimeField(null=True, blank=True)
    copy_refused = models.CharField(max_length=200, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state=MaterialState.NAMED, url="", file="")
                | (Q(state=MaterialState.LINKED, file="", died_at__isnull=True) & ~Q(url=""))
                | (Q(state=MaterialState.GONE, file="", died_at__isnull=False) & ~Q(url=""))
                | Q(state=MaterialState.LOST, file="")
                | (Q(state=MaterialState.KEPT, size__isnull=False) & ~Q(file="") & ~Q(sha256="")),
                name="a_material_is_where_its_state_says",
            ),
            models.CheckConstraint(
                condition=Q(url="", host="") | (Q(url__regex=r"^[Hh][Tt][Tt][Pp][Ss]?://") & ~Q(host="")),
                name="an_address_of_a_material_is_of_the_web",
            ),
            models.CheckConstraint(
                condition=Q(file="") | ~Q(kept_because=""), name="a_copy_is_kept_because_somebody_may"
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since__isnull=True) | Q(failures__gt=0, failing_since__isnull=False),
                name="failures_of_a_material_began_one_day",
            ),
        )
        indexes = (
            models.Index(fields=["check_after"], name="materials_to_look_at", condition=~Q(url="")),
            models.Index(fields=["state", "id"], name="materials_by_state"),
        )

    def __str__(self) -> str:
        return str(self.work)

    @property
    def is_reachable(self) -> bool:
        """Whether a reader is shown its address."""
        return bool(self.url) and self.died_at is None and self.state != MaterialState.LOST

    @property
    def is_heard(self) -> bool:
        return bool(self.file) and self.media_type.startswith("audio/")

    @property
    def is_seen(self) -> bool:
        return bool(self.file) and self.media_type.startswith("video/")

    @property
    def can_be_copied(self) -> bool:
        """A site is no file: it is not copied."""
        return self.is_reachable and not self.file and self.work.kind != WorkKind.WEBSITE
