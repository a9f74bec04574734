"""The secret link of a request. It is made again from the request and our key for each letter; only its hash is
stored, so whoever reads the database cannot open it."""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from plaza.core.site import absolute
from plaza.corrections.models import Correction, hash_of


def token_of(correction: Correction) -> str:
    said = f"plaza.corrections\0{correction.uuid}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256").hex()


def path_of(correction: Correction) -> str:
    return reverse("corrections:followed", args=[token_of(correction)])


def link_of(correction: Correction) -> str:
    """For a letter, in the asker's language. Empty where the key has changed since: her first link still holds."""
    if hash_of(token_of(correction)) != correction.token_hash:
        return ""
    with translation.override(correction.language):
        return absolute(path_of(correction))
