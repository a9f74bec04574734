from typing import Any, Final

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from plaza.accounts.adapter import TOO_OFTEN as TOO_OFTEN_WORDS
from plaza.accounts.domain import accounts, second_step
from plaza.accounts.models import User
from plaza.core import rate
from plaza.core.form_fields import PlainField
from plaza.core.languages import CHOICES

FROM_ONE_PLACE: Final = rate.Limit("signing in", burst=20, every=30)
# Many machines that try one account: generous, so that nobody can easily keep its owner out.
INTO_ONE_ACCOUNT: Final = rate.Limit("signing in to an account", burst=100, every=60)
CODES_TO_ONE_ADDRESS: Final = rate.Limit("codes for signing in", burst=5, every=600)
SECOND_STEPS: Final = rate.Limit("second steps", burst=10, every=120)
NEW_ADDRESSES: Final = rate.Limit("new addresses", burst=5, every=1800)
TOO_OFTEN: Final = "too_often"


def too_often() -> forms.ValidationError:
    return forms.ValidationError(TOO_OFTEN_WORDS, code=TOO_OFTEN)


def _code_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def _plain(field: forms.Field, label: Any) -> None:
    """A label of ours, and no words inside of the field."""
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("E-mail address"))
        _plain(self.fields["password"], _("Password"))

    def clean(self) -> Any:
        """Looks at the limits before it looks whether there is such an account: the answer and its time are the same
        for one that exists and one that does not."""
        address = str(self.cleaned_data.get("login", "")).strip().lower()
        is_free = rate.take(FROM_ONE_PLACE, rate.address_block(self.request))
        if not is_free or not rate.take(INTO_ONE_ACCOUNT, address):
            raise too_often()
        return super().clean()


class AskCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["email"], _("E-mail address"))
        # A letter goes to it, also where it has no account.
        self.fields["email"].validators.append(MaxLengthValidator(254))

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).lower()
        is_free = rate.take(FROM_ONE_PLACE, rate.address_block(context.request))
        if not is_free or not rate.take(CODES_TO_ONE_ADDRESS, address):
            raise too_often()
        return str(super().clean_email())


class TypeCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field(_("The code of six digits"))

    def clean_code(self) -> str:
        if not rate.take(FROM_ONE_PLACE, rate.address_block(context.request)):
            raise too_often()
        return str(super().clean_code())


class SecondStepForm(forms.Form):
    code = _code_field(_("The code of your app, or one of your recovery codes"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_code(self) -> str:
        """A code is taken here: it opens once."""
        code = str(self.cleaned_data["code"])
        if not rate.take(SECOND_STEPS, str(self._user.pk)):
            raise too_often()
        try:
            second_step.take(user=self._user, code=code)
        except second_step.WrongCode:
            raise forms.ValidationError(
                _(
                    "This code does not fit. Wait for the next one of your app, and see that your telephone's clock is right."
                )
            ) from None
        return code


class FirstCodeForm(forms.Form):
    code = _code_field(_("The code that your app shows now"))


class NameForm(forms.Form):
    name = PlainField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please write your name.")},
    )
    language = forms.ChoiceField(label=_("Language of letters to you"), choices=CHOICES)


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten signs, and nothing that others would guess. A few words together are good."),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self._user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data["password"] != data.get("again"):
            self.add_error("again", _("The two are not the same."))
        return data


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self._user.email:
            raise forms.ValidationError(_("This is your address already."))
        return email

    def send(self) -> bool:
        """False where too many letters were asked for; then none was written."""
        if not rate.take(NEW_ADDRESSES, str(self._user.pk)):
            self.add_error(None, too_often())
            return False
        accounts.ask_new_address(user=self._user, email=self.cleaned_data["email"])
        return True


class AddressCodeForm(forms.Form):
    code = _code_field(_("The code of six digits"))
