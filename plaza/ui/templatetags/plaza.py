"""What templates need to say things well: words with their language, times, numbers."""

from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from plaza.core.dates import with_weekday
from plaza.core.languages import NATIVE_NAMES, known
from plaza.core.times import clock
from plaza.core.translations import Translated, Words, reader_language
from plaza.core.verbs import VERBS

register = template.Library()
register.filter("clock", clock)
register.filter("with_weekday", with_weekday)


@register.simple_tag
def words(record: Translated, field: str) -> Words:
    """The field in the reader's language: `{% words work "title" as title %}`."""
    return record.words(field, reader_language())


@register.filter
def spoken(value: Words) -> SafeString:
    """A text in a span that says its language where it is not the page's, and a label where a machine made it."""
    language = known(get_language())
    label = _("automatic translation") if value.is_machine else ""
    note = format_html(' <small class="chip">{}</small>', label) if label else ""
    if value.language == language:
        return format_html("{}{}", value.text, note)
    return format_html('<span lang="{}">{}</span>{}', value.language, value.text, note)


@register.simple_tag
def colon() -> str:
    """Behind a label; French puts a space before it: `{% translate "People" %}{% colon %} 3`."""
    return pgettext("behind a label", ":")


@register.filter
def minutes(seconds: float | None) -> int:
    return max(1, round((seconds or 0) / 60))


@register.filter
def exact(seconds: float) -> str:
    """For addresses: `12.4`, `12`, never `12,4`."""
    return f"{seconds:g}" if seconds < 100000 else f"{seconds:.0f}"


@register.filter
def number(value: float | None) -> str:
    """With the thousands apart, as the language does it."""
    return "" if value is None else str(formats.number_format(value, force_grouping=True))


@register.filter
def deed(verb: str) -> str | SafeString:
    """A verb of the history, as people say it."""
    called = VERBS.get(verb)
    return str(called) if called is not None else format_html('<span lang="en">{}</span>', verb)


@register.filter
def language_name(code: str) -> str:
    return NATIVE_NAMES.get(code, code)


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Any) -> dict[str, Any]:
    """Older and newer, keeping the rest of the address."""
    request = context["request"]
    return {
        "page": page,
        "before": _with_page(request, page.previous_page_number()) if page.has_previous() else "",
        "after": _with_page(request, page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/parts/help.html")
def help(area: str) -> dict[str, str]:
    """A small question mark that leads to the help on one part of the site: `{% help "asking" %}`."""
    return {"area": area}


@register.simple_tag(takes_context=True)
def without(context: dict[str, Any], name: str) -> str:
    """The address of this page without one of its values: `{% without "topic" %}`."""
    query = context["request"].GET.copy()
    query.pop(str(name), None)
    return f"?{query.urlencode()}"


def _with_page(request: Any, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
