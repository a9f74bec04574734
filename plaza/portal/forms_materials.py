"""Forms of the worklist of lost links: what is shown, and the deeds for one material."""

import re
from typing import Any, Final

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.knowledge.choices import LinkAnswer, WorkKind
from plaza.knowledge.domain.addresses import look_at
from plaza.knowledge.domain.copies import MOST_BYTES, NoRights, NotKept, ask_copy, keep_file
from plaza.knowledge.domain.materials import attach_address
from plaza.knowledge.models import Material
from plaza.portal.forms import as_web_address

# A person waits for it; the round looks again.
SECONDS: Final = 8.0
WITHOUT_SCHEME: Final = re.compile(r"^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")


class Shown(TextChoices):
    """What the worklist shows."""

    TO_DO = "", _("to be looked for: without an address, or dead")
    NAMED = "named", _("named, without an address")
    GONE = "gone", _("its address died")
    DOUBTFUL = "doubtful", _("to be looked at: moved, or failing lately")
    LOST = "lost", _("lost")
    LINKED = "linked", _("at an address elsewhere")
    KEPT = "kept", _("a copy is kept here")


class WorklistForm(forms.Form):
    """A value there cannot be is as if it were not there."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=Shown.choices)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("every kind")), *WorkKind.choices])

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class AddressForm(forms.Form):
    """What was typed comes back whatever is wrong with it: the field takes any letters, `clean` judges them."""

    url = forms.CharField(
        label=_("Its address"),
        max_length=10_000,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("Where it can be had now: http:// or https://."),
    )

    def clean_url(self) -> str:
        words: str = self.cleaned_data["url"]
        return as_web_address(f"https://{words}" if WITHOUT_SCHEME.match(words) else words)

    def attach(self, material: Material, *, by: User) -> Material | None:
        """Looks first, for a few seconds: a dead or slow server changes nothing but what is written beside it. None
        where the address leads inside a private network: then it is not attached."""
        url = self.cleaned_data["url"]
        look = look_at(url, seconds=SECONDS)
        if look.answer == LinkAnswer.INSIDE:
            self.add_error("url", _("This address leads inside a private network; Plaza only fetches public pages."))
            return None
        return attach_address(material=material, url=url, look=look, by=by)


class RightsForm(forms.Form):
    """Whether a copy may be kept. `licence_allows` makes the tick needless."""

    holds_rights = forms.BooleanField(
        label=_("The network holds the rights, or whoever holds them has agreed"), required=False
    )
    rights = forms.CharField(
        label=_("Who holds the rights, and what they allow"),
        required=False,
        max_length=300,
        help_text=_("It stands on the page of the work, beside the copy."),
    )

    def _refuse_rights(self) -> None:
        self.add_error(
            "holds_rights",
            _(
                "No licence of this work allows a copy: tick this where the network may keep one, else leave its address."
            ),
        )


class CopyForm(RightsForm):
    def ask(self, material: Material, *, by: User) -> bool:
        try:
            ask_copy(material=material, by=by, **self.cleaned_data)
        except NoRights:
            self._refuse_rights()
            return False
        return True


class KeepFileForm(RightsForm):
    file = forms.FileField(
        label=_("The file"), help_text=_("PDF, an office document, text, a picture, sound or video; at most 200 MB.")
    )
    field_order = ("file", "holds_rights", "rights")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("It is too large to be kept: at most 200 MB."))
        return file

    def keep(self, material: Material, *, by: User) -> bool:
        try:
            keep_file(material=material, by=by, **self.cleaned_data)
        except NoRights:
            self._refuse_rights()
        except NotKept as refusal:
            self.add_error("file", gettext(refusal.why))
        return not self.errors


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why"), max_length=400, help_text=_("Where was it looked for? Those who look next will read it.")
    )
