"""The network's face, for those who run it: settings, own pages and what they were before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.network.choices import PageState
from plaza.network.domain import own_pages
from plaza.network.domain.markdown import as_markup
from plaza.network.domain.settings import the_settings
from plaza.network.forms import PageForm, SettingsForm
from plaza.network.models import OwnPage, PageVersion


@for_staff
def settings(request: HttpRequest) -> HttpResponse:
    record = the_settings()
    form = SettingsForm(request.POST or None, request.FILES or None, record=record)
    if request.method == "POST" and form.is_valid():
        for sentence in form.save(by=the_user(request.user)):
            messages.warning(request, sentence)
        messages.success(request, _("Saved. Every page shows it from now on."))
        return redirect("network:settings")
    return render(
        request, "network/settings.html", {"form": form, "record": record}, status=422 if form.errors else 200
    )


@for_staff
def pages(request: HttpRequest) -> HttpResponse:
    found = OwnPage.objects.visible_to(request.user).in_order().prefetch_related("translations")
    rows = [{"page": page, "missing": _missing(page)} for page in found]
    return render(request, "network/pages.html", {"rows": rows})


@for_staff
def edit_page(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A POST shows it first (`deed=look`), or keeps it."""
    page = get_object_or_404(OwnPage.objects.prefetch_related("translations"), pk=pk) if pk else None
    form = PageForm(request.POST or None, record=page)
    shown: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        if request.POST.get("deed") != "look":
            return _keep(request, form, page)
        texts = form.texts()
        shown = [
            {"code": code, "title": texts[f"title_{code}"], "markup": as_markup(texts[f"text_{code}"])}
            for code in LANGUAGES
            if texts[f"text_{code}"]
        ]
    return render(
        request,
        "network/edit_page.html",
        {
            "form": form,
            "page": page,
            "shown": shown,
            "versions": page.versions.select_related("by").defer("texts").order_by("-number") if page else [],
        },
        status=422 if form.errors else 200,
    )


def _keep(request: HttpRequest, form: PageForm, page: OwnPage | None) -> HttpResponse:
    data = form.cleaned_data
    kept = own_pages.write_page(
        page=page,
        slug=data["slug"],
        texts=form.texts(),
        language=data["language"],
        shelf=data["shelf"],
        position=data["position"],
        by=the_user(request.user),
    )
    if request.POST.get("deed") == "publish":
        own_pages.publish_page(page=kept, by=the_user(request.user))
        messages.success(request, _("Saved and published."))
    else:
        is_public = kept.state == PageState.PUBLISHED
        messages.success(request, _("Saved. Readers see it now.") if is_public else _("Saved as a draft."))
    return redirect("network:edit-page", pk=kept.pk)


@require_POST
@for_staff
def move_page(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(OwnPage, pk=pk)
    if request.POST.get("deed") == "withdraw":
        own_pages.withdraw_page(page=page, by=the_user(request.user))
        messages.success(request, _("It is a draft again: only those who run the network see it."))
    elif request.POST.get("deed") == "publish":
        own_pages.publish_page(page=page, by=the_user(request.user))
        messages.success(request, _("Published."))
    return redirect("network:edit-page", pk=page.pk)


@for_staff
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What stood there before; a POST takes it back."""
    found = get_object_or_404(PageVersion.objects.select_related("page", "by"), page=pk, number=number)
    if request.method == "POST":
        own_pages.take_back(page=found.page, version=found, by=the_user(request.user))
        messages.success(request, _("The earlier words stand again."))
        return redirect("network:edit-page", pk=pk)
    shown = [
        {"code": code, "title": found.texts.get(f"title_{code}"), "markup": as_markup(found.texts[f"text_{code}"])}
        for code in LANGUAGES
        if found.texts.get(f"text_{code}")
    ]
    return render(request, "network/version.html", {"version": found, "shown": shown})


def _missing(page: OwnPage) -> list[str]:
    has = {row.language for row in page.translations.all() if row.field == "text"} | {page.language}
    return [NATIVE_NAMES[code] for code in LANGUAGES if code not in has]
