"""How a reader says no: one English sentence from its own closed list, translated by whoever shows it."""

from enum import StrEnum
from typing import ClassVar


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the collector of messages; the caller translates it."""
    return sentence


class Refused(ValueError):
    """The bytes are not what the reader reads. `why` is a msgid, one of the class's `reasons`;
    `str(error)` is the same sentence."""

    reasons: ClassVar[type[StrEnum]]

    def __init__(self, why: StrEnum) -> None:
        super().__init__(str(why))
        self.why = why
