"""Signing in."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import resolve_url

from plaza.accounts.access import is_staff
from plaza.accounts.forms import TOO_OFTEN, SignInForm


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """To the workspace those who have one; others to where they can ask."""
        return resolve_url("portal:workspace" if is_staff(self.request.user) else "portal:home")

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN):
            response.status_code = 429
        return response
