"""The XML that a BigBlueButton server answers with. A server may be broken, or be another one than it should: what it says is
read as anything from outside is."""

from typing import Final

from lxml import etree

from plaza.core.plain import plain_line
from plaza.venues.venue import VenueDown, WhyDown

# A thousand people are half a megabyte.
MOST_BYTES: Final = 4 * 1024 * 1024
LONGEST_WORD: Final = 2000


def read(data: bytes) -> etree._Element:
    """The root. Raises VenueDown where it is no answer, declares a document type (entities), or is a refusal."""
    if len(data) > MOST_BYTES:
        raise VenueDown(WhyDown.ODD, "too large")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise VenueDown(WhyDown.ODD, "no XML") from error
    if root.getroottree().docinfo.doctype:
        raise VenueDown(WhyDown.ODD, "declares a document type")
    if word(root, "returncode") != "SUCCESS":
        key = word(root, "messageKey")
        if root.tag != "response" or word(root, "returncode") != "FAILED":
            raise VenueDown(WhyDown.ODD, key)
        raise VenueDown(WhyDown.SECRET if key == "checksumError" else WhyDown.REFUSED, key)
    return root


def word(element: etree._Element, path: str) -> str:
    """One plain line; empty where there is none."""
    return plain_line(element.findtext(path) or "")[:LONGEST_WORD]


def number(element: etree._Element, path: str) -> int:
    """0 where there is none, or none that a clock or a counter would show."""
    said = word(element, path)
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
