"""The two parts of a letter, text and HTML, made of its words. Most letters are plain paragraphs; a package that writes in
another way adds how its own are read, by the name of their template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from plaza.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Parts:
    """Both say the same. `html` escapes what it is given."""

    text: Callable[[str], str]
    html: Callable[[str], SafeString]


parts: Final[Registry[Parts]] = Registry("how the words of a letter become its parts")
