"""Django's own commands, for developers and for a host's rare needs."""

import argparse

from plaza.cli.database import connected
from plaza.cli.words import noop

HELP = noop("Run one of Django's own commands on this installation.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> int:
    with connected():
        from django.core.management import execute_from_command_line  # needs settings

        execute_from_command_line(["plaza manage", *options.words])
    return 0
