"""What a page hands over with a meeting becomes works: with the address that stood there, or still without one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, override

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.egress import NotFetched, web_address
from plaza.core.languages import DEFAULT, known
from plaza.ingest.domain.making import MOST_TITLE
from plaza.ingest.models import CALLED, NamedWork, Proposal
from plaza.knowledge.choices import MaterialState, WorkKind
from plaza.knowledge.domain.materials import attach_address, name_work
from plaza.knowledge.models import Work
from plaza.meetings.domain.programme import keep_work
from plaza.meetings.models import Meeting, Session


def keep_materials(*, proposal: Proposal, meeting: Meeting, by: User | None) -> None:
    """Each material of an accepted proposal is a work of the meeting, once: a second call makes nothing, and another
    page that names the same finds the work there. Part of accepting: runs in its transaction."""
    if proposal.named_works.exists():
        return
    session = meeting.sessions.order_by("number").first()
    standing = list(Work.objects.filter(sessions__meeting=meeting).select_related("material", "recording").distinct())
    taken: set[int] = set()
    for number, told in enumerate(proposal.whole["materials"], 1):
        kind, url = CALLED.get(told["kind"], told["kind"]), _address(told["url"])
        if kind not in WorkKind.values or session is None:
            continue
        work = _there_already(kind, url, [each for each in standing if each.pk not in taken])
        made_it = work is None
        if work is None:
            work = _made(WorkKind(kind), url, session, [each for each in standing if each.kind == kind], proposal, by)
            standing.append(work)
        elif url and work.material.state == MaterialState.NAMED:
            attach_address(material=work.material, url=url, by=by)
        taken.add(work.pk)
        NamedWork.objects.create(proposal=proposal, number=number, line=told["line"], work=work, made_it=made_it)


def take_back_materials(*, proposal: Proposal, by: User | None) -> None:
    """The works that this proposal made go with it, but for those that another page names too, or that somebody has
    touched since. Part of undoing: runs in its transaction."""
    for row in proposal.named_works.select_related("work"):
        other = NamedWork.objects.filter(work=row.work).exclude(pk=row.pk).order_by("pk").first()
        row.delete()
        if other is not None and row.made_it:
            NamedWork.objects.filter(pk=other.pk).update(made_it=True)
        elif other is None and row.made_it and not _is_touched(row.work):
            row.work.delete()


def _there_already(kind: str, url: str, standing: Sequence[Work]) -> Work | None:
    """The same address; else one of the kind of which either the page or we know no address. Not a recording whose words
    came in without a material: nobody can say that it is the one that the page means."""
    named = [each for each in standing if hasattr(each, "material")]
    alike = [each for each in named if each.kind == kind and (not url or not each.material.url)]
    same = [each for each in named if url and each.material.url == url]
    return next(iter([*same, *alike]), None)


def _made(
    kind: WorkKind, url: str, session: Session, alike: Sequence[Work], proposal: Proposal, by: User | None
) -> Work:
    meeting, language = session.meeting, known(proposal.page.language) or DEFAULT
    with override(language):
        label = str(kind.label)
        label = label[:1].upper() + label[1:]
        if alike:
            label = gettext("%(kind)s %(number)d") % {"kind": label, "number": len(alike) + 1}
        title = gettext("%(kind)s: %(meeting)s") % {"kind": label, "meeting": meeting.title} if meeting.title else label
    work = name_work(kind=kind, title=title[:MOST_TITLE], language=language, date=meeting.date, url=url, by=by)
    keep_work(session=session, work=work, by=by)
    return work


def _address(told: str | None) -> str:
    """An address of the web; nothing for any other: the work is then one to be looked for."""
    try:
        return web_address(told or "")
    except NotFetched:
        return ""


def _is_touched(work: Work) -> bool:
    """A person did something to it after it was named, or it came to hold more than its name."""
    by_people = history.of(work).filter(by__isnull=False).exclude(verb="named").exists()
    more: Any = Work.objects.filter(pk=work.pk).filter(
        Q(recording__isnull=False) | ~Q(material__file="") | Q(topics__isnull=False) | ~Q(summary="")
    )
    return by_people or more.exists() or work.sessions.count() > 1
