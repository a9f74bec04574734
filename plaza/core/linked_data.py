"""What machines read of a page: schema.org, as JSON-LD."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# As in Django's own json_script: what could end the element or begin another.
_ESCAPES = ((">", "\\u003E"), ("<", "\\u003C"), ("&", "\\u0026"))


def as_script(data: Mapping[str, Any]) -> SafeString:
    """Fit to stand between `<script type="application/ld+json">` and its end."""
    whole = {"@context": "https://schema.org"} | dict(data)
    said = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    for mark, written in _ESCAPES:  # a programme is long, and `translate` looks at every letter
        said = said.replace(mark, written)
    return mark_safe(said)
