"""The words of a letter as text and as HTML: Markdown, read as the network's own pages are."""

import re
from typing import Final

from django.utils.safestring import SafeString

from plaza.core.site import absolute
from plaza.network.domain.markdown import as_markup

# Every repetition has an end: a line of brackets is read in linear time.
LINK: Final = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^\s()<>\"]{1,1000})\)")
STRONG: Final = re.compile(r"\*\*([^*\n]{1,500})\*\*")
HEADING: Final = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
OF_THIS_SITE: Final = re.compile(r'((?:href|src)=")/(?!/)')


def as_html(words: str) -> SafeString:
    """A letter is read elsewhere: links within this site say where it is."""
    return SafeString(OF_THIS_SITE.sub(rf"\1{absolute('/')}", as_markup(words)))


def as_text(words: str) -> str:
    """As somebody would write it in a plain letter: a link is its words and its address."""
    plain = STRONG.sub(r"\1", HEADING.sub("", words))
    return LINK.sub(lambda found: f"{found[1]} ({_whole(found[2])})", plain).strip() + "\n"


def _whole(address: str) -> str:
    return absolute(address) if address.startswith("/") else address
