"""Forms: what a person says of herself, with who may read it; what she knows."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.plain import plain_line, plain_text
from plaza.directory.access import FIELDS
from plaza.directory.choices import SPOKEN, Audience, Gender, Level
from plaza.directory.domain.organisations import tell_of_organisation
from plaza.directory.domain.told_of_people import state_expertise, tell_of
from plaza.directory.models import Expertise, Organization, Person, Profile
from plaza.topics.models import Topic

LONGEST_BIO: Final = 1500
_ORCID: Final = re.compile(r"(?:https://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?\Z")


def https_only(text: str) -> str:
    if text and not text.startswith("https://"):
        raise forms.ValidationError(_("Write an address that begins with https://"))
    return text


def orcid_of(text: str) -> str:
    """The sixteen signs, with the last as ISO 7064 reckons it."""
    found = _ORCID.match(text)
    digits = "".join(found.groups()).upper() if found else ""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if not found or digits[-1] != ("X" if check == 10 else str(check)):
        raise forms.ValidationError(_("This is no ORCID: it has sixteen digits, such as 0000-0002-1825-0097."))
    return "-".join(digits[place : place + 4] for place in range(0, 16, 4))


class ProfileForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=list(SPOKEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=300, assume_scheme="https")
    orcid = forms.CharField(label="ORCID", required=False, max_length=60)
    linkedin = forms.URLField(label="LinkedIn", required=False, max_length=300, assume_scheme="https")
    email = forms.EmailField(label=_("E-mail address for other cities"), required=False, max_length=254)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)
    gender = forms.ChoiceField(
        label=_("Gender, as you declare it"), choices=[("", _("not said")), *Gender.choices], required=False
    )

    def __init__(self, *args: Any, person: Person, profile: Profile | None, is_own: bool = True, **kwargs: Any) -> None:
        """Her gender she declares herself: at another's page there is no such field."""
        self._person, profile = person, profile or Profile(person=person)
        stands = {row.language: row.text for row in profile.translations.all()} if profile.pk else {}
        stands |= {profile.language: profile.bio} if profile.language else {}
        kwargs["initial"] = {name: getattr(profile, name) for name in self.base_fields} | {
            f"bio_{language}": stands.get(language, "") for language in LANGUAGES
        }
        kwargs["initial"] |= {f"{name}_for": getattr(profile, f"{name}_for") for name in FIELDS}
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"bio_{language}"] = forms.CharField(
                label=NATIVE_NAMES[language],
                required=False,
                max_length=LONGEST_BIO,
                widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
            )
        self._names = FIELDS if is_own else tuple(name for name in FIELDS if name != "gender")
        if not is_own:
            del self.fields["gender"]
        for name in self._names:
            self.fields[f"{name}_for"] = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices)

    def groups(self) -> list[dict[str, Any]]:
        """For the template: what is said, with its audience beneath."""
        named = {"bio": _("About you, in a few sentences"), "expertise": _("What you know about")}
        return [
            {
                "name": name,
                "legend": named.get(name) or self.fields[name].label,
                "fields": [self[f"bio_{language}"] for language in LANGUAGES]
                if name == "bio"
                else [self[name]]
                if name in self.fields
                else [],
                "audience": self[f"{name}_for"],
            }
            for name in self._names
        ]

    def clean_website(self) -> str:
        return https_only(self.cleaned_data["website"])

    def clean_linkedin(self) -> str:
        text = https_only(self.cleaned_data["linkedin"])
        host = urlsplit(text).hostname or ""
        if text and host != "linkedin.com" and not host.endswith(".linkedin.com"):
            raise forms.ValidationError(_("This is no address of LinkedIn. Another one belongs under “Website”."))
        return text

    def clean_orcid(self) -> str:
        text = plain_line(self.cleaned_data["orcid"])
        return orcid_of(text) if text else ""

    def clean_phone(self) -> str:
        text = plain_line(self.cleaned_data["phone"])
        if text and not re.fullmatch(r"\+?[\d ().-]{6,29}", text):
            raise forms.ValidationError(_("Write the number with its country, such as +593 2 395 2300."))
        return text

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, by: User) -> list[str]:
        data = self.cleaned_data
        rest = {name: value for name, value in data.items() if not name.startswith("bio_") or name == "bio_for"}
        bios: dict[str, str] = {language: plain_text(data[f"bio_{language}"]) for language in LANGUAGES}
        return tell_of(person=self._person, by=by, bios=bios, **rest)


class ExpertiseForm(forms.Form):
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none())
    level = forms.ChoiceField(label=_("How well"), choices=Level.choices, initial=Level.WORKS)
    evidence = forms.CharField(
        label=_("What shows it?"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A project, a plan, a post: in a sentence or two."),
    )
    link = forms.URLField(label=_("Address of it"), required=False, max_length=300, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topic"]
        field.queryset = Topic.objects.select_related("parent").order_by("position")
        field.label_from_instance = lambda topic: (
            f"{topic.parent.called}: {topic.called}" if topic.parent else topic.called
        )

    def clean_evidence(self) -> str:
        return plain_text(self.cleaned_data["evidence"])

    def clean_link(self) -> str:
        return https_only(self.cleaned_data["link"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("evidence") and not data.get("link"):
            raise forms.ValidationError(_("Say what shows it, or give an address where it can be seen."))
        return data

    def save(self, person: Person, by: User) -> Expertise:
        data = self.cleaned_data
        return state_expertise(
            person=person,
            topic=data["topic"],
            level=Level(data["level"]),
            evidence=data["evidence"],
            link=data["link"],
            language=get_language() or "",
            by=by,
        )


class OrganisationForm(forms.Form):
    """What an institution says of itself, in four languages."""

    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")

    def __init__(self, *args: Any, organisation: Organization, **kwargs: Any) -> None:
        self._organisation = organisation
        stands = {row.language: row.text for row in organisation.translations.all() if row.field == "summary"}
        stands |= {organisation.language: organisation.summary} if organisation.language else {}
        kwargs["initial"] = {"website": organisation.website} | {
            f"summary_{language}": stands.get(language, "") for language in LANGUAGES
        }
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"summary_{language}"] = forms.CharField(
                label=NATIVE_NAMES[language],
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
            )

    def clean_website(self) -> str:
        return https_only(self.cleaned_data["website"])

    def save(self, by: User) -> list[str]:
        data = self.cleaned_data
        return tell_of_organisation(
            organisation=self._organisation,
            by=by,
            summaries={language: plain_text(data[f"summary_{language}"]) for language in LANGUAGES},
            language=get_language() or "",
            website=data["website"],
        )
