"""A name is held by one transaction at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, transaction

from plaza.core import locks


def is_free(name: str) -> bool:
    """Whether another connection can hold it at once."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            locks.hold(name)
        return True
    except OperationalError:
        return False
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_name_is_held_till_the_transaction_ends_and_no_other_name_with_it():
    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            locks.hold("corrections: numbers")
            locks.hold("corrections: numbers")
            names = ["corrections: numbers", "directory: invitations"]
            meanwhile = [elsewhere.submit(is_free, name).result() for name in names]
        afterwards = elsewhere.submit(is_free, "corrections: numbers").result()

    assert meanwhile == [False, True]
    assert afterwards is True

    with pytest.raises(transaction.TransactionManagementError):
        locks.hold("corrections: numbers")
