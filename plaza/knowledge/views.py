"""Pages of recordings."""

from mimetypes import guess_type

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from plaza.core.kept_pages import for_everybody
from plaza.core.paging import page_of
from plaza.files.ranges import serve_file
from plaza.knowledge.domain.captions import as_webvtt
from plaza.knowledge.domain.reading import Moment, read
from plaza.knowledge.models import Material, Recording
from plaza.topics.models import Topic

A_PAGE = 24


@for_everybody
def recordings(request: HttpRequest) -> HttpResponse:
    found = Recording.objects.visible_to(request.user).ready().for_list()
    topic = Topic.objects.filter(code=request.GET.get("topic", "")).first()
    if topic is not None:
        found = found.filter(work__topics=topic)
    page = page_of(found, A_PAGE, request.GET.get("page"))
    return render(request, "knowledge/recordings.html", {"page": page, "topic": topic})


@for_everybody
def recording(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Recording.objects.visible_to(request.user)
        .select_related("work__material")
        .prefetch_related("work__translations", "work__topics", "transcripts", "work__sessions__meeting"),
        work__slug=slug,
    )
    moment = Moment.parse(request.GET.get("t", ""))
    part = request.GET.get("part", "")
    reading = read(found, moment=moment, part=int(part) if part.isascii() and part.isdigit() else 1)
    return render(
        request,
        "knowledge/recording.html",
        {"recording": found, "work": found.work, "reading": reading, "moment": moment},
    )


def media(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = get_object_or_404(Recording.objects.visible_to(request.user), work__slug=slug)
    if not found.media_file:
        raise Http404
    media_type = guess_type(found.media_file.name or "")[0] or "application/octet-stream"
    return serve_file(request, found.media_file, media_type=media_type)


def captions(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Recording.objects.visible_to(request.user).prefetch_related("transcripts"), work__slug=slug
    )
    if found.transcript is None:
        raise Http404
    return HttpResponse(as_webvtt(found.transcript), content_type="text/vtt; charset=utf-8")


def kept_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The copy that is kept of a work, as a download: whatever it holds, no page of ours shows it."""
    found = get_object_or_404(Material.objects.visible_to(request.user).select_related("work"), work__slug=slug)
    if not found.file:
        raise Http404
    response = serve_file(request, found.file, media_type=found.media_type)
    extension = (found.file.name or "").rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="{found.work.slug}.{extension}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
