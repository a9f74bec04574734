"""What the command line says, in the person's language, on standard error (standard output is for data)."""

import gettext
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from plaza.core.languages import DEFAULT, Language, known
from plaza.hosting.errors import HostingError

LOCALE: Final = Path(__file__).resolve().parent.parent / "ui" / "locale"


class Sentence(Exception):
    """Something that could not be done, in one whole sentence: an English msgid with named placeholders."""

    def __init__(self, msgid: str, *, exit_code: int = 1, **values: object) -> None:
        super().__init__(msgid % values if values else msgid)
        self.msgid = msgid
        self.values = values
        self.exit_code = exit_code


def language() -> Language:
    """From LANGUAGE, LC_ALL, LC_MESSAGES, LANG, as every command line program does; C means English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in os.environ.get(name, "").split(":"):
            if wanted in ("C", "POSIX") or wanted.startswith("C."):
                return "en"
            if (found := known(wanted.split(".")[0])) is not None:
                return found
    return "en" if not any(os.environ.get(name) for name in ("LC_ALL", "LANG")) else DEFAULT


def activate() -> None:
    """What must stand in the environment before anything else is imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plaza.config.settings")
    # numpy's own threads wait for each other under load: a query's encoding took 140 ms at times, now 4.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def translate(msgid: str) -> str:
    """By the catalogues of the pages, read without Django: the command line answers before anything is set up."""
    return _catalogue(language()).gettext(msgid)


@cache
def _catalogue(code: Language) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE, languages=[code], fallback=True)


def noop(msgid: str) -> str:
    """Marks a sentence for the collector of messages; it is translated where it is shown."""
    return msgid


def say(msgid: str, **values: object) -> None:
    text = translate(msgid)
    print(text % values if values else text, file=sys.stderr, flush=True)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Errors of the rooms below become sentences; anything unforeseen keeps its traceback for the log."""
    try:
        yield
    except HostingError as error:
        raise Sentence(error.msgid, exit_code=1, **error.values) from error
    except Exception as error:
        sentence = _known(error)
        if sentence is None:
            raise
        raise sentence from error


def _known(error: Exception) -> Sentence | None:
    """Errors of libraries that a host can do something about. Their modules are not imported for this."""
    loaded = sys.modules
    if (django := loaded.get("django.db")) and isinstance(error, django.OperationalError):
        return Sentence("The database does not answer: %(reason)s", reason=" ".join(str(error).split()))
    if (pydantic := loaded.get("pydantic")) and isinstance(error, pydantic.ValidationError):
        wrong = "; ".join(f"{str(row['loc'][0]).upper()}: {row['msg']}" for row in error.errors())
        return Sentence("A setting makes no sense: %(wrong)s", exit_code=2, wrong=wrong)
    return None
