"""Forms: inviting, accepting, asking to join."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.accounts.access import may_give
from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.core import rate
from plaza.core.folding import fold
from plaza.core.form_fields import PlainField, TrapField
from plaza.core.languages import CHOICES
from plaza.core.plain import plain_line, plain_text
from plaza.core.translations import reader_language
from plaza.directory.domain import invitations
from plaza.directory.models import City, Invitation, Organization

CLAIM_CODES: Final = rate.Limit("codes of claims", burst=10, every=600)
INVITATIONS: Final = rate.Limit("invitations", burst=50, every=60)


class InviteForm(forms.Form):
    """For one place: an address and a language. For the whole network also the role, and the place by its name."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=CHOICES)

    def __init__(
        self, *args: Any, by: User, city: City | None = None, organization: Organization | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._by, self._city, self._organization = by, city, organization
        self.initial.setdefault("language", reader_language())

    def send(self) -> tuple[Invitation, bool] | None:
        """None where too many were sent; it is said in the form."""
        if not rate.take(INVITATIONS, str(self._by.pk)):
            self.add_error(None, _("There were too many attempts. Wait a few minutes, then try again."))
            return None
        data = self.cleaned_data
        return invitations.invite(
            email=data["email"],
            language=data["language"],
            by=self._by,
            role=NetworkRole(data.get("role") or NetworkRole.MEMBER),
            city=data.get("city") or self._city,
            organization=data.get("organization") or self._organization,
        )


class NetworkInviteForm(InviteForm):
    role = forms.ChoiceField(label=_("Role in the whole network"))
    city = forms.CharField(
        label=_("Editor of this city"),
        required=False,
        max_length=200,
        help_text=_("Its name, with the country if need be."),
    )
    organization = forms.CharField(label=_("Editor of this institution"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in NetworkRole if may_give(self._by, role)]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]

    def clean_city(self) -> City | None:
        typed = fold(str(self.cleaned_data["city"]))
        if not typed:
            return None
        wanted, _sep, country = typed.partition(",")
        found = City.objects.select_related("country").filter(search_names__contains=wanted.strip())
        exact = [
            city
            for city in found[:200]
            if wanted.strip() in city.search_names.split("|")
            and (not country or (city.country is not None and fold(city.country.called) == country.strip()))
        ]
        if len(exact) != 1:
            raise forms.ValidationError(
                _("There are several cities of this name: add the country, such as Córdoba, Argentina.")
                if exact
                else _("No city is called so here.")
            )
        return exact[0]

    def clean_organization(self) -> Organization | None:
        typed = plain_line(str(self.cleaned_data["organization"]))
        if not typed:
            return None
        found = Organization.objects.filter(name__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(_("No institution is called so here."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("city") and data.get("organization"):
            raise forms.ValidationError(_("One invitation is for one place: a city or an institution."))
        return data


class AcceptForm(forms.Form):
    name = PlainField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )


class JoinForm(AcceptForm):
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    words = forms.CharField(
        label=_("For which city or institution do you work, and what as?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = TrapField()

    def clean_words(self) -> str:
        return plain_text(self.cleaned_data["words"])

    def send(self) -> None:
        data = self.cleaned_data
        invitations.ask_to_join(name=data["name"], email=data["email"], words=data["words"], language=reader_language())


class ClaimCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code of six digits"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_code(self) -> str:
        if not rate.take(CLAIM_CODES, str(self._user.pk)):
            raise forms.ValidationError(_("There were too many attempts. Wait a few minutes, then try again."))
        return str(self.cleaned_data["code"])


class KnownAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of this person"),
        required=False,
        max_length=254,
        help_text=_("Only those who run the network see it. A code goes there when somebody claims the page."),
    )
