"""Secret words of a link: made again from a record's key and our own for each letter. Only their hash is stored, so
whoever reads the database cannot open the link."""

import hashlib
import hmac
import uuid

from django.conf import settings


def token_of(purpose: str, key: uuid.UUID | str) -> str:
    """64 letters that nobody guesses; of another purpose they are others."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{purpose}\0{key}".encode(), "sha256").hex()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
