"""Accounts, for those who run the network: who has one, with which roles, and what may be done about it."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from plaza.accounts.access import is_administrator, may_give, the_user
from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain.second_step import has_second_step
from plaza.accounts.guards import for_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.plain import plain_line
from plaza.directory.forms_accounts import DEEDS, AccountForm
from plaza.directory.models import RoleInPlace

A_PAGE: Final = 30


@for_staff
def accounts(request: HttpRequest) -> HttpResponse:
    words, role = plain_line(request.GET.get("name", ""))[:100], request.GET.get("role", "")
    found = User.objects.filter(erased_at__isnull=True).order_by("name", "pk")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role in NetworkRole.values:
        found = found.filter(network_role=role)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "directory/accounts.html",
        {"page": page, "words": words, "role": role, "roles": NetworkRole.choices},
    )


@for_staff
def account_desk(request: HttpRequest, pk: int) -> HttpResponse:
    user, by = get_object_or_404(User, pk=pk, erased_at__isnull=True), the_user(request.user)
    is_hers_to_decide = by.pk != user.pk and may_give(by, NetworkRole(user.network_role))
    form = AccountForm(request.POST or None, user=user, by=by)
    if request.method == "POST":
        if request.POST.get("deed") not in DEEDS:
            raise Http404
        if form.is_valid():
            form.do(request.POST["deed"])
            messages.success(request, _("Saved."))
            return redirect("directory:account-desk", pk=pk)
    roles = RoleInPlace.objects.filter(user=user).select_related("city__country", "organization")
    return render(
        request,
        "directory/account_desk.html",
        {
            "account": user,
            "form": form,
            "is_hers_to_decide": is_hers_to_decide,
            "roles": roles.order_by("-start", "-pk"),
            "can_put_away": is_administrator(by) and by.pk != user.pk and has_second_step(user),
            "entries": history.of(user).select_related("by"),
        },
    )
