"""Records that may be one person: the list, the comparison, the deed and its undoing. For those who run the network."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plaza.accounts.access import the_user
from plaza.accounts.guards import for_staff
from plaza.core import jobs
from plaza.core.plain import plain_line
from plaza.directory.domain import merging
from plaza.directory.domain.finding import person_called
from plaza.directory.models import Merge, Person, Twins
from plaza.portal.domain.twins import sides, with_reasons

A_PAGE: Final = 20
LATELY: Final = 20


@for_staff
def twins(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        jobs.later("plaza.directory.tasks.look_for_twins", once_as="look for twins")
        messages.success(request, _("All names are compared anew. In a minute the list is new: open this page again."))
        return redirect("portal:twins")
    if "one" in request.GET and (both := _both_named(request)):
        return redirect("portal:compare", *both)
    page = Paginator(Twins.objects.open().for_list(), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "portal/twins.html",
        {
            "page": page,
            "rows": with_reasons(page.object_list),
            "are_two": Twins.objects.filter(are_two=True).for_list().order_by("-decided_at")[:LATELY],
            "merges": Merge.objects.filter(undone_at__isnull=True)
            .select_related("kept", "gone", "by")
            .order_by("-at", "-pk")[:LATELY],
        },
    )


def _both_named(request: HttpRequest) -> tuple[str, str] | None:
    """The slugs of the two whose names or slugs were typed; None, and a sentence, where one of them is not known."""
    try:
        found = [person_called(plain_line(request.GET.get(name, "")[:300])) for name in ("one", "other")]
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    if found[0] == found[1]:
        messages.error(request, _("Both are the same record."))
        return None
    return found[0].slug, found[1].slug


@for_staff
def compare(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Side by side. What is chosen stays chosen when something is still to be said."""
    one, two = _standing(slug), _standing(other)
    if one == two:
        raise Http404
    if request.method == "POST" and _decide(request, one, two):
        return redirect("portal:twins")
    first, second = sorted((one, two), key=lambda person: person.pk)
    row = Twins.objects.filter(first=first, second=second).first()
    return render(
        request,
        "portal/compare.html",
        {
            "sides": sides(one, two),
            "reasons": with_reasons([row] if row else [])[0][1] if row else [],
            "stages": merging.stages_of_both(one, two),
            "have_accounts": bool(one.user_id and two.user_id),
            "chosen": request.POST,
        },
        status=422 if request.method == "POST" else 200,
    )


def _standing(slug: str) -> Person:
    person: Person = get_object_or_404(Person.objects.standing().select_related("user"), slug=slug)
    return person


def _decide(request: HttpRequest, one: Person, two: Person) -> bool:
    """Whether it is done; where not, a sentence says what is missing."""
    by, said = the_user(request.user), request.POST
    if said.get("deed") == "two":
        merging.say_they_are_two(one=one, other=two, by=by)
        messages.success(request, _("It is noted that they are two. They are not offered again."))
        return True
    people = {one.slug: one, two.slug: two}
    kept = people.get(said.get("keep", ""))
    if kept is None:
        messages.error(request, _("Choose which of the two records stays."))
        return False
    try:
        merging.merge(
            kept=kept,
            gone=two if kept == one else one,
            by=by,
            is_listed_twice="is_listed_twice" in said,
            account_of=people.get(said.get("account_of", "")),
            why=said.get("why", "")[:400],
        )
    except merging.OnStageTogether:
        messages.error(
            request, _("Both were on stage at the same time. If it was one person, listed twice, say so below.")
        )
    except merging.TwoAccounts:
        messages.error(
            request,
            _(
                "Each of the two is the page of somebody with an account. Choose below which account stays, or leave them two."
            ),
        )
    except merging.HandOversMeet:
        messages.error(
            request,
            _("Of both it was asked who comes next in the same post. Settle one of the two hand-overs first."),
        )
    except merging.NotStanding:
        messages.error(request, _("One of the two became part of another record meanwhile."))
    else:
        messages.success(request, _("The two records are one now. It can be undone on this page."))
        return True
    return False


@require_POST
@for_staff
def part_again(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        left = merging.part_again(merge=get_object_or_404(Merge, pk=pk), by=the_user(request.user))
    except merging.MergedSince:
        messages.error(request, _("The record that stayed became part of another since. Undo that first."))
    else:
        messages.success(request, _("They are two records again."))
        if left:
            messages.info(
                request,
                ngettext(
                    "%(n)s thing was changed since, and stays as it is.",
                    "%(n)s things were changed since, and stay as they are.",
                    left,
                )
                % {"n": left},
            )
    return redirect("portal:twins")


@require_POST
@for_staff
def may_be_one(request: HttpRequest, pk: int) -> HttpResponse:
    merging.say_they_may_be_one(twins=get_object_or_404(Twins, pk=pk), by=the_user(request.user))
    return redirect("portal:twins")
