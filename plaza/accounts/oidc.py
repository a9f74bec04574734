"""What django-allauth asks us when somebody comes from the host's identity provider."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account by coming from there: people are invited, or ask to join."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """allauth has looked for her by then: by an earlier visit, or by an address that the provider vouches for."""
        if not sociallogin.is_existing:
            messages.info(
                request, _("No account here has the address that was vouched for there. You may ask to join.")
            )
            raise ImmediateHttpResponse(redirect("directory:join"))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        messages.error(request, _("Signing in there did not succeed. Try again, or sign in with a code."))
        raise ImmediateHttpResponse(redirect("account_login"))
