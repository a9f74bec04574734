"""`plaza restore FILE`: an installation as it was when the file was written."""

import argparse
import os
from pathlib import Path

from plaza.cli.database import connected, var
from plaza.cli.words import noop, say

HELP = noop("Bring back what a backup holds, into an empty installation.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="over what stands here now")


def run(options: argparse.Namespace) -> int:
    with connected(furnished=False):
        from plaza.hosting.backup import restore  # slow import

        restore(options.file, os.environ["DATABASE_URL"], var() / "media", replace=options.replace)
        say("%(file)s is restored.", file=options.file)
    return 0
