"""One row that says who the network is, its logo, and pages of its own."""

import uuid
from typing import Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from plaza.accounts.access import Asker, is_staff
from plaza.core.languages import CHOICES, LANGUAGES
from plaza.core.translations import Translated
from plaza.network.choices import ACCENT, COLOUR, LENGTHS, PageState, Shelf

LONGEST_TEXT: Final = 20_000
HEXADECIMAL: Final = RegexValidator(r"\A#[0-9a-f]{6}\Z")


def every_language() -> list[str]:
    return list(LANGUAGES)


class Picture(models.Model):
    """A logo as it is handed out: what was uploaded, without what could harm. Its address holds its hash."""

    digest = models.CharField(max_length=32, unique=True)
    media_type = models.CharField(max_length=20, choices=[(kind, kind) for kind in ("image/png", "image/svg+xml")])
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        return f"{self.digest}.{'png' if self.media_type == 'image/png' else 'svg'}"

    def get_absolute_url(self) -> str:
        return reverse("face:logo", kwargs={"file": self.file_name})


class NetworkSettings(Translated):
    """The one row. What is empty is said in Plaza's own words; `version` is another one after each edit, also of a page
    of the network's own."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    version = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=LENGTHS["name"], blank=True)
    short_name = models.CharField(max_length=LENGTHS["short_name"], blank=True)
    headline = models.CharField(max_length=LENGTHS["headline"], blank=True)
    lead = models.CharField(max_length=LENGTHS["lead"], blank=True)
    example_1 = models.CharField(max_length=LENGTHS["example_1"], blank=True)
    example_2 = models.CharField(max_length=LENGTHS["example_2"], blank=True)
    example_3 = models.CharField(max_length=LENGTHS["example_3"], blank=True)
    example_4 = models.CharField(max_length=LENGTHS["example_4"], blank=True)
    about = models.TextField(max_length=LENGTHS["about"], blank=True)
    languages = ArrayField(models.CharField(max_length=2, choices=CHOICES), default=every_language)
    colour = models.CharField(max_length=7, default=COLOUR, validators=[HEXADECIMAL])
    accent = models.CharField(max_length=7, default=ACCENT, validators=[HEXADECIMAL])
    logo = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.EmailField(max_length=254, blank=True)
    terms_url = models.URLField(max_length=2000, blank=True)
    privacy_url = models.URLField(max_length=2000, blank=True)

    translated_fields = tuple(LENGTHS)

    class Meta:
        verbose_name_plural = "network settings"
        constraints = (
            models.CheckConstraint(condition=Q(is_the_one=True), name="one_row_of_settings"),
            models.CheckConstraint(
                condition=Q(languages__contained_by=list(LANGUAGES)) & Q(languages__contains=[models.F("language")]),
                name="the_default_language_is_offered",
            ),
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9a-f]{6}$") & Q(accent__regex=r"^#[0-9a-f]{6}$"),
                name="colours_are_hexadecimal",
            ),
        )

    def __str__(self) -> str:
        return self.name or "Plaza"


class OwnPageQuerySet(models.QuerySet["OwnPage"]):
    def visible_to(self, user: Asker) -> "OwnPageQuerySet":
        """The one gate: drafts are for those who run the network."""
        return self if is_staff(user) else self.published()

    def published(self) -> "OwnPageQuerySet":
        return self.filter(state=PageState.PUBLISHED)

    def in_order(self) -> "OwnPageQuerySet":
        return self.order_by("position", "slug")


class OwnPage(Translated):
    """A page that the network wrote itself, in Markdown: who it is, what it keeps, how people behave here."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=LONGEST_TEXT)
    state = models.CharField(max_length=9, choices=PageState.choices, default=PageState.DRAFT)
    shelf = models.CharField(max_length=7, choices=Shelf.choices, default=Shelf.FOOTER)
    position = models.PositiveSmallIntegerField(default=10)
    updated_at = models.DateTimeField(auto_now=True)

    translated_fields = ("title", "text")
    objects = OwnPageQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="a_page_has_words_of_its_own"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:page", args=[self.slug])


class PageVersion(models.Model):
    """A page as it stood after an edit: `{"title_es": …, "text_es": …}` in all its languages. Never edited."""

    page = models.ForeignKey(OwnPage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=CHOICES)
    texts = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "number"], name="one_version_a_number"),)

    def __str__(self) -> str:
        return f"{self.page} ({self.number})"
