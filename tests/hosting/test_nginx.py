"""The site file of nginx in the documents, held against the addresses that there are."""

import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

CONF = Path(__file__).parents[2] / "docs" / "hosting" / "nginx" / "plaza.conf"


def test_no_secret_link_is_logged_or_packed():
    conf = CONF.read_text()
    quiet = re.search(r"^map \$uri \$plaza_logged \{\s+~(\S+) 0;", conf, re.MULTILINE).group(1)
    plain = re.search(r"location ~ (\S+) \{\s+proxy_pass http://plaza;\s+gzip off;", conf).group(1)
    secret = {route for route in routes(get_resolver().url_patterns) if "<str:token>" in route}
    addresses = {re.sub(r"<\w+:\w+>", "x", f"/es/{route}") for route in secret}

    assert len(addresses) >= 12
    assert [each for each in sorted(addresses) if not re.match(quiet, each)] == []
    assert [each for each in sorted(addresses) if not re.match(plain, each)] == []
    assert [each for each in ("/es/meetings/x/", "/es/calendar/network.ics") if re.match(quiet, each)] == []


def routes(patterns, before=""):
    for each in patterns:
        here = "" if each.pattern.__class__.__name__ == "LocalePrefixPattern" else str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, before + here)
        elif isinstance(each, URLPattern):
            yield before + here
