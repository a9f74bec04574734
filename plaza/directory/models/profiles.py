"""What a person says of herself, field by field with who may read it; and what she knows, with its evidence."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from plaza.core.languages import CHOICES
from plaza.core.translations import Translated
from plaza.directory.choices import Audience, Gender, Level, StatedBy
from plaza.directory.models.people import Person
from plaza.topics.models import Topic


def _audience(usual: Audience) -> "models.CharField[str, str]":
    return models.CharField(max_length=9, choices=Audience.choices, default=usual)


class Profile(Translated):
    """`email_for` says who reads `email`, and so on. What is for nobody is read by herself and by those who run the
    network. Pages ask `plaza.directory.access.shown_of`, never the fields themselves."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="profile")
    language = models.CharField(max_length=2, choices=CHOICES, blank=True)
    bio = models.TextField(max_length=1500, blank=True)
    # Codes of plaza.directory.choices.SPOKEN.
    languages = models.JSONField(default=list, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    website = models.URLField(max_length=300, blank=True)
    orcid = models.CharField(max_length=19, blank=True, validators=[RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]\Z")])
    linkedin = models.URLField(max_length=300, blank=True)
    gender = models.CharField(max_length=5, choices=Gender.choices, blank=True)

    bio_for = _audience(Audience.EVERYBODY)
    languages_for = _audience(Audience.EVERYBODY)
    expertise_for = _audience(Audience.EVERYBODY)
    website_for = _audience(Audience.EVERYBODY)
    orcid_for = _audience(Audience.EVERYBODY)
    linkedin_for = _audience(Audience.EVERYBODY)
    email_for = _audience(Audience.NOBODY)
    phone_for = _audience(Audience.NOBODY)
    gender_for = _audience(Audience.NOBODY)

    translated_fields = ("bio",)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(bio="") | ~Q(language=""), name="what_a_person_says_has_a_language"),
            models.CheckConstraint(
                condition=(Q(website="") | Q(website__startswith="https://"))
                & (Q(linkedin="") | Q(linkedin__startswith="https://")),
                name="links_of_a_person_are_https",
            ),
        )

    def __str__(self) -> str:
        return f"profile of {self.person_id}"


class Expertise(models.Model):
    """What a person knows of a topic, and what shows it: words, a link, or both. Who said so is told with it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="expertise")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=9, choices=Level.choices, default=Level.WORKS)
    evidence = models.CharField(max_length=600, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES, blank=True)
    link = models.URLField(max_length=300, blank=True)
    stated_by = models.CharField(max_length=6, choices=StatedBy.choices)
    stated_on = models.DateField()

    class Meta:
        ordering = ("topic__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["person", "topic"], name="one_expertise_a_topic"),
            models.CheckConstraint(condition=~Q(evidence="") | ~Q(link=""), name="expertise_has_its_evidence"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="links_of_evidence_are_https"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.topic}"
