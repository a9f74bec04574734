"""What a visitor sees of a page."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Locator, Page

# axe-core 4.14.1, MPL-2.0: its licence lies beside it.
AXE: Final = (Path(__file__).resolve().parent.parent / "assets" / "axe.min.js").read_text("utf-8")

IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  const first = element.getClientRects()[0];
  const over = document.elementFromPoint(first.left + 5, first.top + Math.min(8, first.height / 2));
  return box.top >= 0 && box.bottom <= innerHeight && element.contains(over);
}"""
FOCUS = f"""() => {{
  const here = document.activeElement;
  if (!here || here === document.body) return {{ element: null }};
  // The buttons inside a player are the browser's own, and so is the way they show their focus.
  const isOutlined = here.matches("audio, video") || getComputedStyle(here).outlineStyle !== "none";
  return {{ element: here.outerHTML, is_seen: ({IN_VIEW})(here), is_outlined: isOutlined }};
}}"""
# What the page needs, and what is there of it.
WIDTHS = "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.documentElement)"


def follow(lead: Locator) -> None:
    """Clicks what leads to another page (a link, the button of a form), and is there.

    A click alone comes back before the answer has: what is counted next may still be the old page's.
    """
    with lead.page.expect_navigation():
        lead.click()


def text_of(page: Page, selector: str, attribute: str | None = None) -> str | None:
    """The text of the one element there is, or an attribute of it. Fails where there are several."""
    found = page.locator(selector)
    return found.get_attribute(attribute) if attribute else " ".join(found.inner_text().split())


def in_view(page: Page, selector: str) -> bool:
    """Wholly inside the window, and nothing lies over its beginning (a player that stays in place, say)."""
    return bool(page.locator(selector).evaluate(IN_VIEW))


def focus(page: Page) -> dict[str, Any]:
    """Where the keyboard is: `element` (its markup, None outside of the page), `is_seen`, `is_outlined`."""
    return dict(page.evaluate(FOCUS))


def findings(page: Page, address: str) -> dict[str, list[str]]:
    """What axe holds against a page, by its address: rule, then where. Nothing where all is well."""
    page.goto(address)
    # Evaluated, not added as a script: the page's policy would refuse it, rightly.
    page.evaluate(AXE)
    violations = page.evaluate("axe.run().then(result => result.violations)")
    said = [f"{each['id']}: {node['html']}" for each in violations for node in each["nodes"]]
    return {address: said} if said else {}


def faults(page: Page, address: str) -> dict[str, list[str]]:
    """The same; and whether it runs over its side."""
    said = findings(page, address).get(address, [])
    needs, has = page.evaluate(WIDTHS)
    if needs > has:
        said.append(f"needs {needs} pixels, has {has}")
    return {address: said} if said else {}


def is_good(page: Page) -> None:
    """Nothing of what is shown runs over its side, and axe finds nothing at its address."""
    wide, shown = page.evaluate(WIDTHS)
    assert (findings(page, page.url), wide <= shown) == ({}, True)
