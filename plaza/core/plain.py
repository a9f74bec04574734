"""Plain words of strangers: a line or a text without the marks that control a terminal, a header or the direction
of writing."""

import unicodedata


def plain_line(text: str) -> str:
    """One line, single spaces, no control and no direction marks: fit for a name, a subject, a header."""
    if text.isprintable():  # nearly always, and a hundred times as fast
        return " ".join(text.split())
    return " ".join("".join(_plain(sign, "") for sign in text).split())


def plain_text(text: str) -> str:
    """Several lines, without control and direction marks; the ends of lines are all alike."""
    if text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_plain(sign, "\n\t") for sign in lines).strip()


def _plain(sign: str, kept: str) -> str:
    # Joiners are letters' business in some scripts and in emoji.
    if sign in kept or sign in "\u200c\u200d":
        return sign
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co") else sign


def row_number(text: str | None) -> int:
    """The key of a row as it was typed or sent; 0, which no row has, where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
