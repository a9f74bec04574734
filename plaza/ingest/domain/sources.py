"""Which lines of which page told of a record."""

from typing import Any

from plaza.core.provenance import Source
from plaza.ingest.models import Proposal
from plaza.meetings.models import Meeting


def pages_that_tell(record: Any) -> list[Source]:
    """Of a meeting: the pages whose proposals became it. One query; of anything else nothing."""
    if not isinstance(record, Meeting):
        return []
    rows = Proposal.objects.filter(meeting=record).select_related("page").defer("page__text", "page__reading", "told")
    return [
        Source(row.page.name, row.page.language, row.page.url, row.first_line, row.last_line)
        for row in rows.order_by("page", "number")
    ]
