"""What `plaza check` looks at below every domain: the database, the room on the disk, the queue."""

import shutil
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from plaza.core.health import Finding
from plaza.core.jobs import WORKER

OLDEST_POSTGRESQL: Final = 150000
OLDEST_PGVECTOR: Final = (0, 8)
LEAST_FREE_BYTES: Final = 1_000_000_000


def examine_database() -> list[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
                " (SELECT extversion FROM pg_extension WHERE extname = 'vector'),"
                " (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
            )
            number, version, pgvector, is_superuser = cursor.fetchone()
    except DatabaseError as error:
        return [
            Finding(
                _("database"),
                "broken",
                str(error).strip(),
                _("See that PostgreSQL runs and DATABASE_URL is right."),
            )
        ]
    findings = [
        Finding(
            _("database"),
            "sound" if number >= OLDEST_POSTGRESQL else "broken",
            f"PostgreSQL {version}",
            "" if number >= OLDEST_POSTGRESQL else _("Plaza needs PostgreSQL 15 or newer."),
        ),
        _examined_pgvector(pgvector),
    ]
    if is_superuser:
        findings.append(
            Finding(
                _("database role"),
                "warning" if settings.DEMO else "broken",
                _("Plaza connects as a superuser: row-level security would protect nothing."),
                _("Connect as an owner role with NOSUPERUSER NOBYPASSRLS."),
            )
        )
    return findings


def _examined_pgvector(version: str | None) -> Finding:
    subject = "pgvector"
    if version is None:
        return Finding(subject, "broken", _("It is not installed."), _("As a superuser: CREATE EXTENSION vector;"))
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_PGVECTOR:
        return Finding(subject, "broken", version, _("Plaza needs pgvector 0.8 or newer."))
    return Finding(subject, "sound", version)


def examine_disk() -> list[Finding]:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return [
        Finding(
            _("disk"),
            "sound" if free >= LEAST_FREE_BYTES else "warning",
            _("%(free)d MB are free for files and the database.") % {"free": free // 1_000_000},
            "" if free >= LEAST_FREE_BYTES else _("Make room before the disk is full."),
        )
    ]


def living_workers() -> int:
    """The heart of a killed worker beats for us for a minute more, but its sessions end at once; those of a machine that was
    lost end late."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least((SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - interval '1 minute'),"
            " (SELECT count(DISTINCT application_name) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE %s))",
            [f"{WORKER} %"],
        )
        return int(cursor.fetchone()[0])


def examine_queue() -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'failed')"
            " FROM procrastinate_jobs"
        )
        waiting, failed = cursor.fetchone()
    workers = living_workers()
    is_sound = not failed and (workers or not waiting)
    return [
        Finding(
            _("jobs"),
            "sound" if is_sound else "warning",
            _("%(waiting)d wait, %(failed)d failed, %(workers)d workers are alive.")
            % {"waiting": waiting, "failed": failed, "workers": workers},
            "" if is_sound else _("Start plaza serve or plaza work; its log tells why a job failed."),
        )
    ]
