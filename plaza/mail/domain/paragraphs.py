"""The paragraphs of a letter's text, for its HTML part."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    text: str

    @property
    def is_link(self) -> bool:
        """The whole line is an address: it can be followed."""
        return self.text.startswith(("https://", "http://")) and " " not in self.text


def paragraphs_of(text: str) -> list[list[Line]]:
    """Apart by empty lines, as they are written."""
    blocks = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return [[Line(line) for line in block.split("\n") if line] for block in blocks if block.strip()]
