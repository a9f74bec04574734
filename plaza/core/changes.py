"""The version of the data: it changes when a row that a page shows was changed, and never before others can see that row.

A trigger on each table adds one row a transaction to `core_datachange` (migration 0003); how many rows one sees there and
their sum are the version. A sequence or a clock would run ahead of a transaction that is not committed yet, and a page
made meanwhile would be kept under the version that comes after it.
"""

from contextvars import ContextVar
from typing import Any, Final

from django.apps import apps
from django.db import connection
from django.utils import timezone

from plaza.core.registry import Registry

# Models that no page for everybody shows (`directory.Invitation`), or a whole package of them (`mail`): they change all day
# without a page changing. A model that nobody named is watched.
unseen: Final[Registry[tuple[str, ...]]] = Registry("tables that no page for everybody shows")

# Set and put back by `kept_pages`.
made_under: Final[ContextVar[str]] = ContextVar("made_under", default="")

KEPT_ROWS: Final = 200
TRIGGER: Final = "plaza_note_change"


def data_version() -> str:
    """One query. The day is part of it: pages tell what is past and what is to come."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(id), 0) FROM core_datachange")
        rows, total = cursor.fetchone()
    return f"{rows}.{total}.{timezone.localdate().toordinal()}"


def page_version() -> str:
    """Under which a page for everybody is being made now, asked before its first read: what is read for the page may be kept
    under it. Empty outside such a page. No query."""
    return made_under.get()


def forget_old_changes() -> None:
    """Keeps the table short. The version changes by it: every page is made anew once."""
    from plaza.core.models import DataChange  # models are loaded after this module

    newest = DataChange.objects.order_by("-pk").values_list("pk", flat=True)[KEPT_ROWS : KEPT_ROWS + 1]
    DataChange.objects.filter(pk__lte=next(iter(newest), 0)).delete()


def watched_tables() -> set[str]:
    """Every table of ours, but for those that a package called unseen."""
    hidden = {name for _, names in unseen.items() for name in names}
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("plaza.")]
    return {model._meta.db_table for model in ours if not {model._meta.label, model._meta.app_label} & hidden}


def watch_tables(**_told_by_migrate: Any) -> None:
    """After migrations: tables that are new are watched, those that became unseen no longer."""
    wanted = watched_tables()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s AND NOT tgisinternal", [TRIGGER]
        )
        watched = {name for (name,) in cursor.fetchall()}
        standing = set(connection.introspection.table_names(cursor))
        for table in sorted((wanted & standing) - watched):
            cursor.execute(
                f"CREATE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
                f" ON {connection.ops.quote_name(table)} FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()"
            )
        for table in sorted(watched - wanted):
            cursor.execute(f"DROP TRIGGER {TRIGGER} ON {connection.ops.quote_name(table)}")
