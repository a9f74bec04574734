"""A logo from a stranger's disk: what is a picture is kept, what acts is refused with its reason."""

import struct
import zlib

import pytest

from plaza.network.domain import logos
from plaza.network.domain.logos import NotALogo, examined

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def svg(inside, head=HEAD):
    return f"{head}{inside}</svg>".encode()


def part(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=4, height=4, *more):
    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    lines = zlib.compress(b"".join(b"\0" + b"\x0b\x5d\x5b" * 4 for _ in range(4)))
    return logos.PNG_HEAD + head + b"".join(more) + part(b"IDAT", lines) + part(b"IEND", b"")


def why(data):
    with pytest.raises(NotALogo) as refused:
        examined(data)
    return refused.value.why


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<script href="https://evil.example/a.js"/>',
        "<SCRIPT>alert(1)</SCRIPT>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        '<g><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject></g>',
        '<rect width="1" height="1" onload="alert(1)"/>',
        '<rect width="1" height="1" ONCLICK="alert(1)"/>',
        '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<set attributeName="onmouseover" to="alert(1)"/>',
        '<image href="https://evil.example/a.png"/>',
        '<image href="data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;"/>',
        '<use href="https://evil.example/a.svg#x"/>',
        '<defs><g id="a"/></defs><use href="#a"/>',
        '<iframe src="https://evil.example/"/>',
    ],
)
def test_an_svg_logo_with_script_or_anything_that_acts_is_refused(inside):
    assert why(svg(inside)) == logos.ACTS


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="1" height="1" fill="url(https://evil.example/a.svg#x)"/>',
        '<rect width="1" height="1" fill="url( \'//evil.example/a\' )"/>',
        '<rect width="1" height="1" style="background: URL(https://evil.example/)"/>',
        "<style>@import 'https://evil.example/a.css';</style>",
        r"<style>rect { fill: \75rl(https://evil.example/) }</style>",
        "<style>rect { fill: u/**/rl(https://evil.example/) }</style>",
        '<style><![CDATA[rect { background: url("data:image/svg+xml;base64,AAAA") }]]></style>',
        '<linearGradient id="a" xlink:href="https://evil.example/#b"/>',
        '<linearGradient id="a" href="data:image/svg+xml,x"/>',
        '<path d="M0 0" fill="javascript:alert(1)"/>',
    ],
)
def test_an_svg_logo_that_loads_something_is_refused(inside):
    assert why(svg(inside)) == logos.REACHES_OUT


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<?xml version="1.0"?><!doctype svg>',
    ],
)
def test_an_svg_logo_with_a_document_type_is_refused(head):
    assert why(head.encode() + svg("<text>&x;</text>")) == logos.ENTITIES


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", logos.EMPTY),
        (b"GIF89a" + b"\0" * 20, logos.OTHER_KIND),
        (b"\xff\xd8\xff\xe0JFIF", logos.OTHER_KIND),
        (b"<html><svg></svg><script>alert(1)</script></html>", logos.OTHER_KIND),
        (b"<svg", logos.OTHER_KIND),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>', logos.NOT_XML),
        ('<?xml version="1.0" encoding="utf-16"?><svg>'.encode("utf-16"), logos.OTHER_KIND),
        (svg("<g/>" * 2500), logos.TOO_MANY),
        (svg("<g>" * 400 + "</g>" * 400), logos.NOT_XML),
        (svg("<!-- " + "x" * logos.MOST_BYTES + " -->"), logos.TOO_LARGE),
        (png()[:-20], logos.BROKEN),
        (png()[:60] + b"\0" + png()[61:], logos.BROKEN),
        (logos.PNG_HEAD + b"<script>alert(1)</script>", logos.BROKEN),
        (png(100_000, 100_000), logos.TOO_LARGE),
        (png(0, 4), logos.TOO_LARGE),
    ],
)
def test_what_is_no_logo_is_refused_with_its_reason(data, reason):
    assert why(data) == reason


def test_a_drawing_of_a_drawing_program_stays_a_picture_without_its_notes():
    drawn = svg(
        "<!-- made by hand --><metadata>who, where</metadata>"
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<style>.a { fill: url(#g); }</style><rect class="a" width="9" height="9" data-name="x" fill="url(#g)"/>'
        '<p:notes xmlns:p="http://example.org/notes">secret</p:notes><text x="1">Río</text>'
    )

    media_type, content = examined(drawn)

    assert (media_type, content.decode()) == (
        "image/svg+xml",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        '<style>.a { fill: url(#g); }</style><rect class="a" width="9" height="9" fill="url(#g)"/>'
        '<text x="1">Río</text></svg>',
    )
    assert examined(content) == (media_type, content)


def test_a_png_keeps_its_picture_and_loses_its_words_and_what_lies_behind_its_end():
    told = png(4, 4, part(b"tEXt", b"Author\0Ana Ribera"), part(b"eXIf", b"where it was taken"))

    assert examined(told + b"<script>alert(1)</script>") == ("image/png", png())


def test_a_png_whose_head_is_empty_is_refused():
    why(logos.PNG_HEAD + part(b"IHDR", b"") + part(b"IDAT", b"") + part(b"IEND", b""))


def test_nothing_stands_between_the_words_of_a_style():
    hidden = svg("<style>a{}<desc/>@import url(https://evil.example/a.css);</style>")
    assert b"evil" not in examined(hidden)[1]
