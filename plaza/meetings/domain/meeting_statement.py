"""The SQL of a meeting's own page (decision 31): all that most meetings have, in one statement and one language; and whether
there is more, which the few that have it are asked for by the ORM."""

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS

from plaza.accounts.access import Asker
from plaza.core.languages import DEFAULT, Language
from plaza.core.models import Translation
from plaza.core.prepared import inside, rows
from plaza.core.translations import READ, Words
from plaza.meetings.domain.doors import marks
from plaza.meetings.domain.statements import CALLED, VOICES_OF, Part, Way, beside, kind_of, parts_from
from plaza.meetings.domain.where import CityNamed, Where
from plaza.meetings.models import Meeting, Series, Session

_COLUMNS: Final = tuple(field.attname for field in Meeting._meta.concrete_fields)
_KINDS: Final = {"meeting": Meeting, "series": Series, "session": Session}

_HEAD: Final = f"""
    SELECT {{columns}}, z.title, z.language,
        (
            SELECT json_agg(json_build_array(t.subject_type_id = %(meeting)s, t.field, t.text, t.origin))
            FROM core_translation t
            WHERE t.language = %(language)s AND (
                (t.subject_type_id = %(meeting)s AND t.subject_id = m.id)
                OR (t.subject_type_id = %(series)s AND t.subject_id = m.series_id)
            )
        ),
        (
            SELECT json_agg(json_build_array(x.code, {CALLED.format(row="x")}) ORDER BY x.position)
            FROM meetings_meeting_topics l JOIN topics_topic x ON x.code = l.topic_id WHERE l.meeting_id = m.id
        ),
        (
            SELECT json_agg(json_build_array(
                p.is_held, p.is_about, c.slug, {CALLED.format(row="c")}, {CALLED.format(row="n")}
            ) ORDER BY c.name_sort, c.id)
            FROM (
                SELECT city_id, bool_or(is_held) AS is_held, bool_or(NOT is_held) AS is_about FROM (
                    SELECT city_id, true AS is_held FROM meetings_meeting_places WHERE meeting_id = m.id
                    UNION ALL SELECT city_id, false FROM meetings_meeting_about WHERE meeting_id = m.id
                ) l GROUP BY city_id
            ) p
            JOIN directory_city c ON c.id = p.city_id LEFT JOIN directory_country n ON n.code = c.country_id
        ),
        (
            SELECT json_agg(json_build_array(
                s.id, s.number, s.language, s.kind, s.track_id, s.room_id, s.interpretation, s.is_cancelled,
                extract(epoch FROM s.starts_at)::bigint, extract(epoch FROM s.ends_at)::bigint, s.title, t.text, t.origin
            ) ORDER BY s.starts_at NULLS LAST, s.number)
            FROM (
                SELECT * FROM meetings_session WHERE meeting_id = m.id
                ORDER BY starts_at NULLS LAST, number LIMIT %(most)s + 1
            ) s {beside("s", "session", "title")}
        ),
        (
            SELECT json_agg(w) FROM ({VOICES_OF.format(meeting="m.id")}) w
            WHERE (SELECT count(*) FROM meetings_session y WHERE y.meeting_id = m.id) <= %(most)s
        ),
        EXISTS (SELECT 1 FROM meetings_organiser o WHERE o.meeting_id = m.id),
        EXISTS (SELECT 1 FROM meetings_meeting o WHERE o.parent_id = m.id),
        EXISTS (
            SELECT 1 FROM meetings_session_works o JOIN meetings_session y ON y.id = o.session_id WHERE y.meeting_id = m.id
        )
    FROM ({{gate}}) g({{asked}}) JOIN meetings_meeting m ON m.id = g.id LEFT JOIN meetings_series z ON z.id = m.series_id
    WHERE m.slug = %(slug)s
"""


class TopicNamed(NamedTuple):
    code: str
    called: str


@dataclass(frozen=True, slots=True)
class Read:
    """A meeting with its series, and of its sessions what a small one shows: in the order of a programme, and who is on
    stage. Of a large one `parts` are more than `most`, and `ways` none. What `marks` ask stands on the meeting."""

    meeting: Meeting
    topics: list[TopicNamed]
    where: Where
    parts: list[Part]
    titles: dict[int, Words]
    ways: list[Way]
    has_organisers: bool
    has_parts: bool
    has_works: bool
    # All of this as it came: where it is the same, so is what is said of it.
    row: tuple[Any, ...]

    @property
    def has_places(self) -> bool:
        """Whether any of its sessions is in a room or on a track."""
        return any(part.room_id or part.track_id for part in self.parts)


def read(slug: str, user: Asker, language: Language, most: int) -> Read | None:
    """None where there is no such meeting, or not for `user`. One query."""
    statement, given, names = _for(user) if user.is_authenticated else _for_visitors()
    found = rows(
        statement,
        **{name: kind_of(model) for name, model in _KINDS.items()},
        **given,
        slug=slug,
        language=language,
        default=DEFAULT,
        most=most,
    )
    if not found:
        return None
    row = iter(found[0])
    meeting = Meeting.from_db(DEFAULT_DB_ALIAS, _COLUMNS, list(islice(row, len(_COLUMNS))))
    for name in names:
        setattr(meeting, name, next(row))
    title, its_language, texts, topics, places, sessions, ways, has_organisers, has_parts, has_works = row
    meeting.series = Series(pk=meeting.series_id, title=title, language=its_language) if meeting.series_id else None
    for record in filter(None, (meeting, meeting.series)):
        # In the reader's language alone: no other is asked for on the page.
        vars(record)[READ] = [
            Translation(field=field, language=language, text=text, origin=origin)
            for of_meeting, field, text, origin in texts or ()
            if of_meeting == (record is meeting)
        ]
    cities = [(held, about, CityNamed(*names)) for held, about, *names in places or ()]
    parts, titles = parts_from(sessions or (), language)
    return Read(
        meeting,
        [TopicNamed(*topic) for topic in topics or ()],
        Where([city for held, _, city in cities if held], [city for _, about, city in cities if about]),
        parts,
        titles,
        [Way(**way) for way in ways or ()],
        has_organisers,
        has_parts,
        has_works,
        found[0],
    )


@cache
def _for_visitors() -> tuple[str, dict[str, Any], list[str]]:
    return _for(AnonymousUser())


def _for(user: Asker) -> tuple[str, dict[str, Any], list[str]]:
    """The statement with the gate of meetings and the marks in it, what is given for them, and the names of the marks."""
    asked = dict(marks.items())
    gate, given = inside(Meeting.objects.visible_to(user).annotate(**asked).values_list("id", *asked))
    columns = [*(f"m.{name}" for name in _COLUMNS), *(f"g.{name}" for name in asked)]
    statement = _HEAD.format(gate=gate, asked=", ".join(("id", *asked)), columns=", ".join(columns))
    # The shorter it is, the sooner the driver has read it.
    return " ".join(statement.split()), given, list(asked)
