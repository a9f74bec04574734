"""The small Markdown of a newsletter: headings, lists, **strong words**, [links](https://…) and addresses. Anything else
is words. Where the network gets a Markdown of its own, these two functions are all there is to replace."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# Every repetition has an end: a line of brackets is read in linear time.
MARK: Final = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,300})\]\((?P<url>https?://[^\s()<>\"]{1,1000})\)"
    r"|\*\*(?P<strong>[^*\n]{1,500})\*\*"
    r"|(?P<bare>https?://[^\s<>\"]{1,1000}[^\s<>\".,;:!?)\]])"
)
HEADING: Final = re.compile(r"#{1,3}[ \t]+")
ITEM: Final = re.compile(r"[-*][ \t]+")
RULE: Final = "---"


def as_html(words: str) -> SafeString:
    return format_html_join("\n", "{}", ((block,) for block in _blocks(words)))


def as_text(words: str) -> str:
    """As somebody would write it in a plain letter: a link is its words and its address."""
    return "\n".join(MARK.sub(_plain, HEADING.sub("", line)) for line in words.splitlines()) + "\n"


def _blocks(words: str) -> Iterator[SafeString]:
    for lines in _gathered(words):
        if lines[0] == RULE:
            yield mark_safe("<hr>")
        elif HEADING.match(lines[0]):
            yield format_html("<h2>{}</h2>", _inline(HEADING.sub("", lines[0])))
        elif ITEM.match(lines[0]):
            items = ((_inline(ITEM.sub("", line, count=1)),) for line in lines)
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
        else:
            yield format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", ((_inline(x),) for x in lines)))


def _gathered(words: str) -> Iterator[list[str]]:
    """Lines that belong together: of one paragraph, or of one list."""
    held: list[str] = []
    for line in [each.strip() for each in words.splitlines()] + [""]:
        stands_alone = line == RULE or HEADING.match(line)
        is_another = bool(held) and bool(ITEM.match(line)) != bool(ITEM.match(held[0]))
        if held and (not line or stands_alone or is_another):
            yield held
            held = []
        if stands_alone:
            yield [line]
        elif line:
            held.append(line)


def _inline(line: str) -> SafeString:
    return _marked(line, _html)


def _marked(line: str, written: Callable[[re.Match[str]], SafeString]) -> SafeString:
    made, at = SafeString(""), 0
    for found in MARK.finditer(line):
        made += escape(line[at : found.start()]) + written(found)
        at = found.end()
    return made + escape(line[at:])


def _html(found: re.Match[str]) -> SafeString:
    if found["strong"]:
        return format_html("<strong>{}</strong>", found["strong"])
    url = found["url"] or found["bare"]
    return format_html('<a href="{}">{}</a>', url, found["words"] or url)


def _plain(found: re.Match[str]) -> str:
    if found["words"]:
        return f"{found['words']} ({found['url']})"
    return found["strong"] or found["bare"]
