"""Markdown of the secretariat becomes markup of ours."""

import pytest

from plaza.network.domain.markdown import as_markup


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>\n"),
        ("<style>*{}</style>", "<p>&lt;style&gt;*{}&lt;/style&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>\n"),
        ("[x](java&#10;script:alert(1))", "<p>[x](java\nscript:alert(1))</p>\n"),
        ("[x](&#106;avascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:text/html,hi)", "<p>[x](data:text/html,hi)</p>\n"),
        ("[x](vbscript:x)", "<p>[x](vbscript:x)</p>\n"),
        ("[x](//evil.example/)", "<p>[x](//evil.example/)</p>\n"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"),
        ("![mapa](https://evil.example/a.png)", "<p>mapa</p>\n"),
        ("![<b>mapa](data:image/png;base64,AAAA)", "<p>![&lt;b&gt;mapa](data:image/png;base64,AAAA)</p>\n"),
        ('[x](/es/ "a\\"onclick=alert(1)")', '<p><a href="/es/" title="a&quot;onclick=alert(1)">x</a></p>\n'),
    ],
)
def test_markdown_with_markup_or_with_links_that_act_is_shown_as_text(written, shown):
    assert as_markup(written) == shown


def test_links_lead_out_without_telling_and_stay_within_as_they_are():
    assert as_markup("[a](https://example.org/?x=1&y=2) [b](/es/cities/) [c](mailto:a@example.org) [d](#x)") == (
        '<p><a href="https://example.org/?x=1&amp;y=2" rel="noopener external">a</a> <a href="/es/cities/">b</a>'
        ' <a href="mailto:a@example.org">c</a> <a href="#x">d</a></p>\n'
    )


def test_a_picture_of_our_own_is_shown():
    assert as_markup("![Mapa](/network/logo/ab.png)") == (
        '<p><img src="/network/logo/ab.png" alt="Mapa" loading="lazy"></p>\n'
    ).replace(">", " />", 1).replace("<p />", "<p>").replace('lazy">', 'lazy" />')


@pytest.mark.parametrize(
    ("written", "tags"),
    [("# a\n## b\n### c\n# d", "2342"), ("### a\n# b\n#### c", "223"), ("###### a", "2"), ("a\n===\nb\n---", "23")],
)
def test_headings_begin_below_the_title_and_leave_none_out(written, tags):
    markup = as_markup(written)

    assert [markup[place + 2] for place in range(len(markup)) if markup.startswith("<h", place)] == list(tags)


@pytest.mark.parametrize(
    "written", ["[" * 20_000, "> " * 10_000, "*" * 20_000, "![" * 10_000, "`" * 19_999, "- " * 9_999]
)
def test_a_text_made_to_be_slow_is_over_soon(written):
    assert as_markup(written)
