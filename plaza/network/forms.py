"""Forms of the network's face: each text in four languages, side by side."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core import egress
from plaza.core.form_languages import LanguagesForm
from plaza.core.languages import CHOICES
from plaza.network.choices import LENGTHS, Shelf
from plaza.network.domain.colours import shades_of
from plaza.network.domain.face import ours
from plaza.network.domain.logos import MOST_BYTES, TOO_LARGE, NotALogo, examined
from plaza.network.domain.settings import change_settings
from plaza.network.models import LONGEST_TEXT, NetworkSettings, OwnPage

LABELS: Final = {
    "name": _("Name of the network"),
    "short_name": _("Short name, for a telephone’s screen"),
    "headline": _("Headline of the home page"),
    "lead": _("The sentence below it"),
    "example_1": _("First example of a question"),
    "example_2": _("Second example of a question"),
    "example_3": _("Third example of a question"),
    "example_4": _("Fourth example of a question"),
    "about": _("About the network"),
    "title": _("Title"),
    "text": _("Text, in Markdown"),
}
LONG: Final = {"about": 5, "text": 16, "lead": 3}


class FaceForm(LanguagesForm):
    """What is left empty everywhere is said in Plaza's own words: they stand in the field."""

    labels = LABELS
    rows_of = LONG

    def hint(self, name: str, language: str) -> str:
        return ours(name, language)


def _colour(label: Any, hint: Any) -> forms.RegexField:
    return forms.RegexField(
        r"\A#[0-9a-fA-F]{6}\Z",
        label=label,
        help_text=hint,
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"invalid": _("This is no colour: a colour is written like #0b5d5b.")},
    )


class SettingsForm(FaceForm):
    lengths = LENGTHS
    language = forms.ChoiceField(
        label=_("Default language"),
        choices=CHOICES,
        help_text=_("Where a text is missing in a reader’s language, she sees it in this one, and is told so."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages offered"), choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    logo = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG or SVG, at most 200 KB. It stands beside the name.")
    )
    without_logo = forms.BooleanField(label=_("Show Plaza’s mark instead of the logo"), required=False)
    colour = _colour(_("Main colour"), _("Of buttons and links."))
    accent = _colour(_("Second colour"), _("Of what is marked: where you are, what went wrong."))
    contact = forms.EmailField(
        label=_("Contact address"), required=False, max_length=254, help_text=_("It stands at the foot of every page.")
    )
    terms_url = forms.CharField(
        label=_("Address of your terms of use"), required=False, help_text=_("If they are kept on another site.")
    )
    privacy_url = forms.CharField(
        label=_("Address of your privacy notice"), required=False, help_text=_("If it is kept on another site.")
    )

    def __init__(self, *args: Any, record: NetworkSettings, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        names = ("language", "languages", "colour", "accent", "contact", "terms_url", "privacy_url")
        self.initial.update({name: getattr(record, name) for name in names})
        if not record.logo:
            del self.fields["without_logo"]

    def plain_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.rpartition("_")[0] not in self.lengths]

    def clean_logo(self) -> bytes | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["logo"]
        if not file:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext(TOO_LARGE))
        data = file.read()
        try:
            examined(data)
        except NotALogo as reason:
            raise forms.ValidationError(gettext(reason.why)) from reason
        return bytes(data)

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).lower()

    def clean_accent(self) -> str:
        return str(self.cleaned_data["accent"]).lower()

    def clean_terms_url(self) -> str:
        return _web_address(self.cleaned_data["terms_url"])

    def clean_privacy_url(self) -> str:
        return _web_address(self.cleaned_data["privacy_url"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("languages") and data.get("language") and data["language"] not in data["languages"]:
            self.add_error("languages", _("The default language must be among those offered."))
        return data

    def save(self, *, by: User) -> list[str]:
        """Returns what is to be said of it, in whole sentences."""
        plain = ("languages", "colour", "accent", "contact", "terms_url", "privacy_url")
        change_settings(
            texts=self.texts(),
            language=self.cleaned_data["language"],
            logo=self.cleaned_data.get("logo"),
            without_logo=self.cleaned_data.get("without_logo", False),
            by=by,
            **{name: self.cleaned_data[name] for name in plain},
        )
        return [
            gettext("%(colour)s cannot be read on a light page: it is shown there as %(shown)s, a darker one.")
            % {"colour": self.cleaned_data[name], "shown": shades_of(self.cleaned_data[name]).on_light}
            for name in ("colour", "accent")
            if shades_of(self.cleaned_data[name]).was_changed(self.cleaned_data[name])
        ]


class PageForm(FaceForm):
    lengths: ClassVar[Mapping[str, int]] = {"title": 120, "text": LONGEST_TEXT}
    slug = forms.SlugField(
        label=_("Its word in the address"), max_length=60, help_text=_("Small letters and hyphens: code-of-conduct")
    )
    language = forms.ChoiceField(
        label=_("Its own language"), choices=CHOICES, help_text=_("The one the others are translated from.")
    )
    shelf = forms.ChoiceField(label=_("From where one gets there"), choices=Shelf.choices)
    position = forms.IntegerField(
        label=_("Place in the row"), min_value=0, max_value=999, help_text=_("Small numbers come first.")
    )

    def __init__(self, *args: Any, record: OwnPage | None, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        row = record or OwnPage(language="es")
        self.initial.update({name: getattr(row, name) for name in ("slug", "language", "shelf", "position")})

    def plain_fields(self) -> list[Any]:
        return [self[name] for name in ("slug", "language", "shelf", "position")]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if OwnPage.objects.filter(slug=slug).exclude(pk=self.record.pk if self.record else 0).exists():
            raise forms.ValidationError(_("Another page has this word in its address already."))
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.lengths:
            key = f"{name}_{data.get('language')}"
            if key in self.fields and not data.get(key) and key not in self.errors:
                self.add_error(key, _("A page needs a title and a text in its own language."))
        return data


def _web_address(words: str) -> str:
    if not words.strip():
        return ""
    try:
        return egress.web_address(words)
    except egress.NotFetched as reason:
        raise forms.ValidationError(gettext(reason.why)) from reason
