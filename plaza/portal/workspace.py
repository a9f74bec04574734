"""The workspace of those who run the network. Today: recordings come in, are looked at, go out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import is_member, is_staff, the_user
from plaza.formats.refusal import Refused
from plaza.knowledge.domain import recordings
from plaza.knowledge.models import Recording
from plaza.portal.forms import RecordingForm

View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """Visitors are asked to sign in; members who do not run the network find nothing here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_staff(request.user):
            return view(request, *args, **kwargs)
        if is_member(request.user):
            raise Http404
        return redirect_to_login(request.get_full_path())

    return guarded


@for_staff
def workspace(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/workspace.html", {"recordings": Recording.objects.for_list()[:100]})


@for_staff
def receive_recording(request: HttpRequest) -> HttpResponse:
    form = RecordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            recording = form.receive(by=the_user(request.user))
        except Refused as refusal:
            form.add_error("captions", _(str(refusal.why)))
        else:
            messages.success(request, _("The recording was received. Look through its words, then publish it."))
            return redirect(recording.work)
    return render(request, "portal/receive_recording.html", {"form": form})


@require_POST
@for_staff
def publish_recording(request: HttpRequest, slug: str) -> HttpResponse:
    recording = get_object_or_404(Recording.objects.visible_to(request.user), work__slug=slug)
    try:
        recordings.publish(recording=recording, by=the_user(request.user))
    except recordings.NoWordsYet:
        messages.error(request, _("It has no words yet: add its captions first."))
    else:
        messages.success(request, _("Published. It can be found in a few seconds."))
    return redirect("portal:workspace")
