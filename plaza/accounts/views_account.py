"""Your account: name, address, password, second step, where you are signed in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.domain import accounts, second_step
from plaza.accounts.forms import (
    SECOND_STEPS,
    AddressCodeForm,
    AddressForm,
    FirstCodeForm,
    NameForm,
    PasswordForm,
    too_often,
)
from plaza.accounts.guards import for_members, signed_in_lately
from plaza.core import rate
from plaza.core.plain import row_number
from plaza.ui.navigation import account_pages, entries


@never_cache
@for_members
def account(request: HttpRequest) -> HttpResponse:
    user = the_user(request.user)
    form = NameForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        accounts.rename(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    return render(
        request,
        "accounts/account.html",
        {
            "form": form,
            "has_second_step": second_step.has_second_step(user),
            "pages": entries(request, account_pages),
        },
    )


@for_members
def again(request: HttpRequest) -> HttpResponse:
    """Before something that would give an account away: she signs out and in once more, in any way she has."""
    return render(request, "accounts/again.html", {"next": request.GET.get("next", "")[:200]})


@never_cache
@for_members
@signed_in_lately
def password(request: HttpRequest) -> HttpResponse:
    user = the_user(request.user)
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        accounts.set_password(user=user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password was set. Everywhere else you are signed out."))
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


@never_cache
@for_members
@signed_in_lately
def address(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.POST or None, user=the_user(request.user))
    if request.method == "POST" and form.is_valid() and form.send():
        return redirect("accounts:address-code")
    return render(request, "accounts/address.html", {"form": form})


@never_cache
@for_members
@signed_in_lately
def address_code(request: HttpRequest) -> HttpResponse:
    form = AddressCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.confirm_new_address(user=the_user(request.user), code=form.cleaned_data["code"])
        except accounts.NotNow:
            form.add_error("code", _("This is not the code, or it is too old. Ask for a new one if need be."))
        else:
            messages.success(request, _("From now on this address is yours here."))
            return redirect("accounts:account")
    return render(request, "accounts/address_code.html", {"form": form})


@never_cache
@for_members
@signed_in_lately
def set_up_second_step(request: HttpRequest) -> HttpResponse:
    """The picture for the app, then a code of it; then the codes for paper, shown this once."""
    user = the_user(request.user)
    if second_step.has_second_step(user):
        return redirect("accounts:account")
    step = second_step.prepare(user)
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not rate.take(SECOND_STEPS, str(user.pk)):
            form.add_error("code", too_often())
        else:
            try:
                codes = second_step.confirm(user=user, code=form.cleaned_data["code"])
            except second_step.WrongCode:
                form.add_error("code", _("This code does not fit. Wait for the next one, and type it in at once."))
            else:
                accounts.end_sessions_of(user, keep=request.session.session_key or "")
                return render(request, "accounts/recovery_codes.html", {"codes": codes})
    return render(
        request,
        "accounts/set_up_second_step.html",
        {
            "form": form,
            "picture": second_step.picture(step),
            "secret": second_step.written(step),
            "is_asked_for": second_step.needs_second_step(user),
        },
    )


@never_cache
@require_POST
@for_members
@signed_in_lately
def change_second_step(request: HttpRequest) -> HttpResponse:
    """New codes for paper, or no second step any more."""
    user = the_user(request.user)
    if not second_step.has_second_step(user):
        return redirect("accounts:second-step-set-up")
    if request.POST.get("deed") == "codes":
        return render(request, "accounts/recovery_codes.html", {"codes": second_step.new_paper(user=user)})
    second_step.put_away(user=user, by=user)
    messages.success(request, _("You sign in without a second step from now on."))
    return redirect("accounts:account")


@never_cache
@for_members
def sessions(request: HttpRequest) -> HttpResponse:
    """Where she is signed in; a POST ends one of them, or all the others."""
    user = the_user(request.user)
    here = request.session.session_key or ""
    if request.method == "POST":
        if request.POST.get("which") == "others":
            accounts.end_sessions_of(user, keep=here)
        else:
            get_object_or_404(UserSession, user=user, pk=row_number(request.POST.get("which", ""))).end()
        messages.success(request, _("Signed out there."))
        return redirect("accounts:sessions")
    rows = UserSession.objects.purge_and_list(user)
    rows.sort(key=lambda row: (row.session_key != here, -row.created_at.timestamp()))
    return render(
        request,
        "accounts/sessions.html",
        {"rows": [{"session": row, "is_here": row.session_key == here} for row in rows]},
    )
