"""The SQL of a programme and of a calendar (decision 29): what is read three hundred rows at a time, in one language. The ORM
takes longer to put together the same statements, and one for each kind of translation, than the database to answer them.
`meeting_statement` has that of a meeting's own page."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.contrib.contenttypes.models import ContentType

from plaza.core.languages import DEFAULT, Language
from plaza.core.models import Origin
from plaza.core.prepared import rows
from plaza.core.translations import Words
from plaza.meetings.domain.clocks import moment
from plaza.meetings.models import Meeting, Room, Session, Track

# Beside a row of a kind, in the reader's language, unless that is its own; the kind and the language are asked for by name.
BESIDE: Final = """
    LEFT JOIN core_translation {t} ON {t}.subject_type_id = %({kind})s AND {t}.subject_id = {row}.id
        AND {t}.field = '{field}' AND {t}.language = %(language)s AND {row}.language <> %(language)s
"""
# What a row is called in that language, or failing that in the default one, as `core.names.called_in` has it.
CALLED: Final = "coalesce(nullif({row}.names->>%(language)s, ''), {row}.names->>%(default)s, '')"


def beside(row: str, kind: str, field: str, t: str = "t") -> str:
    return BESIDE.format(row=row, kind=kind, field=field, t=t)


PARTS: Final = f"""
    SELECT s.id, s.number, s.language, s.kind, s.track_id, s.room_id, s.interpretation, s.is_cancelled,
        extract(epoch FROM s.starts_at)::bigint, extract(epoch FROM s.ends_at)::bigint, s.title, t.text, t.origin
    FROM meetings_session s {beside("s", "session", "title")}
    WHERE s.meeting_id = %(meeting)s
    ORDER BY s.starts_at NULLS LAST, s.number
"""
PLACES: Final = f"""
    SELECT true, r.id, r.position, r.name, r.language, t.text, t.origin
    FROM meetings_room r {beside("r", "room", "name")} WHERE r.meeting_id = %(meeting)s
    UNION ALL
    SELECT false, r.id, r.position, r.name, r.language, t.text, t.origin
    FROM meetings_track r {beside("r", "track", "name")} WHERE r.meeting_id = %(meeting)s
    ORDER BY 3, 2
"""
VOICES_OF: Final = f"""
    SELECT p.id AS person, p.name, p.slug, p.language, p.is_withdrawn, a.role, a.affiliation,
        c.id AS city, c.slug AS city_slug, {CALLED.format(row="c")} AS city_called,
        array_agg(a.position) AS positions, array_agg(a.id) AS keys, array_agg(a.session_id) AS sessions
    FROM meetings_appearance a
    JOIN meetings_session s ON s.id = a.session_id
    JOIN directory_person p ON p.id = a.person_id
    LEFT JOIN directory_city c ON c.id = a.city_id
    WHERE s.meeting_id = {{meeting}}
    GROUP BY p.id, c.id, a.role, a.affiliation
"""
VOICES: Final = VOICES_OF.format(meeting="%(meeting)s")
EVENTS: Final = f"""
    SELECT s.id, s.meeting_id, s.room_id, s.is_cancelled,
        extract(epoch FROM s.starts_at)::bigint, extract(epoch FROM s.ends_at)::bigint,
        coalesce(t.text, s.title), coalesce(t.language, s.language), coalesce(u.text, r.name)
    FROM meetings_session s
    LEFT JOIN meetings_room r ON r.id = s.room_id
    {beside("s", "session", "title")} {beside("r", "room", "name", "u")}
    WHERE s.meeting_id = ANY(%(meetings)s) AND s.starts_at IS NOT NULL AND s.kind <> %(break)s
    ORDER BY s.starts_at, s.number
"""
TOLD: Final = f"""
    SELECT m.id, coalesce(t.text, m.title), coalesce(t.language, m.language),
        coalesce(u.text, m.summary), coalesce(u.language, m.language), h.number, h.at,
        ARRAY(
            SELECT {CALLED.format(row="x")} FROM meetings_meeting_topics l JOIN topics_topic x ON x.code = l.topic_id
            WHERE l.meeting_id = m.id ORDER BY x.position
        ),
        (
            SELECT json_agg(json_build_array(
                {CALLED.format(row="c")}, {CALLED.format(row="n")},
                CASE WHEN c.is_fictional THEN NULL ELSE c.latitude END, c.longitude
            ) ORDER BY c.name_sort, c.id)
            FROM meetings_meeting_places l JOIN directory_city c ON c.id = l.city_id
            LEFT JOIN directory_country n ON n.code = c.country_id WHERE l.meeting_id = m.id
        )
    FROM meetings_meeting m
    {beside("m", "meeting", "title")} {beside("m", "meeting", "summary", "u")}
    CROSS JOIN LATERAL (
        SELECT count(*) AS number, max(e.at) AS at FROM core_historyentry e
        WHERE e.subject_type_id = %(meeting)s AND e.subject_id = m.id
    ) h
    WHERE m.id = ANY(%(meetings)s)
