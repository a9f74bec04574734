"""The measures on the judged questions beside the checkout."""

import json
import os
import sys
import tempfile
from pathlib import Path

from tools.accept.lines import SHARED, Line, not_tried, run, tell

FLOORS = (("same", 0.93), ("across", 0.85))


def find_out() -> list[Line]:
    folder = Path(os.environ.get("PLAZA_RETRIEVAL_FOLDER", SHARED / "data" / "retrieval" / "dev"))
    if not folder.is_dir():
        return [
            not_tried(f"nDCG@10, {name} language", f">= {floor}", f"no judged questions at {folder}")
            for name, floor in FLOORS
        ]
    tell("indexing and asking the judged questions: some ten minutes")
    with tempfile.TemporaryDirectory() as scratch:
        output = run(
            [
                sys.executable,
                "-m",
                "plaza.cli",
                "evaluate",
                "retrieval",
                str(folder),
                "--run",
                f"{scratch}/run",
                "--json",
            ],
            PLAZA_VAR=f"{scratch}/var",
            APERTIUM="false",
        )
    result = json.loads(output)
    measures = result["measures"]
    lines = [
        Line(f"nDCG@10, {name} language, without Apertium", f">= {floor}", f"{value:.4f}", value >= floor)
        for name, floor in FLOORS
        for value in [measures[name]["ndcg"]]
    ]
    across = measures["across"]
    lines.append(
        Line(
            f"R@1 / R@10 across; mean of the {measures['pairs across']['queries']} pairs",
            "to be known",
            f"{across['first']:.3f} / {across['recall']:.3f}; {measures['pairs across']['ndcg']:.3f}",
            True,
        )
    )
    return lines
