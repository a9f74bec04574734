"""Refusal on the demo's judged questions, each by a model that has not seen it, and whether quotes are what was said."""

from collections import defaultdict
from pathlib import Path
from typing import Final

from plaza.core.languages import LANGUAGES
from tools.accept.lines import ROOT, Line, tell
from tools.bench.installation import scratch_installation
from tools.refusal.questions import Judged, found, judged

MOST_LOST: Final = 0.05
FEWEST_REFUSED: Final = 0.95
CURVE: Final = ROOT / "docs" / "images" / "refusal.svg"


def find_out() -> list[Line]:
    questions = judged()
    with scratch_installation():
        from tools.refusal.curve import draw  # needs settings
        from tools.refusal.fitting import cross_validated  # needs settings

        tell(f"asking {len(questions)} judged questions over the demo")
        outcomes, noise = found(questions)
        results = cross_validated(questions, outcomes, noise)
    draw([(likely, each.is_answerable) for each, (likely, _) in zip(questions, results, strict=True)], Path(CURVE))
    answered = [is_answered for _, is_answered in results]
    clear = [
        (each, given) for each, given in zip(questions, answered, strict=True) if each.is_clear or not _typed(each)
    ]
    told = [(each, given) for each, given in clear if not each.is_near]
    return [
        _whole("all", questions, answered),
        _whole("written with care", [each for each, _ in clear], [given for _, given in clear]),
        _whole("the same, but for missing details", [each for each, _ in told], [given for _, given in told]),
        *_each(questions, answered),
    ]


def _typed(each: Judged) -> bool:
    """In haste, and of the domain: what is off it is the same in any style."""
    return each.kind in ("answerable", "absent")


def _share(chosen: list[bool]) -> float:
    return sum(chosen) / len(chosen) if chosen else 0.0


def _whole(name: str, questions: list[Judged], answered: list[bool]) -> Line:
    lost = _share([not given for each, given in zip(questions, answered, strict=True) if each.is_answerable])
    refused = _share([not given for each, given in zip(questions, answered, strict=True) if not each.is_answerable])
    return Line(
        f"refusal, {name} ({len(questions)}): unanswerable, answerable",
        ">= 95 %, <= 5 %",
        f"{refused:.1%}, {lost:.1%}",
        refused >= FEWEST_REFUSED and lost <= MOST_LOST,
    )


def _each(questions: list[Judged], answered: list[bool]) -> list[Line]:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    by_language: dict[str, tuple[list[bool], list[bool]]] = {language: ([], []) for language in LANGUAGES}
    for each, given in zip(questions, answered, strict=True):
        kind = f"{each.kind} {each.lacks}".strip()
        by_kind[f"clear {kind}" if each.is_clear else kind].append(not given)
        by_language[each.language][each.is_answerable].append(not given)
    kinds = ", ".join(f"{kind} {_share(refused):.0%}" for kind, refused in by_kind.items())
    lines = [Line("refused, by kind", "to be known", kinds, True)]
    for language, (unanswerable, answerable) in by_language.items():
        refused, lost = _share(unanswerable), _share(answerable)
        lines.append(
            Line(
                f"refusal, {language}: unanswerable, answerable",
                ">= 92 %, <= 8 %",
                f"{refused:.1%}, {lost:.1%}",
                refused >= 0.92 and lost <= 0.08,
            )
        )
    return lines
