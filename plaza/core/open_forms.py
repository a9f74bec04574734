"""Forms that anybody may send, with an account or without: how often, and with which status they come back."""

from typing import Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from plaza.core import rate

TOO_OFTEN: Final = "too often"


def may_send(form: Form, request: HttpRequest, limit: rate.Limit) -> bool:
    """Whether the form was sent and is good, and so much may still come from there. What is wrong with it costs no token
    of the limit; where too much came, the form says so and keeps what was typed."""
    if not form.is_valid():
        return False
    if rate.take(limit, rate.address_block(request)):
        return True
    said = _("Too much was sent from your connection. Nothing is lost: wait a few minutes, then send it again.")
    form.add_error(None, ValidationError(said, code=TOO_OFTEN))
    return False


def status_of(form: Form) -> int:
    """Of the page that shows the form: 200 where nothing was sent, 422 to be mended, 429 too often."""
    if not form.is_bound:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN) else 422
