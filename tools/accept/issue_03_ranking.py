"""The product's measures on the judged questions, with the baselines and what is lost without each piece."""

import os
from pathlib import Path
from typing import Final

from tools.accept.lines import SHARED, Line, not_tried, tell
from tools.bench.installation import scratch_installation
from tools.ranking.legs import legs, read
from tools.ranking.table import WHOLE, of_sources, rows

TARGETS: Final = (("same", 0.94), ("across", 0.86))
COLLOQUIAL: Final = "plaza-authored"
COLLOQUIAL_TARGET: Final = 0.58


def find_out() -> list[Line]:
    folder = Path(os.environ.get("PLAZA_RETRIEVAL_FOLDER", SHARED / "data" / "retrieval" / "dev"))
    if not folder.is_dir():
        return [
            not_tried(f"nDCG@10, {name}", f">= {target}", f"no judged questions at {folder}")
            for name, target in TARGETS
        ]
    tell("encoding the judged questions: some four minutes")
    with scratch_installation():
        judged = read(folder)
        table = rows(judged, legs(judged))
    lines = []
    for row in table:
        same, across, pairs = (row.measures[name] for name in ("same", "across", "pairs across"))
        figures = (
            f"{same.ndcg:.3f} / {across.ndcg:.3f}, pairs {pairs.ndcg:.3f}, R@1 {across.first:.3f}, "
            f"R@10 {across.recall:.3f}"
        )
        is_whole = row.name == WHOLE
        is_met = not is_whole or (same.ndcg >= TARGETS[0][1] and across.ndcg >= TARGETS[1][1])
        lines.append(
            Line(f"nDCG@10 same / across: {row.name}", ">= .94 / .86" if is_whole else "beside it", figures, is_met)
        )
    value = of_sources(judged, next(row for row in table if row.name == WHOLE), COLLOQUIAL)
    name = "nDCG@10 across, colloquial municipal questions"
    return [*lines, Line(name, f">= {COLLOQUIAL_TARGET}", f"{value:.3f}", value >= COLLOQUIAL_TARGET)]