"""


class Part(NamedTuple):
    """Of a session what a programme tells. A row and no record: a summit has 300, and a record takes longer than its line."""

    pk: int
    number: int
    language: str
    kind: str
    track_id: int | None
    room_id: int | None
    interpretation: list[str]
    is_cancelled: bool
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    title: str


class Place(NamedTuple):
    """A room or a track."""

    pk: int
    words: Words


class Way(NamedTuple):
    """A way to appear in a meeting, and the sessions it was in: `positions`, `keys` and `sessions` stand side by side."""

    person: int
    name: str
    slug: str
    language: str
    is_withdrawn: bool
    role: str
    affiliation: str
    city: int | None
    city_slug: str | None
    city_called: str
    positions: list[int]
    keys: list[int]
    sessions: list[int]


class Told(NamedTuple):
    """Of a meeting what a calendar tells, in words of one language: how often something was done to it and when for the last
    time, and where it is held: what the city and its country are called (nothing where it has none), and its latitude and
    longitude in degrees, None where they are not known or invented."""

    pk: int
    title: str
    title_language: str
    summary: str
    summary_language: str
    changes: int
    changed_at: dt.datetime | None
    topics: list[str]
    places: list[tuple[str, str, float | None, float | None]] | None


class Event(NamedTuple):
    """Of a session what a calendar tells; `begins` and `ends` in seconds since 1970, `room` as the reader calls it."""

    pk: int
    meeting: int
    room_id: int | None
    is_cancelled: bool
    begins: int
    ends: int
    title: str
    language: str
    room: str | None


def parts_of(meeting: int, language: Language) -> tuple[list[Part], dict[int, Words]]:
    """In the order of a programme, without an hour last; and their titles by their keys. One query."""
    return parts_from(rows(PARTS, meeting=meeting, language=language, session=kind_of(Session)), language)


def parts_from(found: Iterable[Sequence[Any]], language: Language) -> tuple[list[Part], dict[int, Words]]:
    """Of rows as PARTS has them."""
    parts, titles = [], {}
    for *facts, begins, ends, title, text, origin in found:
        starts_at, ends_at = (None if at is None else moment(at) for at in (begins, ends))
        part = Part._make((*facts, starts_at, ends_at, title))
        parts.append(part)
        titles[part.pk] = said(title, part.language, text, language, origin)
    return parts, titles


def places_of(meeting: int, language: Language) -> tuple[list[Place], list[Place]]:
    """Its rooms and its tracks, in their order. One query."""
    rooms: list[Place] = []
    tracks: list[Place] = []
    kinds = {"room": kind_of(Room), "track": kind_of(Track)}
    for is_room, pk, _position, name, own, text, origin in rows(PLACES, meeting=meeting, language=language, **kinds):
        (rooms if is_room else tracks).append(Place(pk, said(name, own, text, language, origin)))
    return rooms, tracks


def ways_of(meeting: int, language: Language) -> list[Way]:
    """One query, and one row a way to appear: a summit has sixty people on a thousand seats."""
    return [Way(*row) for row in rows(VOICES, meeting=meeting, language=language, default=DEFAULT)]


def told_of(meetings: Sequence[int], language: str) -> dict[int, Told]:
    """By meeting. One query."""
    given = {"meetings": list(meetings), "language": language, "default": DEFAULT}
    return {row[0]: Told(*row) for row in rows(TOLD, **given, meeting=kind_of(Meeting))}


def events_of(meetings: Sequence[int], language: str, without: str) -> list[Event]:
    """Of sessions that have their hours, the earliest first; `without` those of a kind. One query."""
    given = {"meetings": list(meetings), "language": language, "break": without}
    return [Event(*row) for row in rows(EVENTS, **given, session=kind_of(Session), room=kind_of(Room))]


def said(own: str, own_language: str, text: str | None, language: str, origin: str | None) -> Words:
    return Words(own, own_language) if text is None or origin is None else Words(text, language, Origin(origin))


def kind_of(model: type[Any]) -> int:
    return ContentType.objects.get_for_model(model).pk
