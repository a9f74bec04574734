"""How often somebody may knock: a bucket of tokens in PostgreSQL for each purpose and each who.

The key is an HMAC, so no address is stored. Whatever goes wrong, the answer is no.
"""

import hmac
import ipaddress
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest

from plaza.core.models import TokenBucket

TAKE: Final = """
INSERT INTO core_tokenbucket AS bucket (key, tokens, at) VALUES (%(key)s, %(burst)s - 1, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET
    tokens = least(%(burst)s, bucket.tokens + %(rate)s * extract(epoch FROM clock_timestamp() - bucket.at)) - 1,
    at = clock_timestamp()
WHERE least(%(burst)s, bucket.tokens + %(rate)s * extract(epoch FROM clock_timestamp() - bucket.at)) >= 1
RETURNING bucket.tokens
"""
# Longer than any bucket needs to be full again.
FULL_AGAIN: Final = "2 days"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, then one more every so many seconds."""

    purpose: str
    burst: int
    every: float


def take(limit: Limit, who: str) -> bool:
    """Takes a token; False where none is left, or where the bucket cannot be asked. One statement, so a thousand
    requests at the same instant get no more than the bucket held."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"rate\0{limit.purpose}\0{who}".encode(), "sha256").hex()
    try:
        # A savepoint: a refusal of the database must not end the transaction of whoever asks.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TAKE, {"key": key, "burst": float(limit.burst), "rate": 1 / limit.every})
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


def address_block(request: HttpRequest) -> str:
    """What one subscriber usually holds: an address of IPv4, a /64 of IPv6. Proxies before Plaza (PLAZA_PROXIES)
    are believed for what they add to X-Forwarded-For themselves, and nobody for the rest."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    added = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    if settings.PROXIES and len(added) >= settings.PROXIES:
        address = added[-settings.PROXIES]
    try:
        there = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(there, ipaddress.IPv6Address):
        if there.ipv4_mapped is not None:
            return str(there.ipv4_mapped)
        return str(ipaddress.ip_network((there, 64), strict=False))
    return str(there)


def forget_full() -> int:
    """Buckets that are full again say nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TokenBucket._meta.db_table} WHERE at < clock_timestamp() - %s::interval", [FULL_AGAIN]
        )
        return int(cursor.rowcount)
