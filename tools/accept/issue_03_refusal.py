"""Refusal on the demo's judged questions: those it is fitted on, each by a model that has not seen it; those kept aside, and
other conversations, by the model that is shipped."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from plaza.core.languages import LANGUAGES
from tools.accept.lines import ROOT, Line, tell
from tools.bench.installation import scratch_installation
from tools.refusal import talks
from tools.refusal.questions import KEPT_ASIDE, Judged, found, judged

MOST_LOST: Final = 0.05
FEWEST_REFUSED: Final = 0.95
MOST_LOST_IN_A_LANGUAGE: Final = 0.08
FEWEST_IN_A_LANGUAGE: Final = 0.92
CURVE: Final = ROOT / "docs" / "images" / "refusal.svg"


def find_out() -> list[Line]:
    questions, kept = judged(), judged(KEPT_ASIDE)
    with scratch_installation():
        from tools.refusal.curve import draw  # needs settings
        from tools.refusal.fitting import as_shipped, cross_validated  # needs settings

        tell(f"asking {len(questions) + len(kept)} judged questions over the demo")
        outcomes, noise = found([*questions, *kept])
        results = cross_validated(questions, outcomes[: len(questions)], noise)
        unseen = as_shipped(outcomes[len(questions) :], noise)
        elsewhere = [*talks.answered(), *(each for each in questions if not each.is_answerable)]
        tell(f"asking {len(elsewhere)} questions over other conversations")
        answered_elsewhere = as_shipped(*talks.found(elsewhere))
    draw([(likely, each.is_answerable) for each, (likely, _) in zip(questions, results, strict=True)], Path(CURVE))
    answered = [is_answered for _, is_answered in results]
    return [
        *_of(questions, answered, ""),
        *_of(kept, unseen, "kept aside, "),
        *_of(elsewhere, answered_elsewhere, "other conversations, "),
    ]


def _of(questions: Sequence[Judged], answered: Sequence[bool], which: str) -> Iterator[Line]:
    judged_ones = list(zip(questions, answered, strict=True))
    clear = [(each, given) for each, given in judged_ones if each.is_clear or not _typed(each)]
    told = [(each, given) for each, given in clear if not each.is_near]
    sets = {"all": judged_ones, "written with care": clear, "the same, but for missing details": told}
    for name, chosen in sets.items():
        yield from _lines(which + name, chosen)
    yield _by_kind(questions, answered, which)


def _typed(each: Judged) -> bool:
    """In haste, and of the domain: what is off it is the same in any style."""
    return each.kind in ("answerable", "absent")


def _share(chosen: list[bool]) -> float:
    return sum(chosen) / len(chosen) if chosen else 0.0


def _lines(name: str, chosen: Sequence[tuple[Judged, bool]]) -> Iterator[Line]:
    yield _line(f"refusal, {name} ({len(chosen)})", chosen, FEWEST_REFUSED, MOST_LOST)
    for language in LANGUAGES:
        of_it = [(each, given) for each, given in chosen if each.language == language]
        yield _line(f"refusal, {name}, {language} ({len(of_it)})", of_it, FEWEST_IN_A_LANGUAGE, MOST_LOST_IN_A_LANGUAGE)


def _line(name: str, chosen: Sequence[tuple[Judged, bool]], fewest: float, most: float) -> Line:
    lost = _share([not given for each, given in chosen if each.is_answerable])
    refused = _share([not given for each, given in chosen if not each.is_answerable])
    return Line(
        f"{name}: unanswerable, answerable",
        f">= {fewest:.0%}, <= {most:.0%}",
        f"{refused:.1%}, {lost:.1%}",
        refused >= fewest and lost <= most,
    )


def _by_kind(questions: Sequence[Judged], answered: Sequence[bool], which: str) -> Line:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for each, given in zip(questions, answered, strict=True):
        kind = f"{each.kind} {each.lacks}".strip()
        by_kind[f"clear {kind}" if each.is_clear else kind].append(not given)
    kinds = ", ".join(f"{kind} {_share(refused):.0%}" for kind, refused in by_kind.items())
    return Line(f"{which}refused, by kind", "to be known", kinds, True)
