"""Works that are named before they are found: naming one, attaching its address, giving it up. Each deed may run twice."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.dates import ImpreciseDate
from plaza.core.egress import host_of, web_address
from plaza.core.languages import Language
from plaza.core.slugs import free_slug
from plaza.knowledge.choices import MaterialState, Visibility, WorkKind
from plaza.knowledge.domain.addresses import Look, note
from plaza.knowledge.models import Material, Recording, Work


class ACopyIsKept(Exception):
    """What is kept here cannot be lost."""


@transaction.atomic
def name_work(
    *,
    kind: WorkKind,
    title: str,
    language: Language,
    by: User | None,
    url: str = "",
    date: ImpreciseDate | None = None,
    visibility: Visibility = Visibility.PUBLIC,
    is_fictional: bool = False,
) -> Work:
    """A work that somebody names, with its address if it has one; published, for that it exists is all that is said.
    Raises NotFetched for what is no address of the web."""
    work = Work(
        kind=kind,
        slug=free_slug(Work.objects.all(), slugify(title)[:100].strip("-") or str(kind)),
        title=title[:300],
        language=language,
        visibility=visibility,
        is_published=True,
        is_fictional=is_fictional,
    )
    work.date = date
    work.save()
    history.record(verb="named", by=by, subject=work)
    watch_address(work=work, url=url)
    return work


def watch_address(*, work: Work, url: str) -> Material:
    """The first thing known of where a work is. An address is looked at in the next round."""
    url = web_address(url) if url else ""
    return Material.objects.create(
        work=work,
        url=url,
        host=host_of(url) if url else "",
        state=MaterialState.LINKED if url else MaterialState.NAMED,
        check_after=timezone.now() if url else None,
    )


@transaction.atomic
def attach_address(*, material: Material, url: str, by: User | None, look: Look | None = None) -> Material:
    """The work is at `url` now; what was known of another address is forgotten but for history. `look`: what was found
    there a moment ago; without one it is looked at in the next round. Raises NotFetched."""
    url = web_address(url)
    row = _locked(material)
    if row.url != url or row.state in (MaterialState.GONE, MaterialState.LOST):
        history.record(verb="attached", by=by, subject=row.work, url=url, before=row.url, was=row.state)
        _set_address(row, url)
        row.state = MaterialState.KEPT if row.file else MaterialState.LINKED
        row.save()
        Recording.objects.filter(work_id=row.work_id, media_file="").update(media_url=url)
    return (note(material_id=row.pk, url=url, look=look, by=by) if look is not None else None) or row


@transaction.atomic
def detach_address(*, material: Material, by: User | None) -> Material:
    """It was not the right address. A copy that is kept stays."""
    row = _locked(material)
    if row.url:
        history.record(verb="detached", by=by, subject=row.work, before=row.url, was=row.state)
        _set_address(row, "")
        row.state = MaterialState.KEPT if row.file else MaterialState.NAMED
        row.save()
        Recording.objects.filter(work_id=row.work_id).update(media_url="")
    return row


@transaction.atomic
def mark_lost(*, material: Material, why: str, by: User | None) -> Material:
    """Nobody will find it any more, as far as a person can tell. Its address, if it had one, is looked at no more.
    Raises ACopyIsKept."""
    row = _locked(material)
    if row.file:
        raise ACopyIsKept(row.work.title)
    if row.state != MaterialState.LOST or row.why_lost != why:
        history.record(verb="marked as lost", by=by, subject=row.work, why=why[:400], was=row.state)
        row.state, row.why_lost = MaterialState.LOST, why[:400]
        row.save(update_fields=["state", "why_lost"])
    return row


@transaction.atomic
def search_again(*, material: Material, by: User | None) -> Material:
    """It is not given up after all: as it stood before."""
    row = _locked(material)
    if row.state == MaterialState.LOST:
        history.record(verb="searched again", by=by, subject=row.work)
        row.why_lost = ""
        row.state = MaterialState.NAMED if not row.url else MaterialState.GONE if row.died_at else MaterialState.LINKED
        row.check_after = timezone.now() if row.url else None
        row.save(update_fields=["state", "why_lost", "check_after"])
    return row


def _locked(material: Material) -> Material:
    return Material.objects.select_for_update(of=("self",)).select_related("work").get(pk=material.pk)


def _set_address(row: Material, url: str) -> None:
    row.url, row.host = url, host_of(url) if url else ""
    row.moved_to, row.answer, row.status, row.checked_at = "", "", None, None
    row.failures, row.failing_since, row.died_at, row.why_lost = 0, None, None, ""
    row.check_after = timezone.now() if url else None
