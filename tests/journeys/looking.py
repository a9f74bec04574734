"""What a visitor sees of a page."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Page

# axe-core 4.14.1, MPL-2.0: its licence lies beside it.
AXE: Final = (Path(__file__).resolve().parent.parent / "assets" / "axe.min.js").read_text("utf-8")

IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + 5, box.top + Math.min(8, box.height / 2));
  return box.top >= 0 && box.bottom <= innerHeight && element.contains(over);
}"""


def text_of(page: Page, selector: str, attribute: str | None = None) -> str | None:
    """The text of the one element there is, or an attribute of it. Fails where there are several."""
    found = page.locator(selector)
    return found.get_attribute(attribute) if attribute else " ".join(found.inner_text().split())


def in_view(page: Page, selector: str) -> bool:
    """Wholly inside the window, and nothing lies over its beginning (a player that stays in place, say)."""
    return bool(page.locator(selector).evaluate(IN_VIEW))


def findings(page: Page, address: str) -> dict[str, list[str]]:
    """What axe holds against a page, by its address: rule, then where. Nothing where all is well."""
    page.goto(address)
    # Evaluated, not added as a script: the page's policy would refuse it, rightly.
    page.evaluate(AXE)
    violations = page.evaluate("axe.run().then(result => result.violations)")
    said = [f"{each['id']}: {node['html']}" for each in violations for node in each["nodes"]]
    return {address: said} if said else {}
