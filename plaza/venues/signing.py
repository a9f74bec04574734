"""What proves that a call is ours to a BigBlueButton server, and that a report is the server's to us. The secret is shared."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Any, Final, Literal

Hashing = Literal["sha1", "sha256", "sha384", "sha512"]

MOST_LETTERS: Final = 2000
# The server writes tokens that hold for a day; its clock need not be ours.
_A_DAY: Final = 24 * 3600
_CLOCKS_DIFFER: Final = 300


def checksum(call: str, query: str, secret: str, hashing: Hashing = "sha256") -> str:
    """Of the call's name, its query as it is sent, and the secret."""
    return hashlib.new(hashing, f"{call}{query}{secret}".encode()).hexdigest()


def is_signed(authorization: str, secret: str, *, now: float | None = None) -> bool:
    """Whether `Bearer …` is a JSON Web Token of the server (HS512, RFC 7519) that has not ended. No other way of signing
    is known here, above all not `none`: the token does not choose how it is looked at."""
    scheme, _, token = authorization.partition(" ")
    parts = token.strip().split(".")
    if scheme.lower() != "bearer" or len(token) > MOST_LETTERS or len(parts) != 3 or not secret:
        return False
    head, body, signature = parts
    expected = hmac.digest(secret.encode(), f"{head}.{body}".encode(), "sha512")
    if not hmac.compare_digest(expected, _bytes(signature)):
        return False
    said = _object(head)
    if said.get("alg") != "HS512":
        return False
    ends = _object(body).get("exp")
    at = time.time() if now is None else now
    if isinstance(ends, bool) or not isinstance(ends, int | float):
        return False
    return at - _CLOCKS_DIFFER < ends < at + _A_DAY + _CLOCKS_DIFFER


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _object(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
