"""Which lines of which page told of a record."""

from typing import Any, Final

from django.db.models import Exists, OuterRef

from plaza.core.provenance import Source
from plaza.ingest.models import NamedWork, Proposal
from plaza.knowledge.models import Work
from plaza.meetings.models import Meeting

MARK: Final = "was_told_by_a_page"


def was_told_by_a_page() -> Exists:
    """For asking it with the meetings, as MARK: then it costs none where no page told of one."""
    return Exists(Proposal.objects.filter(meeting=OuterRef("pk")))


def pages_that_tell(record: Any) -> list[Source]:
    """Of a meeting: the pages whose proposals became it; of a work: the lines that name it. One query; of anything else
    nothing."""
    if isinstance(record, Work):
        return _naming(record)
    if not isinstance(record, Meeting) or not getattr(record, MARK, True):
        return []
    rows = Proposal.objects.filter(meeting=record).select_related("page").defer("page__text", "page__reading", "told")
    return [
        Source(row.page.name, row.page.language, row.page.url, row.first_line, row.last_line)
        for row in rows.order_by("page", "number")
    ]


def _naming(work: Work) -> list[Source]:
    rows = NamedWork.objects.filter(work=work).select_related("proposal__page").order_by("proposal__page", "line")
    rows = rows.defer("proposal__told", "proposal__page__text", "proposal__page__reading")
    pages = [(row.proposal.page, row.line) for row in rows]
    return [Source(page.name, page.language, page.url, line, line) for page, line in pages]
