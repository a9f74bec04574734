"""`plaza backup FILE`: everything this installation knows, in one file."""

import argparse
import os
from pathlib import Path

from plaza.cli.database import connected, var
from plaza.cli.words import noop, say

HELP = noop("Write the database and the files into one file, while Plaza runs.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    with connected():
        from plaza.hosting.backup import backup  # slow import

        media = var() / "media"
        manifest = backup(os.environ["DATABASE_URL"], media if media.is_dir() else None, options.file)
        say(
            "%(file)s holds %(rows)s rows and %(parts)s parts.",
            file=options.file,
            rows=sum(manifest.rows.values()),
            parts=len(manifest.parts),
        )
    return 0
