"""`plaza evaluate retrieval FOLDER`: how well the engine ranks on judged questions."""

import argparse
import json
import time
from pathlib import Path

from plaza.cli import words
from plaza.cli.database import connected
from plaza.cli.words import noop

HELP = noop("Measure how well search ranks, on a folder of judged questions.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["retrieval"])
    parser.add_argument("folder", type=Path, help="with corpus.jsonl, queries.jsonl and perhaps qrels.tsv")
    parser.add_argument("--run", type=Path, required=True, help="where the TREC run is written")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    with connected():
        from plaza.retrieval.engines import encoders  # needs settings
        from plaza.retrieval.evaluation import NotAnEvaluation, evaluate  # needs settings

        begun = time.monotonic()
        try:
            result = evaluate(
                options.folder, options.run, encoders(), tell=lambda step: words.say("%(step)s …", step=step)
            )
        except NotAnEvaluation as missing:
            raise words.Sentence(
                "This folder is no evaluation: %(missing)s.", exit_code=2, missing=missing
            ) from missing
        result["seconds"] = round(time.monotonic() - begun, 1)
        if options.json:
            print(json.dumps(result, ensure_ascii=False, indent=1))
            return 0
        print(f"{'pair':14}{'queries':>8}{'nDCG@10':>9}{'R@1':>7}{'R@10':>7}")
        for name, row in result.get("measures", {}).items():
            print(f"{name:14}{row['queries']:8}{row['ndcg']:9.4f}{row['first']:7.3f}{row['recall']:7.3f}")
    return 0
