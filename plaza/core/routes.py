"""Who may come in at which address: a rule for each name of an address, and none for none. Each package adds the rules
of its own addresses; the guard before all pages (plaza.accounts.middleware) asks them, and a test asks every one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from plaza.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Rule:
    """`admits` is told the user and what stands in the address: the slug of a city, say."""

    name: str
    admits: Callable[[Any, Mapping[str, Any]], bool]


EVERYBODY: Final = Rule("everybody", lambda user, named: True)
# A secret in the address, or a step of signing in, is what lets her in: the view looks at it.
WHOEVER_HAS_THE_LINK: Final = Rule("whoever has the link", lambda user, named: True)

# By the name of the address: `portal:city`.
rules: Final[Registry[Rule]] = Registry("who may come in where")


def add_rules(package: str, routes: Mapping[str, Rule]) -> None:
    """`package` is the namespace of the addresses; empty for those without one."""
    for name, rule in routes.items():
        rules.add(f"{package}:{name}" if package else name, rule)
