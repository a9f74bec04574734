"""What is kept of you: read it, take it away, erase it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from plaza.accounts.access import the_user
from plaza.accounts.domain.personal import erase_everything, whom
from plaza.accounts.guards import for_members, signed_in_lately
from plaza.core.personal import everything_of, holdings
from plaza.core.personal_words import said


@never_cache
@for_members
@signed_in_lately
def data(request: HttpRequest) -> HttpResponse:
    held = [
        {"label": holding.label, "stays": holding.stays, "rows": [said(row, holding.codes) for row in rows]}
        for _name, holding, rows in everything_of(whom(the_user(request.user)))
    ]
    return render(request, "accounts/data.html", {"held": held})


@never_cache
@for_members
@signed_in_lately
def data_json(request: HttpRequest) -> JsonResponse:
    held = {name: rows for name, _holding, rows in everything_of(whom(the_user(request.user)))}
    response = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="plaza.json"'
    return response


@never_cache
@for_members
@signed_in_lately
def erase(request: HttpRequest) -> HttpResponse:
    user = the_user(request.user)
    is_wrong = request.method == "POST" and request.POST.get("email", "").strip().lower() != user.email
    if request.method == "POST" and not is_wrong:
        erase_everything(user=user)
        logout(request)
        messages.success(request, _("Your account was erased. Thank you for having been here."))
        return redirect("portal:home")
    stays = [holding.stays for _name, holding in holdings.items() if holding.stays]
    return render(
        request, "accounts/erase.html", {"is_wrong": is_wrong, "stays": stays}, status=422 if is_wrong else 200
    )
