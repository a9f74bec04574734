"""Codes of six digits, for a letter: short enough to type, and good for a few tries only."""

import hmac
import secrets

from django.conf import settings


def new_code() -> str:
    return f"{secrets.randbelow(10**6):06d}"


def hash_of_code(purpose: str, code: str) -> str:
    """With our key: the database alone does not tell the code, few as they are."""
    said = f"plaza.accounts\0{purpose}\0{only_digits(code)}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256").hex()


def is_code(purpose: str, code: str, code_hash: str) -> bool:
    return hmac.compare_digest(hash_of_code(purpose, code), code_hash)


def only_digits(code: str) -> str:
    """People type spaces and dashes, and phones put them in."""
    return "".join(sign for sign in code[:40] if sign in "0123456789")
