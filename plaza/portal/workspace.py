"""The workspace of those who run the network. Today: recordings come in, are looked at, go out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.formats.refusal import Refused
from plaza.knowledge.domain import recordings
from plaza.knowledge.models import Recording
from plaza.portal.forms import RecordingForm
from plaza.ui.navigation import entries, workspace_pages


@for_staff
def workspace(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/workspace.html",
        {"recordings": Recording.objects.for_list()[:100], "pages": entries(request, workspace_pages, counted=True)},
    )


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
