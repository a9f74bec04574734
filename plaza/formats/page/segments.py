"""Where each meeting of a page begins and ends, with its title, its sessions and what stands around it."""

from collections.abc import Sequence

from plaza.formats.page.drafts import Page
from plaza.formats.page.lines import Line
from plaza.formats.page.template import by_template, is_template
from plaza.formats.page.walk import Walk


def segmented(lines: Sequence[Line]) -> Page:
    return by_template(lines) if is_template(lines) else Walk(lines).walk()
