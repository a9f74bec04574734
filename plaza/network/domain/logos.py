"""A logo that somebody uploads is hostile until it was looked at: a PNG is taken apart, an SVG is written anew from what
an SVG needs to be a picture."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_noop
from lxml import etree


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PNG: Final = "image/png"
SVG: Final = "image/svg+xml"
MOST_BYTES: Final = 200 * 1024
MOST_PIXELS: Final = 2000  # in width and in height
MOST_ELEMENTS: Final = 2000
SVG_SPACE: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"

SHAPES: Final = _words(
    "svg g defs path rect circle ellipse line polyline polygon text tspan title desc linearGradient "
    "radialGradient stop clipPath mask pattern symbol style"
)
# What acts, loads or repeats itself. Everything else that is no shape is left out without a word: an editor's notes.
ACTING: Final = _words(
    "script foreignobject iframe object embed audio video canvas handler listener set animate animatemotion "
    "animatetransform animatecolor discard use image feimage a"
)
ATTRIBUTES: Final = _words(
    "id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform viewBox preserveAspectRatio "
    "version fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color clip-path clip-rule mask offset "
    "stop-color stop-opacity gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits "
    "maskContentUnits patternUnits patternContentUnits patternTransform font-family font-size font-weight "
    "font-style text-anchor dominant-baseline letter-spacing dx dy style display visibility paint-order "
    "vector-effect"
)
INSIDE: Final = re.compile(r"url\(\s*['\"]?#[\w.:-]+['\"]?\s*\)", re.IGNORECASE)

EMPTY: Final = gettext_noop("This file is empty.")
TOO_LARGE: Final = gettext_noop("This logo is too large: at most 200 KB, 2,000 pixels wide and 2,000 high.")
OTHER_KIND: Final = gettext_noop("This is neither a PNG nor an SVG picture. Save the logo as one of these two.")
BROKEN: Final = gettext_noop("This picture is broken: it ends too early, or something in it was changed.")
NOT_XML: Final = gettext_noop("This SVG cannot be read. Open it in your drawing program and export it anew.")
ENTITIES: Final = gettext_noop(
    "This SVG declares a document type, which can hide other files in it. Export it as plain SVG."
)
ACTS: Final = gettext_noop(
    "This SVG holds more than a picture: a program, a link, a movement, or another file in it. Export it as plain SVG,"
    " with all shapes drawn out."
)
REACHES_OUT: Final = gettext_noop(
    "This SVG loads something from another place. Export it as plain SVG with everything inside."
)
TOO_MANY: Final = gettext_noop("This SVG has too many parts for a logo: at most 2,000. Simplify it and export it anew.")


class NotALogo(Exception):
    """`why` is a whole English sentence, a msgid for the person's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def examined(data: bytes) -> tuple[str, bytes]:
    """(media type, what may be handed out). Raises NotALogo. Its name and what a browser calls it are not asked."""
    if not data:
        raise NotALogo(EMPTY)
    if len(data) > MOST_BYTES:
        raise NotALogo(TOO_LARGE)
    if data.startswith(PNG_HEAD):
        return PNG, _png(data)
    if b"<" in data[:1024] and re.search(rb"<(?:[\w-]+:)?svg[\s>/]|<!|<\?xml", data[:4096]):
        return SVG, _svg(data)
    raise NotALogo(OTHER_KIND)


# Length, name, thirteen bytes, check sum.
IHDR_BYTES: Final = 25


def _png(data: bytes) -> bytes:
    """Only the parts that make the picture: no words, no place where it was taken, nothing behind its end."""
    kept, kinds = [PNG_HEAD], []
    for kind, whole in _parts(data):
        kinds.append(kind)
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs", b"IDAT", b"IEND"):
            kept.append(whole)
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        raise NotALogo(BROKEN)
    if len(kept[1]) != IHDR_BYTES:
        raise NotALogo(BROKEN)
    width, height = struct.unpack(">II", kept[1][8:16])
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise NotALogo(TOO_LARGE)
    return b"".join(kept)


def _parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(PNG_HEAD), b""
    while kind != b"IEND":
        if at + 12 > len(data):
            raise NotALogo(BROKEN)
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != struct.unpack(">I", data[end - 4 : end])[0]:
            raise NotALogo(BROKEN)
        yield kind, data[at:end]
        at = end


def _svg(data: bytes) -> bytes:
    try:
        # One encoding, so that nothing is hidden in another.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise NotALogo(NOT_XML) from reason
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", text, re.IGNORECASE):
        raise NotALogo(ENTITIES)
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    reader = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), reader)
    except (etree.XMLSyntaxError, ValueError) as reason:
        raise NotALogo(NOT_XML) from reason
    if root.tag not in (f"{{{SVG_SPACE}}}svg", "svg"):
        raise NotALogo(OTHER_KIND)
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise NotALogo(TOO_MANY)
    return bytes(etree.tostring(_anew(root), encoding="utf-8"))


def _anew(root: "etree._Element") -> "etree._Element":
    """The same picture, from elements and attributes that were allowed one by one."""
    for element in root.iter():
        if not isinstance(element.tag, str) or etree.QName(element).localname.lower() in ACTING:
            raise NotALogo(ACTS)
    top = etree.Element(f"{{{SVG_SPACE}}}svg", nsmap={None: SVG_SPACE})
    _fill(top, root)
    return top


def _fill(made: "etree._Element", read: "etree._Element") -> None:
    for name, value in read.attrib.items():
        plain = etree.QName(name)
        if plain.localname.lower().startswith("on"):
            raise NotALogo(ACTS)
        if plain.localname == "href":
            # Gradients build on each other; nothing else that we keep refers.
            if not re.fullmatch(r"#[\w.:-]+", value.strip()):
                raise NotALogo(REACHES_OUT)
            if plain.namespace in (None, XLINK) and "Gradient" in str(made.tag):
                made.set("href", value.strip())
        elif plain.namespace is None and plain.localname in ATTRIBUTES:
            made.set(plain.localname, _still(value))
    made.text = _still(read.text) if etree.QName(made).localname == "style" and read.text else read.text
    # Of a style its words are looked through, and nothing may stand between them.
    for child in read if etree.QName(made).localname != "style" else ():
        name = etree.QName(child)
        if name.namespace in (SVG_SPACE, None) and name.localname in SHAPES:
            _fill(etree.SubElement(made, f"{{{SVG_SPACE}}}{name.localname}"), child)
            made[-1].tail = child.tail


def _still(value: str) -> str:
    """A value that loads nothing. Escapes of CSS are refused: they could spell what is looked for here."""
    bare = INSIDE.sub("", value).lower()
    if any(sign in bare for sign in ("url(", "@", "\\", "expression", "javascript:", "data:", "http:", "https:", "/*")):
        raise NotALogo(REACHES_OUT)
    return value
