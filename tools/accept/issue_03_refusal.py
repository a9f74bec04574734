"""Refusal on the demo's judged questions, each by a model that has not seen it, and whether quotes are what was said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from plaza.core.languages import LANGUAGES
from tools.accept.lines import ROOT, Line, tell
from tools.bench.installation import scratch_installation
from tools.refusal.questions import Judged, found, judged

MOST_LOST: Final = 0.05
FEWEST_REFUSED: Final = 0.95
MOST_LOST_IN_A_LANGUAGE: Final = 0.08
FEWEST_IN_A_LANGUAGE: Final = 0.92
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
    sets = {
        "all": list(zip(questions, answered, strict=True)),
        "written with care": clear,
        "the same, but for missing details": told,
    }
    return [
        *(line for name, chosen in sets.items() for line in _lines(name, chosen)),
        _by_kind(questions, answered),
    ]


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


def _by_kind(questions: Sequence[Judged], answered: Sequence[bool]) -> Line:
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for each, given in zip(questions, answered, strict=True):
        kind = f"{each.kind} {each.lacks}".strip()
        by_kind[f"clear {kind}" if each.is_clear else kind].append(not given)
    kinds = ", ".join(f"{kind} {_share(refused):.0%}" for kind, refused in by_kind.items())
    return Line("refused, by kind", "to be known", kinds, True)
