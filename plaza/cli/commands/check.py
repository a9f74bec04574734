"""`plaza check`: is this installation sound, in words a host understands."""

import argparse
import json
from dataclasses import asdict

from plaza.cli import words
from plaza.cli.database import connected
from plaza.cli.words import noop

HELP = noop("Examine this installation and say what to mend.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    with connected():
        from django.utils import translation  # needs settings

        from plaza.core.health import examine  # needs settings

        with translation.override(words.language()):
            findings = examine()
        broken = any(finding.verdict == "broken" for finding in findings)
        if options.json:
            print(json.dumps({"sound": not broken, "findings": [asdict(f) for f in findings]}, ensure_ascii=False))
        else:
            signs = {"sound": "✓", "warning": "!", "broken": "✗"}
            for finding in findings:
                print(f"{signs[finding.verdict]} {finding.subject}: {finding.words}")
                if finding.mend:
                    print(f"    → {finding.mend}")
    return 1 if broken else 0
