"""Who is named as speaking in a recording."""

from collections.abc import Iterable

from plaza.directory.domain.withdrawing import hidden_among
from plaza.directory.models.people import not_named
from plaza.knowledge.models import Segment


def speakers_of(segments: Iterable[Segment]) -> dict[int, str]:
    """By segment, as everybody may read it: what the file heard, but nobody who asked not to be named, whether it is
    known to be she or the label calls her by her name. One query more, where nobody was recognised in a label; the
    persons are to be fetched with the segments."""
    rows = list(segments)
    hidden = hidden_among({row.speaker_label for row in rows if row.speaker_label and row.person is None})
    return {row.pk: not_named() if _is_hidden(row, hidden) else row.speaker_label for row in rows}


def _is_hidden(row: Segment, hidden: set[str]) -> bool:
    return row.speaker_label in hidden if row.person is None else row.person.is_withdrawn
