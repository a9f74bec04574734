"""A connection that the server ended while it lay in the pool is found out before a reader is given it."""

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from plaza.core.postgresql.base import DatabaseWrapper, look_at


@pytest.fixture
def pool(db):
    kept = connection.get_connection_params()
    with ConnectionPool(kwargs={**kept, "autocommit": True}, min_size=1, max_size=1, check=look_at) as pool:
        yield pool


def pid(pool: ConnectionPool) -> int:
    with pool.connection() as held:
        return held.execute("SELECT pg_backend_pid()").fetchone()[0]


def test_one_that_the_server_ended_is_replaced(pool):
    ended = pid(pool)
    with psycopg.connect(**{**connection.get_connection_params(), "autocommit": True}) as other:
        other.execute("SELECT pg_terminate_backend(%s, 2000)", [ended])

    assert pid(pool) != ended


def test_one_that_is_well_is_used_again(pool):
    assert pid(pool) == pid(pool)


def test_the_pool_of_web_processes_looks_so(db):
    own = {**connection.settings_dict, "OPTIONS": {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1}}}
    pooled = DatabaseWrapper(own, "pooled")
    try:
        assert pooled.pool._check is look_at
    finally:
        pooled.close_pool()
