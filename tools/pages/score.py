"""Precision, recall and F1 of what was read of a page, part by part. `truth` has the shape of what is read, with
`appearances` for each person and flat lists of `materials` and `sessions` (tests/formats/pages)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

# What issue 4 asks for on a page like the archive's.
BARS: Final[dict[str, float]] = {
    "meetings": 0.90,
    "titles": 0.90,
    "kinds": 0.75,
    "dates": 0.85,
    "people": 0.95,
    "roles": 0.85,
    "cities": 0.90,
    "materials": 0.85,
    "sessions": 0.70,
    "series": 0.90,
    "figures": 0.80,
}
# And on pages that were never seen; of the other parts it asks for nothing there, we for this.
UNSEEN: Final[dict[str, float]] = dict.fromkeys(BARS, 0.60) | {"meetings": 0.75, "dates": 0.75, "people": 0.80}
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    right: int
    read: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Where page and reading both have nothing, nothing is wrong."""
        if not self.read and not self.true:
            return 1.0
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def scores(read: Record, truth: Record) -> dict[str, Score]:
    true = {meeting["id"]: meeting for meeting in truth["meetings"]}
    found = {meeting["id"]: meeting for meeting in read["meetings"]}
    pairs = paired(list(true.values()), list(found.values()))
    both = [(true[mine], found[its]) for mine, its in pairs.items()]
    result = {"meetings": Score(len(pairs), len(found), len(true))}
    result["titles"] = Score(
        sum(bool(mine["title"]) and plain(mine["title"]) == plain(its["title"]) for mine, its in both),
        sum(bool(meeting["title"]) for meeting in found.values()),
        sum(bool(meeting["title"]) for meeting in true.values()),
    )
    result["kinds"] = Score(sum(mine["kind"] == its["kind"] for mine, its in both), len(found), len(true))
    result["dates"] = Score(
        sum(_same_date(mine["date"], its["date"]) for mine, its in both if mine["date"]),
        sum(bool(meeting["date"]) for meeting in found.values()),
        sum(bool(meeting["date"]) for meeting in true.values()),
    )
    result["people"] = _sets(_names(read["people"]), _names(truth["people"]))
    result["roles"] = _roles(read, truth)
    inside = _names(truth.get("places_inside_other_names", []))
    result["cities"] = _sets(_names(read["cities"]) - inside, _names(truth["cities"]))
    result["materials"] = _sets(
        {(each["kind"], each["line"]) for meeting in read["meetings"] for each in meeting["materials"]},
        {(each["kind"], each["line"]) for each in truth["materials"]},
    )
    result["sessions"] = _sets(
        {plain(each["title"]) for meeting in read["meetings"] for each in meeting["sessions"] if each["title"]},
        {plain(each["title"]) for each in truth["sessions"] if each["title"]},
    )
    true_series = [{pairs.get(each, each) for each in series["meetings"]} for series in truth["series"]]
    read_series = [set(series["meetings"]) for series in read["series"]]
    near = sum(any(len(a & b) / len(a | b) >= 0.8 for b in read_series) for a in true_series)
    result["series"] = Score(near, len(read_series), len(true_series))
    result["figures"] = _sets(_figures(read), _figures(truth))
    return result


def paired(true: list[Record], read: list[Record]) -> dict[str, str]:
    """Each meeting with the one that was read of the same lines, or that shares a line and the title; best first."""
    nearness = []
    for mine in true:
        for its in read:
            (a, b), (c, d) = mine["lines"], its["lines"]
            shared = max(0, min(b, d) - max(a, c) + 1)
            part = shared / (max(b, d) - min(a, c) + 1)
            is_named_the_same = bool(mine["title"]) and plain(mine["title"]) == plain(its["title"])
            if part >= 0.5 or (is_named_the_same and shared):
                nearness.append((is_named_the_same, part, mine["id"], its["id"]))
    pairs: dict[str, str] = {}
    for _, _, mine_id, its_id in sorted(nearness, reverse=True):
        if mine_id not in pairs and its_id not in pairs.values():
            pairs[mine_id] = its_id
    return pairs


def plain(text: str | None) -> str:
    folded = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", folded).strip()


def _same_date(mine: Record, its: Record | None) -> bool:
    if its is None:
        return False
    shown = 10 if mine["precision"] == "day" else 7
    return bool(mine["start"][:shown] == its["start"][:shown])


def _roles(read: Record, truth: Record) -> Score:
    """A role counts where one of the two holds the other: `mayor` and `mayor of Quito`."""
    true = {
        (plain(person["name"]), plain(each["role"]))
        for person in truth["people"]
        for each in person["appearances"]
        if each["role"]
    }
    names = {person["id"]: plain(person["name"]) for person in read["people"]}
    found = {
        (names.get(each["person"], ""), plain(each["role"]))
        for meeting in read["meetings"]
        for part in (meeting, *meeting["sessions"])
        for each in part["people"]
        if each["role"]
    }
    right = sum(any(name == other and (role in its or its in role) for other, its in found) for name, role in true)
    return Score(right, len(found), len(true))


def _names(rows: list[Record]) -> set[str]:
    return {plain(row["name"]) for row in rows}


def _figures(page: Record) -> set[tuple[int, float]]:
    return {(each["line"], float(each["value"])) for each in page["figures"] if each["value"] is not None}


def _sets(read: set[Any], true: set[Any]) -> Score:
    return Score(len(read & true), len(read), len(true))
