"""A meeting's own page, as who asks may see it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from plaza.accounts.access import Asker
from plaza.core.translations import read_translations, reader_language
from plaza.knowledge.models import Work
from plaza.meetings.domain.meeting_statement import Read, TopicNamed, read
from plaza.meetings.domain.parts import around
from plaza.meetings.domain.programme_page import SMALL, Wanted
from plaza.meetings.domain.sessions import Told, told_of_large, told_of_small, works_of, zone_of_reader
from plaza.meetings.domain.where import Where
from plaza.meetings.models import Meeting, Organiser


@dataclass
class Page:
    meeting: Meeting
    parent: Meeting | None
    parts: list[Meeting]
    topics: list[TopicNamed]
    organisers: list[Organiser]
    where: Where
    theirs: str
    # All that was read for it; None where more was read than the one statement tells.
    matter: tuple[Any, ...] | None
    _read: Read
    _works: dict[int, list[Work]]

    @cached_property
    def told(self) -> Told:
        """Asked for where it is typeset. Up to one query."""
        if len(self._read.parts) > SMALL:
            return told_of_large(self.meeting, self._works, self.theirs)
        return told_of_small(self._read, self._works, self.theirs)


def page_of(slug: str, user: Asker, wanted: Wanted) -> Page | None:
    """One query, and one for each kind of thing that few meetings have: parts, organisers, works, translations of these, many
    sessions. None where there is no such meeting for who asks."""
    found = read(slug, user, reader_language(), most=SMALL)
    if found is None:
        return None
    meeting = found.meeting
    is_large = len(found.parts) > SMALL
    parent, parts = around(meeting, user) if meeting.parent_id or found.has_parts else (None, [])
    works = works_of(meeting, user) if found.has_works else {}
    unread = [*filter(None, [parent]), *parts, *(work for of_one in works.values() for work in of_one)]
    if unread:
        read_translations(unread)
    theirs = zone_of_reader(meeting, wanted)
    is_all = not (is_large or parent or parts or works or found.has_organisers or found.has_places)
    organisers = meeting.organisers.select_related("city__country", "organization") if found.has_organisers else ()
    return Page(
        meeting,
        parent,
        parts,
        found.topics,
        list(organisers),
        found.where,
        theirs,
        (found.row, theirs, timezone.localdate()) if is_all else None,
        found,
        works,
    )
