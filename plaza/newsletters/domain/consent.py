"""The words somebody agrees to. Each subscription keeps those that stood on the page, and their version: a change of the
words is a new version, and whoever agreed before agreed to the old ones."""

from typing import Final

from django.utils.translation import gettext as _

from plaza.core.site import network_name

VERSION: Final = "1"


def consent_words() -> str:
    """In the language being spoken."""
    return _(
        "I agree to receive by e-mail the letters of %(network)s: what is new, meetings and calls. I can leave them at any"
        " time, with one click in each letter."
    ) % {"network": network_name()}
