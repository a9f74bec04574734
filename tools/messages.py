"""Collects the words of the interface from code and templates, keeps the catalogues of the four languages in
step, and compiles them. With --check it only says what is missing or out of date (exit 1).

English is the language of the code, so its catalogue is filled by itself. Brazil has most of the network's
speakers of Portuguese: where Django's own words are concerned, `pt` takes them from its pt_BR.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils import dates

ROOT: Final = Path(__file__).resolve().parent.parent
LOCALE: Final = ROOT / "plaza" / "ui" / "locale"
CALENDAR: Final = (
    *(dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT),
    *(dates.WEEKDAYS, dates.WEEKDAYS_ABBR),
)
LANGUAGES: Final = ("es", "pt", "en", "fr")
KEYWORDS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "noop", "say", "Sentence", "translate"), None),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def collected() -> Catalog:
    """Every message of the package, with where it stands."""
    catalog = Catalog(project="Plaza", charset="utf-8", fuzzy=False)
    for path, line, message, context in _messages():
        catalog.add(message, locations=[(path, line)], context=context)
    return catalog


def _messages() -> Iterator[tuple[str, int, Any, str | None]]:
    from django.utils.translation.template import templatize

    for file in sorted((ROOT / "plaza").rglob("*")):
        if file.suffix not in (".py", ".html", ".txt") or "migrations" in file.parts or "data" in file.parts:
            continue
        text = file.read_text("utf-8")
        if file.suffix != ".py":
            text = templatize(text, origin=str(file))
        path = file.relative_to(ROOT).as_posix()
        for line, message, _, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            if message and any(message if isinstance(message, tuple) else (message,)):
                yield path, line, message, context


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def brought_up_to_date(language: str, fresh: Catalog) -> Catalog:
    """The catalogue on disk with today's messages: none invented, none of the past kept."""
    file = catalogue(language)
    standing = read_po(file.open("rb"), locale=language) if file.exists() else Catalog(locale=language)
    made = Catalog(locale=language, project="Plaza", charset="utf-8", fuzzy=False, header_comment=HEADER)
    for message in fresh:
        if not message.id:
            continue
        known = standing.get(message.id, message.context)
        words = known.string if known and not known.fuzzy else ""
        if language == "en":
            words = message.id
        # Lines move with every edit; the file is enough to find a message by.
        files = [(path, 1) for path in sorted({path for path, _ in message.locations})]
        made.add(message.id, words, locations=files, context=message.context, flags=message.flags)
    return made


HEADER: Final = "# Plaza's words. Collected by `make messages`; the translations are ours (AGPL-3.0-or-later)."


def untranslated(catalog: Catalog) -> list[str]:
    def is_missing(words: Any) -> bool:
        return not all(words) if isinstance(words, tuple | list) else not words

    return [str(message.id) for message in catalog if message.id and is_missing(message.string)]


def po_text(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    # No dates: a file changes when its words do.
    write_po(out, catalog, width=100, omit_header=False, sort_by_file=False, sort_output=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Language-Team')
    return "".join(line for line in lines if not line.startswith((*dated, '"Report-Msgid'))).encode()


def mo_bytes(language: str, catalog: Catalog) -> bytes:
    if language == "pt":
        catalog = _with_brazilian_django(catalog)
    # A file changes when its words do, not when the clock does.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _with_brazilian_django(catalog: Catalog) -> Catalog:
    merged = Catalog(locale="pt", charset="utf-8")
    home = Path(django.__file__).parent
    # Brazil writes months and days of the week small; Django's catalogue does not.
    calendar = {str(name) for names in CALENDAR for name in names.values()}
    for file in (home / "conf", home / "contrib" / "auth"):
        with (file / "locale" / "pt_BR" / "LC_MESSAGES" / "django.po").open("rb") as source:
            for message in read_po(source, locale="pt_BR"):
                if message.id and message.string and not message.fuzzy:
                    words = str(message.string).lower() if message.id in calendar else message.string
                    merged.add(message.id, words, context=message.context)
    for message in catalog:
        if message.id:
            merged.add(message.id, message.string, context=message.context)
    return merged


def main(arguments: list[str]) -> int:
    settings.configure(USE_I18N=False)
    checking = "--check" in arguments
    fresh = collected()
    faults = []
    for language in LANGUAGES:
        file = catalogue(language)
        catalog = brought_up_to_date(language, fresh)
        missing = untranslated(catalog)
        faults += [f"{language}: not translated: {message}" for message in missing]
        if checking:
            if not file.exists() or file.read_bytes() != po_text(catalog):
                faults.append(f"{language}: the catalogue is out of date")
            elif file.with_suffix(".mo").read_bytes() != mo_bytes(language, catalog):
                faults.append(f"{language}: the compiled catalogue is out of date")
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(po_text(catalog))
        file.with_suffix(".mo").write_bytes(mo_bytes(language, catalog))
    for fault in faults:
        print(fault)
    print(f"{len(list(fresh)) - 1} messages, {len(faults)} faults")
    return 1 if checking and faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
