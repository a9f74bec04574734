"""What a row, or a form, does to a record: weighed without writing, then done by the same words."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from plaza.accounts.models import User
from plaza.core.folding import fold
from plaza.core.records import Difference, RecordKind, Values, differences, missing, read_texts
from plaza.formats.decode import without_unsaid
from plaza.records.choices import Effect

ID: Final = "id"
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Weighed:
    effect: Effect
    record: Any | None = None
    values: Values = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    face: str = ""
    why: str = ""


def weigh(kind: RecordKind, texts: Mapping[str, str], *, empties: bool = False) -> Weighed:
    """What the texts of a row would do. An empty cell says nothing, unless `empties`."""
    said = {name: text for name, text in texts.items() if name != ID and (text.strip() or empties)}
    identity = texts.get(ID, "").strip()
    record = None
    try:
        if not identity and not any(text.strip() for text in said.values()):
            raise ValidationError(_("The row has nothing in the columns that were chosen."))
        if identity:
            record = kind.find(identity)
            if record is None:
                raise ValidationError(_("No record has the id “%(id)s”."), params={"id": identity[:100]})
        values = _read(kind, said, record)
        if record is None:
            record = _found(kind, values)
            # Read once more beside it: what it says already needs no second reading.
            values = _read(kind, said, record) if record is not None else values
        found = differences(kind, values, record)
        for each in found:
            if record is not None and each.column.is_fixed:
                raise ValidationError(
                    _("“%(column)s” stays as it was made: leave it, or make a new record."),
                    params={"column": each.column.label},
                )
    except ValidationError as error:
        return Weighed(Effect.ASIDE, record, face=_face(kind, record, said), why=sentences(kind, error))
    effect = Effect.MADE if record is None else Effect.CHANGED if found else Effect.SAME
    return Weighed(effect, record, values, found, _face(kind, record, said))


def do(kind: RecordKind, weighed: Weighed, by: User | None) -> tuple[Effect, Any]:
    """Does what was weighed by the one deed of its kind. Raises ValidationError, with nothing written."""
    if weighed.effect == Effect.SAME:
        return Effect.SAME, weighed.record
    try:
        with transaction.atomic():
            if weighed.record is None:
                return Effect.MADE, kind.make(weighed.values, by)
            # Only what differs: of a number that stays, nothing needs to be said.
            wanted = {each.column.name: weighed.values[each.column.name] for each in weighed.differences}
            return (Effect.CHANGED if kind.change(weighed.record, wanted, by) else Effect.SAME), weighed.record
    except (IntegrityError, DataError) as error:
        raise ValidationError(_("It contradicts another record that is kept here.")) from error


class _Undone(Exception):
    """Said inside a transaction, so that nothing of it stays."""


def tried(kind: RecordKind, weighed: Weighed, by: User | None) -> Weighed:
    """What was weighed, done and undone again: what only the deed knows is known before anything stays."""
    if weighed.effect not in (Effect.MADE, Effect.CHANGED):
        return weighed
    try:
        with transaction.atomic():
            do(kind, weighed, by)
            raise _Undone
    except _Undone:
        return weighed
    except ValidationError as error:
        return replace(weighed, effect=Effect.ASIDE, differences=[], why=sentences(kind, error))


def sentences(kind: RecordKind, error: ValidationError) -> str:
    """All that is wrong, each with its column before it."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    said = []
    for name, messages in error.message_dict.items():
        column = kind.column(name)
        said.append(f"{column.label if column else name}: {' '.join(messages)}")
    return " ".join(said)


def same_text(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _read(kind: RecordKind, said: Mapping[str, str], record: Any | None) -> dict[str, Any]:
    """A cell that says what the record says, but for marks that no sheet keeps, says the very same."""
    texts = {}
    for name, text in said.items():
        column = kind.column(name)
        if column is None:
            continue
        standing = column.text(record) if record is not None else ""
        texts[name] = standing if record is not None and same_text(standing, text) else _CONTROL.sub("", text)
    return read_texts(kind, texts, record)


def _found(kind: RecordKind, values: Values) -> Any | None:
    """The one record that a row without an id means; None for a new one."""
    if lacking := missing(kind, values):
        raise ValidationError(
            _("To make a new record, this is missing: %(columns)s."),
            params={"columns": ", ".join(str(column.label) for column in lacking)},
        )
    rows = kind.alike(values)
    if len(rows) > 1:
        raise ValidationError(
            _("Several records are called so. Write in the column “id” which one: %(ids)s."),
            params={"ids": ", ".join(kind.identify(row) for row in rows[:5])},
        )
    return rows[0] if rows else None


def _face(kind: RecordKind, record: Any | None, said: Mapping[str, str]) -> str:
    if record is not None:
        words = f"{kind.name}:{record.pk}"
    else:
        words = "|".join(fold(said.get(name, "")) for name in kind.key)
        if not words.strip("|"):
            return ""
        words = f"{kind.name}|{words}"
    return hashlib.sha256(words.encode()).hexdigest()


def _plain(text: str) -> str:
    return _CONTROL.sub("", without_unsaid(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
