"""The WSGI door."""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plaza.config.settings")
_answer = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A list where the answer is whole already: the server hands that over in one piece, and fetches anything else bit by
    bit, which costs as much as a small page."""
    response = _answer(environ, start_response)
    if response.streaming:
        return response
    body = list(response)
    response.close()
    return body


# What was loaded stays, and need not be looked through for what is left over each time that a page leaves a thousand rows.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
