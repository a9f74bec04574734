"""Steps of signing in, for django-allauth."""

from typing import Any, Final

from allauth.account.stages import LoginStage
from django.shortcuts import redirect

from plaza.accounts.domain.second_step import has_second_step

KEY: Final = "plaza_second_step"


class SecondStepStage(LoginStage):  # type: ignore[misc]  # allauth has no types
    """After the code or the password, a code of the app from whoever has one."""

    key = KEY
    urlname = "accounts:second-step"

    def handle(self) -> tuple[Any, bool]:
        if self.login.user is not None and has_second_step(self.login.user):
            return redirect(self.urlname), True
        return None, True
