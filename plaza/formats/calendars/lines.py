"""Octets → lines as they were before they were folded → components with their properties.

Lines are joined before they are decoded: programs fold within a letter of UTF-8.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from plaza.formats.calendars.records import DEEPEST, WhyAside
from plaza.formats.decode import decode

_ENDS: Final = re.compile(rb"\r\n|\n|\r")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
# A name and its parameters are short; a line of megabytes without a colon is none.
_HEAD: Final = 4000
_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,80}")
_SAID: Final = r'"[^"]{0,2000}"|[^";:,]{0,2000}'
_PARAMETER: Final = re.compile(rf";\s*([A-Za-z0-9-]{{1,80}})=({_SAID})(?:,(?:{_SAID}))*")
_NONE: Final[dict[str, str]] = {}
_MARK: Final = re.compile(r"\^([n'^])")


@dataclass(frozen=True, slots=True)
class Property:
    """`NAME;PARAMETER=…:value` (RFC 5545, 3.1). Names in capitals; parameters without quotation marks, those of RFC 6868
    resolved; the value as it stands."""

    line: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END; `line` is that of its BEGIN. `has_ended` is false where the file ends within it."""

    line: int
    name: str
    properties: list[Property] = field(default_factory=list)
    components: list["Component"] = field(default_factory=list)
    has_ended: bool = False

    def first(self, *names: str) -> Property | None:
        """The first property that bears one of these names."""
        return next((each for each in self.properties if each.name in names), None)

    def all(self, name: str) -> list[Property]:
        """In the order of the file."""
        return [each for each in self.properties if each.name == name]


Odd = tuple[int, str, WhyAside]


def logical_lines(data: bytes) -> Iterator[tuple[int, str]]:
    """(number, text) of each, as it was before folding; empty ones are nothing."""
    if data[:2] in _WIDE or b"\0" in data[:64]:
        data = decode(data).encode("utf-8", "replace")  # lines of UTF-16 end in four octets
    numbers: list[int] = []
    parts: list[list[bytes]] = []
    for number, line in enumerate(_ENDS.split(data), 1):
        if line[:1] in (b" ", b"\t") and parts:
            parts[-1].append(line[1:])
        elif line.strip():
            numbers.append(number)
            parts.append([line])
    text = decode(b"\n".join(b"".join(each) for each in parts))
    return zip(numbers, text.split("\n"), strict=False)


def components(data: bytes) -> tuple[Component, list[Odd]]:
    """Everything within one that stands for the file."""
    root = Component(0, "FILE", has_ended=True)
    open_ones, odd, too_deep = [root], list[Odd](), 0
    for number, line in logical_lines(data):
        found = property_of(number, line)
        if found is None:
            odd.append((number, line[:200], WhyAside.NO_NAME))
        elif found.name == "BEGIN":
            if len(open_ones) > DEEPEST:
                too_deep += 1
                odd.append((number, found.value[:80], WhyAside.TOO_DEEP))
                continue
            component = Component(number, found.value.strip().upper()[:80])
            open_ones[-1].components.append(component)
            open_ones.append(component)
        elif found.name == "END":
            if too_deep:
                too_deep -= 1
            else:
                _close(open_ones, found.value.strip().upper())
        elif not too_deep:
            open_ones[-1].properties.append(found)
    return root, odd


def _close(open_ones: list[Component], name: str) -> None:
    """What stands open within it was not ended; an end of what was never begun is nothing."""
    at = next((at for at in range(len(open_ones) - 1, 0, -1) if open_ones[at].name == name), None)
    if at is not None:
        open_ones[at].has_ended = True
        del open_ones[at:]


def property_of(number: int, line: str) -> Property | None:
    """None where the line has no name, or no colon."""
    head = line[:_HEAD]
    name = _NAME.match(head)
    if name is None:
        return None
    at, parameters = name.end(), dict[str, str]()
    while found := _PARAMETER.match(head, at):
        parameters.setdefault(found[1].upper(), _MARK.sub(_unmarked, found[2].strip('"')))
        at = found.end()
    if head[at : at + 1] != ":":
        # Parameters that nobody can read are passed over.
        at = head.find(":", at)
        if at < 0:
            return None
    return Property(number, name[0].upper(), parameters or _NONE, line[at + 1 :])


def _unmarked(mark: re.Match[str]) -> str:
    return {"n": "\n", "'": '"', "^": "^"}[mark[1]]
