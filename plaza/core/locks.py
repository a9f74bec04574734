"""Locks of PostgreSQL on a name: for where there is no row yet that could be locked. What a constraint can promise, a
constraint promises (docs/decisions/0020)."""

from django.db import connection, transaction


def hold(name: str) -> None:
    """Waits until nobody else holds `name`, then holds it until the transaction around ends, be it by its process dying.
    Held again in the same transaction, it changes nothing; without a transaction it would hold nothing, and raises.

    The key is a hash of 64 bits of the whole name, and a name begins with its room ("corrections: numbers"): those of two
    rooms meet no sooner than two hashes do. Keys of two numbers, as `mail` has them, PostgreSQL keeps apart from these.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"“{name}” is held outside a transaction.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
