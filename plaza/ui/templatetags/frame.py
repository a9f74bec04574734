"""Pieces of a page for everybody that need not be typeset again: the frame around it, made once for each version of the data,
language and part of the site; and the matter of a page whose every word was read and found as it was the last time."""

from typing import Any, Final

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from plaza.core.changes import page_version
from plaza.core.kept_reads import kept_read
from plaza.core.lately import Lately

register = template.Library()

MOST_LETTERS: Final = 4_000_000

typeset: Final[Lately[tuple[Any, ...], tuple[Any, SafeString]]] = Lately(MOST_LETTERS, lambda kept: len(kept[1]))

# Where in a kept piece the page's own address belongs, behind the language. No text that a page is made of has it.
ITS_OWN = "\x00own address\x00"


class Framed(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, piece: str, nodes: template.NodeList) -> None:
        self.piece = piece
        self.nodes = nodes

    def render(self, context: template.Context) -> SafeString:
        if not page_version():
            return self.nodes.render(context)

        def made() -> SafeString:
            with context.push(rest=ITS_OWN):
                return self.nodes.render(context)

        key = ("frame", self.piece, str(context["language"]), _here(context))
        return SafeString(kept_read(key, made).replace(ITS_OWN, conditional_escape(context["rest"])))


def _here(context: template.Context) -> str:
    """What the navigation marks as the place where one is: a part of the site, or one page of the network's own."""
    path: str = context["request"].path
    menu = context["network"].menu
    return path if any(door.url == path for door in menu) else "/".join(path.split("/", 3)[:3])


@register.tag
def framed(parser: Any, token: Any) -> Framed:
    """`{% framed "top" %}…{% endframed %}`: of what stands inside, only `rest` may depend on the page's own address, and
    nothing on who reads it, where that is a page for everybody."""
    piece = token.split_contents()[1].strip('"')
    nodes = parser.parse(("endframed",))
    parser.delete_first_token()
    return Framed(piece, nodes)


class Typeset(template.Node):
    child_nodelists = ("nodes",)

    def __init__(self, matter: Any, nodes: template.NodeList) -> None:
        self.matter = matter
        self.nodes = nodes

    def render(self, context: template.Context) -> SafeString:
        matter = self.matter.resolve(context)
        if matter is None or not page_version():
            return self.nodes.render(context)
        key = (context["request"].path, context["language"])
        kept = typeset.get(key)
        if kept is not None and kept[0] == matter:
            return kept[1]
        made = self.nodes.render(context)
        typeset.keep(key, (matter, made))
        return made


@register.tag(name="typeset")
def typeset_matter(parser: Any, token: Any) -> Typeset:
    """`{% typeset matter %}…{% endtypeset %}`: what stands inside depends on the page's path, its language and its matter,
    a value that holds all that was read for it (None: it is typeset each time)."""
    matter = parser.compile_filter(token.split_contents()[1])
    nodes = parser.parse(("endtypeset",))
    parser.delete_first_token()
    return Typeset(matter, nodes)
