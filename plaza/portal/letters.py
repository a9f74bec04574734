"""The letters that were written, for those who run the network: what waits, what is in doubt."""

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.mail.domain import outbox
from plaza.mail.domain.sending import can_send
from plaza.mail.models import Letter

A_PAGE: Final = 20
DEEDS: Final = {"again": outbox.send_again, "leave": outbox.leave_unsent}


@for_staff
def letters(request: HttpRequest) -> HttpResponse:
    page = Paginator(Letter.objects.for_list(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/letters.html", {"page": page, "can_send": can_send()})


@require_POST
@for_staff
def decide_letter(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(Letter, pk=pk)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is not None:
        try:
            deed(letter=letter, by=the_user(request.user))
        except outbox.NotDoubtful:
            messages.error(request, _("Somebody has decided on this letter already."))
    return redirect("portal:letters")
