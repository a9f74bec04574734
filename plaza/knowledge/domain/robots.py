"""What sites ask of programs: robots.txt (RFC 9309), fetched by the one door out, once a host and run."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from plaza.core import egress
from plaza.core.egress import NotFetched

NAME: Final = "Plaza"
MOST_BYTES: Final = 500 * 1024


@dataclass(frozen=True, slots=True)
class Wishes:
    """`answers`: whether anybody is at home. `rules` is None where all may be looked at; `is_closed` where nothing may,
    for the site could not say."""

    answers: bool
    is_closed: bool = False
    rules: RobotFileParser | None = None

    def allows(self, url: str) -> bool:
        return not self.is_closed and (self.rules is None or self.rules.can_fetch(NAME, url))

    @property
    def pause(self) -> float:
        """Seconds between two requests, where the site says so."""
        asked = self.rules.crawl_delay(NAME) if self.rules is not None else None
        return float(asked or 0)


def wishes_of(url: str) -> Wishes:
    """Of the site that `url` is on."""
    parts = urlsplit(url)
    try:
        heard = egress.look(f"{parts.scheme}://{parts.netloc}/robots.txt", most_bytes=MOST_BYTES)
    except NotFetched as reason:
        # One that sends us round in circles is at home; it has no rules to tell.
        return Wishes(answers=reason.why not in (egress.NOT_FOUND, egress.NO_ANSWER))
    if heard.status >= 500 or heard.status == 429:
        return Wishes(answers=True, is_closed=True)
    if heard.status >= 400:
        return Wishes(answers=True)
    rules = RobotFileParser()
    rules.parse(heard.data.decode("utf-8", "replace").splitlines())
    return Wishes(answers=True, rules=rules)
