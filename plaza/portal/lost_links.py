"""The workspace's worklist of lost links: materials that are named and cannot be had, and the deeds that mend them."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.accounts.models import User
from plaza.core.provenance import sources_of
from plaza.core.sheets import as_csv
from plaza.knowledge.choices import LinkAnswer
from plaza.knowledge.domain.addresses import look_at, note
from plaza.knowledge.domain.copies import drop_copy, licence_allows
from plaza.knowledge.domain.materials import ACopyIsKept, attach_address, detach_address, mark_lost, search_again
from plaza.knowledge.models import Material
from plaza.portal.domain.lost_links import done_to, heaps, materials_to_find
from plaza.portal.forms_materials import SECONDS, AddressForm, CopyForm, KeepFileForm, WhyForm, WorklistForm

A_PAGE: Final = 25
MOST_ROWS: Final = 20_000

Deed = Callable[[HttpRequest, Material, User], forms.Form | None]


@for_staff
def lost_links(request: HttpRequest) -> HttpResponse:
    form = WorklistForm(request.GET)
    page = Paginator(materials_to_find(request.user, **form.chosen()), A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "heaps": heaps(page.object_list), "chosen": _chosen(request)}
    return render(request, "portal/lost_links.html", shown)


@for_staff
def lost_links_sheet(request: HttpRequest) -> HttpResponse:
    """The same choice as a table, for those who will search their old disks."""
    form = WorklistForm(request.GET)
    head = [_("Meeting"), _("Day"), _("Kind"), _("Title"), _("State"), _("Why"), _("Address"), _("Last answer")]
    head += [_("Old page"), _("Line")]
    rows = [
        [
            *(heap.meeting or "", heap.meeting.date if heap.meeting else ""),
            *(item.material.work.get_kind_display(), item.material.work.title),
            *(item.material.get_state_display(), item.material.why_lost),
            *(item.material.url, item.material.get_answer_display()),
            *(item.page, item.line),
        ]
        for heap in heaps(materials_to_find(request.user, **form.chosen())[:MOST_ROWS])
        for item in heap.items
    ]
    response = HttpResponse(as_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lost-links.csv"'
    return response


@for_staff
def lost_link(request: HttpRequest, slug: str) -> HttpResponse:
    """One material: what is known of it, and everything that can be done. A form that is refused comes back here with
    what was typed; a deed that is done leads back to the list."""
    materials = Material.objects.visible_to(request.user).select_related("work__recording")
    material = get_object_or_404(materials.prefetch_related("work__translations"), work__slug=slug)
    refused = None
    if request.method == "POST":
        refused = DEEDS.get(request.POST.get("deed", ""), _nothing)(request, material, the_user(request.user))
        if refused is None:
            chosen = _chosen(request)
            return redirect(reverse("portal:lost-links") + (f"?{chosen}" if chosen else ""))
    bare: list[forms.Form] = [
        AddressForm(initial={"url": material.url}),
        CopyForm(prefix="copy"),
        KeepFileForm(),
        WhyForm(),
    ]
    shown = {_name(form): refused if refused is not None and type(refused) is type(form) else form for form in bare}
    told = {
        "material": material,
        "work": material.work,
        "chosen": _chosen(request),
        "licence_allows": licence_allows(material.work),
        "sources": sources_of(material.work),
        "done": done_to(material.work),
        **shown,
    }
    return render(request, "portal/lost_link.html", told, status=422 if refused is not None else 200)


def _name(form: forms.Form) -> str:
    return type(form).__name__.removesuffix("Form").lower()


def _chosen(request: HttpRequest) -> str:
    """The filter of the list one came from, for the way back."""
    kept = QueryDict(mutable=True)
    for name in ("state", "kind", "page"):
        if value := request.GET.get(name, "")[:20]:
            kept[name] = value
    return kept.urlencode()


def _attach(request: HttpRequest, material: Material, by: User) -> forms.Form | None:
    form = AddressForm(request.POST)
    attached = form.attach(material, by=by) if form.is_valid() else None
    if attached is None:
        return form
    _tell(request, attached, _("The address of “%(title)s” was written down. %(answer)s"))
    return None


def _follow(request: HttpRequest, material: Material, by: User) -> None:
    """The address that permanent redirects lead to takes the place of the old one."""
    if material.moved_to:
        url = material.moved_to
        moved = attach_address(material=material, url=url, look=look_at(url, seconds=SECONDS), by=by)
        _tell(request, moved, _("The new address of “%(title)s” was written down. %(answer)s"))


def _look(request: HttpRequest, material: Material, by: User) -> None:
    if material.url:
        look = look_at(material.url, seconds=SECONDS)
        seen = note(material_id=material.pk, url=material.url, look=look, by=by)
        _tell(request, seen or material, _("“%(title)s” was looked at. %(answer)s"))


def _detach(request: HttpRequest, material: Material, by: User) -> None:
    detach_address(material=material, by=by)
    _tell(request, material, _("The address of “%(title)s” was taken away."))


def _copy(request: HttpRequest, material: Material, by: User) -> forms.Form | None:
    form = CopyForm(request.POST, prefix="copy")
    if not form.is_valid() or not form.ask(material, by=by):
        return form
    _tell(request, material, _("A copy of “%(title)s” is being fetched; look again in some minutes."))
    return None


def _keep(request: HttpRequest, material: Material, by: User) -> forms.Form | None:
    form = KeepFileForm(request.POST, request.FILES)
    if not form.is_valid() or not form.keep(material, by=by):
        return form
    _tell(request, material, _("The file of “%(title)s” is kept here now."))
    return None


def _drop(request: HttpRequest, material: Material, by: User) -> forms.Form | None:
    form = WhyForm(request.POST)
    if not form.is_valid():
        return form
    drop_copy(material=material, why=form.cleaned_data["why"], by=by)
    _tell(request, material, _("The copy of “%(title)s” was taken away."))
    return None


def _lose(request: HttpRequest, material: Material, by: User) -> forms.Form | None:
    form = WhyForm(request.POST)
    if not form.is_valid():
        return form
    try:
        mark_lost(material=material, why=form.cleaned_data["why"], by=by)
    except ACopyIsKept:
        form.add_error(None, _("A copy of it is kept here, so it is not lost."))
        return form
    _tell(request, material, _("“%(title)s” was marked as lost."))
    return None


def _search(request: HttpRequest, material: Material, by: User) -> None:
    search_again(material=material, by=by)
    _tell(request, material, _("“%(title)s” is searched for again."))


def _nothing(request: HttpRequest, material: Material, by: User) -> None:
    """A deed that there is not."""


def _tell(request: HttpRequest, material: Material, words: str) -> None:
    answer = LinkAnswer(material.answer).label if material.answer else ""
    told: dict[str, Any] = {"title": material.work.title, "answer": answer}
    messages.success(request, (words % told).strip())


DEEDS: Final[dict[str, Deed]] = {
    "attach": _attach,
    "follow": _follow,
    "look": _look,
    "detach": _detach,
    "copy": _copy,
    "keep": _keep,
    "drop": _drop,
    "lose": _lose,
    "search": _search,
}
