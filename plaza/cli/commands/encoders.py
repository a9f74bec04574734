"""The encoder process. `plaza serve` starts and keeps it; nobody needs to by hand."""

import argparse
from pathlib import Path

from plaza.cli.database import encoder_socket, var
from plaza.cli.words import noop

HELP = noop("Run the process that turns words into vectors (plaza serve does it by itself).")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--socket", type=Path, default=None)


def run(options: argparse.Namespace) -> int:
    from plaza.retrieval.encoders.server import serve  # slow import: loads the models

    serve(options.socket or encoder_socket(var()))
    return 0
