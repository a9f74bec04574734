"""What machines read of a page: schema.org, as JSON-LD."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# As in Django's own json_script: what could end the element or begin another.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(data: Mapping[str, Any]) -> SafeString:
    """Fit to stand between `<script type="application/ld+json">` and its end."""
    whole = {"@context": "https://schema.org"} | dict(data)
    return mark_safe(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))
