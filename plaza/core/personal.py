"""What is kept of a person: each package tells what it holds, and erases it. Core knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils.functional import Promise

from plaza.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Whom:
    """A person with an account, as she was when she asked: a package that erases its part changes nothing of this."""

    user: Any
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Holding:
    """`label` names it for people; `stays` says, in a sentence, what an erasure leaves, and why. `tell` gives plain data:
    words, numbers, days. `codes` are the choices of those fields that keep one, so that a page says what it means."""

    label: str | Promise
    tell: Callable[[Whom], list[dict[str, Any]]]
    erase: Callable[[Whom], None] = lambda whom: None
    stays: str | Promise = ""
    codes: Mapping[str, Any] = field(default_factory=dict)


holdings: Final[Registry[Holding]] = Registry("what is kept of a person")


def everything_of(whom: Whom) -> list[tuple[str, Holding, list[dict[str, Any]]]]:
    """By package, in the order they were loaded; also where nothing is held."""
    return [(name, holding, holding.tell(whom)) for name, holding in holdings.items()]


@transaction.atomic
def erase(whom: Whom) -> None:
    """All or nothing. What is above goes first: it may look at what is below."""
    for _, holding in reversed(holdings.items()):
        holding.erase(whom)
