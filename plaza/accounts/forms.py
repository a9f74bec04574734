from typing import Any, Final

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from plaza.core import rate

FROM_ONE_PLACE: Final = rate.Limit("signing in", burst=20, every=30)
# Many machines that try one account: generous, so that nobody can easily keep its owner out.
INTO_ONE_ACCOUNT: Final = rate.Limit("signing in to an account", burst=100, every=60)
TOO_OFTEN: Final = "too_often"


class SignInForm(AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One sentence for a wrong address, a wrong password and a closed account: it tells nobody who is here.
        refusal = _("This address and password do not belong together. Check both and try again.")
        self.error_messages = {"invalid_login": refusal, "inactive": refusal}
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget.input_type = "email"
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        """Looks at the limits before it looks whether there is such an account: the answer and its time are the same
        for one that exists and one that does not."""
        address = str(self.cleaned_data.get("username", "")).strip().lower()
        is_free = self.request is not None and rate.take(FROM_ONE_PLACE, rate.address_block(self.request))
        if not is_free or not rate.take(INTO_ONE_ACCOUNT, address):
            raise forms.ValidationError(
                _("There were too many attempts. Wait a few minutes, then try again."), code=TOO_OFTEN
            )
        return super().clean()
