"""Who came, read from the reports: one line a person and meeting, her time the union of all her stays, never their sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from plaza.attendance.models import AttendanceImport
from plaza.core.times import in_minutes

# Somebody is a person of the directory, else an address, else a row.
WHO: Final = """CASE WHEN r.person_id IS NOT NULL THEN 'p' || r.person_id WHEN r.email <> '' THEN 'e' || lower(r.email)
      ELSE 'r' || r.id END"""


def came_by(who: str, joined: str = "") -> str:
    """Those who came, one line for each `who` and meeting. Where a tool tells only the first joining, the last leaving and
    the time in between, that time is what her stays are cut down to. Both arguments are SQL of ours."""
    return f"""
seen AS (
  SELECT r.id, i.meeting_id, r.person_id, r.city_id, r.sector, r.seconds,
    coalesce(nullif(r.other_name, ''), r.name) AS name, r.email, r.role, r.kind, r.city_words,
    {who} AS who
  FROM attendance_attendancerow r JOIN attendance_attendanceimport i ON i.id = r.report_id {joined}
  WHERE i.state IN ('matched', 'done') AND r.came AND r.kind <> 'program'
    AND NOT (r.match = 'decided' AND r.person_id IS NULL) AND i.meeting_id = ANY(%(meetings)s)
), lines AS (
  SELECT meeting_id, who, person_id, city_id, sector, seconds, name, email, role, city_words, NULL::tstzrange AS span FROM seen
  UNION ALL
  SELECT meeting_id, who, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, tstzrange(v.joined, v."left")
  FROM seen JOIN attendance_attendanceinterval v ON v.row_id = seen.id WHERE v."left" IS NOT NULL
), people AS (
  SELECT meeting_id, who, max(person_id) AS person_id, max(city_id) AS city_id, max(sector) AS sector, min(name) AS name,
    max(email) AS email, max(city_words) AS city_words, sum(seconds) AS told, max(seconds) AS longest, range_agg(span) AS span,
    CASE max(CASE role WHEN 'host' THEN 2 WHEN 'panelist' THEN 1 ELSE 0 END) WHEN 2 THEN 'host' WHEN 1 THEN 'panelist'
      ELSE 'attendee' END AS role
  FROM lines GROUP BY 1, 2
), came AS (
  SELECT people.*, least(told, greatest(longest, (
    SELECT round(sum(extract(epoch FROM upper(each) - lower(each))))::bigint FROM unnest(span) AS each))) AS seconds
  FROM people
)"""


CAME: Final = came_by(WHO)
# How long a meeting was: its sessions together, else its hours where it is of one day, else as long as anybody stayed.
LENGTHS: Final = """
hours AS (
  SELECT s.meeting_id, range_agg(tstzrange(s.starts_at, s.ends_at)) AS span FROM meetings_session s
  WHERE s.starts_at IS NOT NULL AND NOT s.is_cancelled AND s.meeting_id = ANY(%(meetings)s) GROUP BY 1
), longest AS MATERIALIZED (
  SELECT meeting_id, max(seconds) AS longest FROM came GROUP BY 1
), lengths AS MATERIALIZED (
  SELECT m.id AS meeting_id, coalesce(
    (SELECT round(sum(extract(epoch FROM upper(each) - lower(each)))) FROM hours h, unnest(h.span) AS each
      WHERE h.meeting_id = m.id),
    CASE WHEN m.ends_at - m.starts_at <= interval '24 hours' THEN extract(epoch FROM m.ends_at - m.starts_at) END,
    (SELECT longest FROM longest WHERE longest.meeting_id = m.id))::bigint AS length
  FROM meetings_meeting m WHERE m.id = ANY(%(meetings)s)
)"""


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody who came; `person` is the slug of her page. `seconds` None: nothing tells it."""

    name: str
    person: str
    email: str
    city: int | None
    city_words: str
    sector: str
    role: str
    seconds: int | None
    share: int | None

    @property
    def minutes(self) -> int | None:
        """As people are told them; None: nothing tells it."""
        return in_minutes(self.seconds)


def asked(sql: str, meetings: Sequence[int], came: str = CAME, **values: Any) -> Iterator[tuple[Any, ...]]:
    """Rows of a statement over `came` and `lengths`, about these meetings."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {came}, {LENGTHS} {sql}", {"meetings": list(meetings), **values})
        yield from cursor.fetchall()


def who_came(meeting: int, *, first: int = 0, most: int | None = None) -> list[Came]:
    """In the order of their names. One query."""
    rows = asked(
        """SELECT coalesce(p.name, nullif(came.name, ''), came.email), CASE WHEN p.is_withdrawn THEN '' ELSE p.slug END,
          came.email, came.city_id, came.city_words, came.sector, came.role, came.seconds,
          least(100, round(100.0 * came.seconds / nullif(length, 0)))::int
        FROM came LEFT JOIN directory_person p ON p.id = came.person_id JOIN lengths USING (meeting_id)
        ORDER BY coalesce(p.name_sort, lower(came.name)), who LIMIT %(most)s OFFSET %(first)s""",
        [meeting],
        first=first,
        most=most,
    )
    return [Came(name, slug or "", *rest) for name, slug, *rest in rows]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Rows in = rows of people + rows put aside: always."""

    rows_in: int
    of_people: int
    put_aside: int

    @property
    def balances(self) -> bool:
        """Whether no row of the file is lost."""
        return self.rows_in == self.of_people + self.put_aside


def ledger(report: AttendanceImport) -> Ledger:
    """Of one report. One query."""
    of_people = sum(len(rows) for rows in report.rows.values_list("source_rows", flat=True))
    return Ledger(report.rows_in, of_people, len(report.put_aside))
