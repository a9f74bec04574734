"""The command `plaza`: words in, one deed, words out. Exit 0: done; 1: it could not be done, and a
sentence says why; 2: the command or the file it was given is not one Plaza understands."""

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn, Protocol, cast

from plaza.cli import words
from plaza.cli.words import say


class Command(Protocol):
    """A module of plaza.cli.commands."""

    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, options: argparse.Namespace) -> int: ...


# In the order in which a host meets them. Modules are imported only when used: `plaza read` needs no database.
COMMANDS: Final = (
    "demo",
    "serve",
    "work",
    "ask",
    "search",
    "read",
    "evaluate",
    "account",
    "check",
    "backup",
    "restore",
    "encoders",
    "manage",
)


class NotUnderstood(Exception):
    """The words after `plaza` make no command."""


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise NotUnderstood(message)


def run(argv: Sequence[str] | None = None) -> int:
    """What the installed command calls; the number is the process's exit code."""
    argv = list(sys.argv[1:] if argv is None else argv)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    words.activate()
    try:
        return _run(argv)
    except NotUnderstood as mistake:
        say("Plaza does not understand this command: %(mistake)s", mistake=mistake)
        say("Type plaza --help to see what it can do.")
        return 2
    except words.Sentence as sentence:
        say(sentence.msgid, **sentence.values)
        return sentence.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone (plaza search … | head): nothing is wrong.
        sys.stdout = None  # so that the interpreter does not flush it again
        return 0
    except OSError as error:
        say("The system does not allow it: %(reason)s", reason=error)
        return 1


def _run(argv: list[str]) -> int:
    name = argv[0] if argv else "--help"
    if name in ("--help", "-h", "help"):
        return _overview()
    if name == "--version":
        from importlib.metadata import PackageNotFoundError, version  # slow import

        try:
            print(version("plaza-cities"))
        except PackageNotFoundError:
            print("0.1.0")
        return 0
    if name not in COMMANDS:
        raise NotUnderstood(name)
    command = _command(name)
    parser = Parser(prog=f"plaza {name}", description=words.translate(command.HELP), add_help=name != "manage")
    command.arguments(parser)
    with words.clear_errors():
        return command.run(parser.parse_args(argv[1:]))


def _overview() -> int:
    print(words.translate("Plaza: the open platform for networks of cities."), end="\n\n")
    for name in COMMANDS:
        print(f"  plaza {name:10} {words.translate(_command(name).HELP)}")
    return 0


def _command(name: str) -> Command:
    return cast(Command, cast(Any, importlib.import_module(f"plaza.cli.commands.{name}")))
