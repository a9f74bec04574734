"""The tests' network, made by its deeds once and then copied, row by row, into each test that asks for it.

Making it costs half a second and three subprocesses; copying it, a twentieth of that. What is copied is what the deeds wrote,
jobs and passages too. Where the database holds anything already, the network is made anew.
"""

import pickle
from dataclasses import dataclass

from django.db import connection, transaction

from tests.network import Network, make_network

# Written by migrations, by Django after each of them, or by a trigger when rows are copied.
STANDING = "django_migrations|django_content_type|auth_permission|core_datachange|procrastinate_events"
TABLES = """SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped AND a.attgenerated = ''
    AND c.relname !~ %s GROUP BY 1 ORDER BY 1"""


@dataclass(frozen=True, slots=True)
class Kept:
    rows: dict[str, bytes]
    network: bytes


_tables: dict[str, str] = {}
_kept: dict[tuple[bool, bool], Kept] = {}


def network(*, has_recordings: bool = True) -> Network:
    if not _tables:
        with connection.cursor() as cursor:
            cursor.execute(TABLES, [f"^({STANDING})$"])
            _tables.update(cursor.fetchall())
    if not _is_empty():
        return make_network(has_recordings=has_recordings)
    # A test that commits has jobs that were sent.
    key = (has_recordings, connection.in_atomic_block)
    if key not in _kept:
        made = make_network(has_recordings=has_recordings)
        _kept[key] = Kept({name: rows for name in _tables if (rows := _read(name))}, pickle.dumps(made))
        return made
    with transaction.atomic():
        for name, rows in _kept[key].rows.items():
            _write(name, rows)
    return pickle.loads(_kept[key].network)  # type: ignore[no-any-return]  # what was put there


def _is_empty() -> bool:
    some = " OR ".join(f"EXISTS (SELECT FROM {name})" for name in _tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {some}")
        return not cursor.fetchone()[0]


def _read(name: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} ({_tables[name]}) TO STDOUT") as rows:
        return b"".join(rows)


def _write(name: str, rows: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} ({_tables[name]}) FROM STDIN") as copy:
        copy.write(rows)
