"""Where django-allauth asks us: its letters go into the outbox, its limits are ours, and nobody signs up by herself."""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext_lazy as _

from plaza.accounts.access import is_staff
from plaza.accounts.domain.codes import new_code
from plaza.core import rate
from plaza.core.translations import reader_language
from plaza.mail.domain import outbox

# Letters to an address that anybody may have typed: one of the two goes out, whether it has an account or not.
LETTERS: Final = {"account/email/login_code": "accounts/code", "account/email/unknown_account": "accounts/no_account"}
# One sentence for a wrong address, a wrong password and a closed account: it tells nobody who is here.
REFUSAL: Final = _("This address and password do not belong together. Check both and try again.")
WRONG_CODE: Final = _("This is not the code, or it is too old. Look at the newest letter, or ask for another code.")
TOO_OFTEN: Final = _("There were too many attempts. Wait a few minutes, then try again.")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": REFUSAL,
        "invalid_login": REFUSAL,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def generate_login_code(self) -> str:
        return new_code()

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage", "plaza.accounts.stages.SecondStepStage"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the workspace those who have one; others to where they can ask."""
        return resolve_url("portal:workspace" if is_staff(request.user) else "portal:home")

    def get_client_ip(self, request: HttpRequest) -> str:
        block = rate.address_block(request)
        return "0.0.0.0" if block == "unknown" else block.split("/")[0]

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> Any:
        return redirect("account_login")

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: Any = None, **kwargs: Any) -> None:
        """Only what we say ourselves: the pages tell the rest."""
        if message is not None:
            super().add_message(request, level, message=message)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the page: whether there is an account to have another one is nobody's business."""
        template = LETTERS.get(template_prefix)
        if template is not None:
            outbox.write(
                to=email,
                language=reader_language(),
                template=template,
                values={"code": context.get("code", "")},
            )
