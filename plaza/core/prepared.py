"""Statements that are asked again and again: PostgreSQL reads and plans each once a connection.

The ORM's are not kept so (Django binds values itself); a statement with a dozen tables takes longer to plan than to answer.
"""

import re
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg import Cursor


def rows(statement: str, **given: Any) -> list[tuple[Any, ...]]:
    """What the statement finds, `given` in its `%(name)s`. One query, counted as any other."""
    connection.ensure_connection()
    raw: Any = Cursor(connection.connection)
    wrapped = connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)
    with wrapped as cursor:
        cursor.execute(statement, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def inside(found: QuerySet[Any]) -> tuple[str, dict[str, Any]]:
    """The statement of a query of the ORM, to stand in brackets inside another one, and what is `given` for it."""
    statement, values = found.query.sql_with_params()
    given = {f"inside_{place}": value for place, value in enumerate(values)}
    names = iter(given)
    return re.sub("%s", lambda _: f"%({next(names)})s", statement), given
