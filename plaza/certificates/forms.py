"""Forms of the desk: what the meeting asks, a reason, another name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.certificates.choices import MOST_MINUTES, Measure
from plaza.certificates.models import LONGEST_REASON, CertificateRule
from plaza.core.form_fields import PlainField
from plaza.registration.models import LONGEST_NAME


class RuleForm(forms.Form):
    amount = forms.IntegerField(label=_("One must have stayed"), min_value=1, max_value=MOST_MINUTES)
    measure = forms.ChoiceField(label=_("Counted in"), choices=Measure.choices)
    counts_door = forms.BooleanField(
        label=_("Whoever was checked in at the door has stayed long enough"), required=False
    )

    def __init__(self, data: Any = None, *, rule: CertificateRule, modules: int) -> None:
        initial = {name: getattr(rule, name) for name in ("amount", "measure", "modules", "counts_door")}
        super().__init__(data, initial=initial)
        if modules:
            self.fields["modules"] = forms.IntegerField(
                label=_("In how many modules"),
                required=False,
                min_value=1,
                max_value=modules,
                help_text=_("Empty: in all of them."),
            )
            self.order_fields(["amount", "measure", "modules", "counts_door"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("measure") == Measure.SHARE and (data.get("amount") or 0) > 100:
            self.add_error("amount", _("A share is 100 % at most: write less, or count in minutes."))
        return data


class ReasonForm(forms.Form):
    why = PlainField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("It stays with the certificate, for those who run the network."),
    )


class RevokeForm(forms.Form):
    why = PlainField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("It goes by letter to the person who had the certificate."),
    )


class NameForm(forms.Form):
    name = PlainField(
        label=_("The name as it should be"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
