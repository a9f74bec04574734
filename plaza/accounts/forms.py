from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One sentence for a wrong address, a wrong password and a closed account: it tells nobody who is here.
        refusal = _("This address and password do not belong together. Check both and try again.")
        self.error_messages = {"invalid_login": refusal, "inactive": refusal}
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].widget.input_type = "email"
        self.fields["password"].label = _("Password")
