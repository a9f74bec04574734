"""Signing in: by a code or by a password, and its second step."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from plaza.accounts.forms import TOO_OFTEN, AskCodeForm, SecondStepForm, SignInForm, TypeCodeForm
from plaza.accounts.providers import providers
from plaza.accounts.stages import KEY


def _refused(response: HttpResponse, form: Any) -> HttpResponse:
    """429 where there were too many attempts."""
    if any(form.has_error(name, TOO_OFTEN) for name in (NON_FIELD_ERRORS, *form.fields)):
        response.status_code = 429
    return response


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "providers": providers()}

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form), form)


class AskCode(RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    template_name = "accounts/ask_code.html"
    form_class = AskCodeForm

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form), form)


@method_decorator(
    login_stage_required(stage="login_by_code", redirect_urlname="account_request_login_code"), "dispatch"
)
class TypeCode(ConfirmLoginCodeView):  # type: ignore[misc]  # allauth has no types
    template_name = "accounts/type_code.html"
    form_class = TypeCodeForm


@login_stage_required(stage=KEY, redirect_urlname="account_login")  # type: ignore[untyped-decorator]  # allauth
def second_step(request: HttpRequest) -> HttpResponse:
    stage = request._login_stage  # type: ignore[attr-defined]  # allauth puts it there
    form = SecondStepForm(request.POST or None, user=stage.login.user)
    if request.method == "POST" and form.is_valid():
        response: HttpResponse = stage.exit()
        return response
    response = render(request, "accounts/second_step.html", {"form": form})
    return _refused(response, form) if request.method == "POST" else response


def closed(request: HttpRequest) -> HttpResponse:
    """Where django-allauth sends whoever has a closed account: she is told nothing of it."""
    return redirect("account_login")
