"""The secret link of a request."""

from django.urls import reverse
from django.utils import translation

from plaza.core import secret_links
from plaza.core.site import absolute
from plaza.corrections.models import Correction


def token_of(correction: Correction) -> str:
    return secret_links.token_of("plaza.corrections", correction.uuid)


def path_of(correction: Correction) -> str:
    return reverse("corrections:followed", args=[token_of(correction)])


def link_of(correction: Correction) -> str:
    """For a letter, in the asker's language. Empty where the key has changed since: her first link still holds."""
    if secret_links.hash_of(token_of(correction)) != correction.token_hash:
        return ""
    with translation.override(correction.language):
        return absolute(path_of(correction))
