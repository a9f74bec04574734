"""Pages of the network's own, help, the tour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from plaza.accounts.access import is_staff
from plaza.core.kept_pages import for_everybody
from plaza.core.translations import reader_language
from plaza.network.domain import helping
from plaza.network.domain.markdown import as_markup
from plaza.network.models import OwnPage


@for_everybody
def page(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(OwnPage.objects.visible_to(request.user).prefetch_related("translations"), slug=slug)
    text = found.words("text", reader_language())
    return render(
        request,
        "network/page.html",
        {"page": found, "text": text, "markup": as_markup(text.text), "can_edit": is_staff(request.user)},
    )


@for_everybody
def help_index(request: HttpRequest) -> HttpResponse:
    areas = [helping.help_on(area, get_language()) for area in helping.AREAS]
    return render(request, "network/help_index.html", {"areas": areas})


@for_everybody
def help_on(request: HttpRequest, slug: str) -> HttpResponse:
    found = helping.help_on(slug, get_language())
    if found is None:
        raise Http404
    return render(request, "network/help.html", {"help": found, "markup": as_markup(found.text)})


@for_everybody
def tour(request: HttpRequest) -> HttpResponse:
    return render(request, "network/tour.html")
