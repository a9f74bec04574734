"""Where Django looks for the door to the database."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def pool(self) -> Any:
        """Django's, which asks the server something before each request; ours asks where there is a sign of trouble."""
        pool = super().pool
        if pool is not None:
            pool._check = look_at
        return pool


def look_at(connection: Connection[Any]) -> None:
    """Raises OperationalError where the server has gone away while the connection lay in the pool. A server that ends one says
    so: then there is something to read, and only then it is asked. Costs no way there and back."""
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    if line.poll(0):
        ConnectionPool.check_connection(connection)
