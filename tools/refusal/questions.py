"""The judged questions of the demo, each with what the product finds for it."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final

from plaza.core.languages import Language, known

DATA: Final = Path(__file__).resolve().parent.parent.parent / "plaza" / "demo" / "data"
# Written by others, who knew the recordings and neither the questions above nor what Plaza does.
BY_OTHERS: Final = DATA / "by_others"
# The same by others again. Nothing is fitted on these, nor was anything chosen by them.
KEPT_ASIDE: Final = DATA / "kept_aside"
FITTED_ON: Final = (DATA, BY_OTHERS)
ANSWERABLE: Final = "answerable"
# Passages of the recording that answers a question among those found for it, at most.
MOST_TAKEN_OUT: Final = 36
# What nobody said, by the letter before the reason in the files of unanswered questions.
LACKS: Final = {"a": "subject", "b": "side of a subject", "c": "detail"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its kind (`answerable`, `absent`, `off-topic`, `nonsense`, `prompt`), whether it is written with
    care or typed in haste, and what belongs together when some are set aside: the recording that answers it, or the
    question itself. `lacks`: of an absent one what is absent (the keys of LACKS)."""

    kind: str
    is_clear: bool
    language: Language
    words: str
    family: str
    lacks: str = ""

    @property
    def is_answerable(self) -> bool:
        return self.kind == ANSWERABLE

    @property
    def is_near(self) -> bool:
        """Only a detail is lacking: the subject was spoken of as for an answer."""
        return self.lacks == LACKS["c"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the product finds for a question (retrieval.query.Outcome); and what it would find, had the recordings that
    answer it never been made: passages of the others, best first."""

    outcome: Any
    without: list[Any]


def judged(*folders: Path) -> list[Judged]:
    """Those of FITTED_ON, or of the folders that are named."""
    found = []
    for folder, (before, is_clear) in product(folders or FITTED_ON, (("", False), ("clear_", True))):
        for slug, code, words, _ in _rows(folder / f"{before}questions.tsv"):
            found.append(Judged(ANSWERABLE, is_clear, language_named(code), words, slug))
        for kind, code, words, why in _rows(folder / f"{before}unanswered.tsv"):
            lacks = LACKS[why[0]] if kind == "absent" else ""
            found.append(Judged(kind, is_clear, language_named(code), words, words, lacks))
    return found


def found(questions: list[Judged]) -> tuple[list[Asked], float]:
    """For each question what was found, over the demo; and the demo's noise. Needs settings and an empty installation:
    it loads the demo and indexes it, half a minute."""
    from plaza.demo.load import load_demo  # needs settings
    from plaza.knowledge.models import Recording  # needs settings
    from plaza.meetings.models import Meeting  # needs settings
    from plaza.retrieval import index  # needs settings
    from plaza.retrieval.engines import encoders  # needs settings
    from plaza.retrieval.query import Outcome, outcome  # needs settings
    from plaza.search.domain.asking import MOST_QUOTES  # needs settings
    from plaza.search.domain.calibration import noise_of  # needs settings
    from plaza.search.domain.finding import PER_SOURCE  # needs settings
    from plaza.search.domain.indexing import (  # needs settings
        RECORDING,
        fill_careful,
        index_meeting,
        index_recording,
    )

    load_demo()
    for recording in Recording.objects.all():
        index_recording(recording.pk)
    for meeting in Meeting.objects.all():
        index_meeting(meeting.pk)
    while fill_careful():
        pass
    collection = index.collection_named(index.NETWORK)
    noise = noise_of(collection)
    at_hand = encoders()
    limit = MOST_QUOTES * PER_SOURCE
    recordings = {(RECORDING, str(row.pk)): row.work.slug for row in Recording.objects.select_related("work")}
    asked = []
    for each in questions:
        whole = outcome(collection, each.words, each.language, at_hand, limit=limit + MOST_TAKEN_OUT)
        others = [hit for hit in whole.hits if recordings.get((hit.source, hit.source_id)) != each.family]
        # As `ask` does: what was said, not titles.
        said, without = ([hit for hit in hits[:limit] if hit.source == RECORDING] for hits in (whole.hits, others))
        asked.append(Asked(Outcome(said, whole.vectors), without))
    return asked, noise


def _rows(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text("utf-8").splitlines()]


def language_named(code: str) -> Language:
    language = known(code)
    assert language is not None, code
    return language
