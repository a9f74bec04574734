"""What was read of topics and bodies, held against the annotation of a page: beside the measure of issue 4 (score.py)."""

from collections.abc import Iterable
from typing import Final

from tools.pages.score import Record, Score, paired, plain

PARTS: Final = ("topics", "organisations", "organisations of meetings", "types of organisations")


def about(read: Record, truth: Record) -> dict[str, Score]:
    true = {meeting["id"]: meeting for meeting in truth["meetings"]}
    found = {meeting["id"]: meeting for meeting in read["meetings"]}
    both = [(true[mine], found[its]) for mine, its in paired(list(true.values()), list(found.values())).items()]
    types = {plain(body["name"]): body["type"] for body in read["organisations"]}
    true_types = {plain(body["name"]): body["type"] for body in truth["organisations"]}
    named = types.keys() & true_types.keys()
    return {
        "topics": Score(
            sum(len(set(mine["topics"]) & set(its["topics"])) for mine, its in both),
            sum(len(meeting["topics"]) for meeting in found.values()),
            sum(len(meeting["topics"]) for meeting in true.values()),
        ),
        "organisations": Score(len(named), len(types), len(true_types)),
        "organisations of meetings": Score(
            sum(len(_plain(mine["organisations"]) & _plain(its["organisations"])) for mine, its in both),
            sum(len(meeting["organisations"]) for meeting in found.values()),
            sum(len(meeting["organisations"]) for meeting in true.values()),
        ),
        # Of those that both have.
        "types of organisations": Score(sum(types[name] == true_types[name] for name in named), len(named), len(named)),
    }


def total(pages: Iterable[dict[str, Score]]) -> dict[str, Score]:
    kept = list(pages)
    return {
        part: Score(
            sum(page[part].right for page in kept),
            sum(page[part].read for page in kept),
            sum(page[part].true for page in kept),
        )
        for part in PARTS
    }


def _plain(names: Iterable[str]) -> set[str]:
    return {plain(name) for name in names}
