"""Records that people keep by hand: what they are called, which columns they have, and which deed changes them.

Each package declares its kinds of records and adds them to `record_kinds` when it loads; the pages and sheets that keep
records know none of them by name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from plaza.core.languages import LANGUAGES, NATIVE_NAMES
from plaza.core.models import Translation
from plaza.core.record_fields import Kept, Words
from plaza.core.registry import Registry

Label: TypeAlias = "str | Promise | Named"
Values: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is known of a record. `field()` makes the form field that reads and shows it; `get` takes its value
    from the record; `called` are other names by which a sheet may call it, in any language."""

    name: str
    label: Label
    field: Callable[[], Kept]
    get: Callable[[Any], Any]
    called: Sequence[str] = ()
    is_required: bool = False
    is_bulk: bool = False
    is_listed: bool = False
    # Set when the record is made, and never changed afterwards.
    is_fixed: bool = False
    # A translation: of which column, in which language.
    translates: str = ""
    language: str = ""

    def text(self, record: Any) -> str:
        """As a sheet and a list show it, in the language being spoken."""
        return self.field().shown(self.get(record))


@dataclass(frozen=True)
class RecordKind:
    """`make(values, by)` and `change(record, values, by)` call one deed each and raise ValidationError where it cannot
    be. `find(id)` finds a record by what `identify` says of it; `alike(values)` those that the values of a row without
    an id may mean."""

    name: str
    label: Label
    one: Label
    visible_to: Callable[[Any], "QuerySet[Any]"]
    columns: tuple[Column, ...]
    identify: Callable[[Any], str]
    find: Callable[[str], Any | None]
    alike: Callable[[Values], Sequence[Any]]
    # The columns by which a row without an id is known again.
    key: tuple[str, ...]
    make: Callable[..., Any]
    change: Callable[..., Any]
    containing: Callable[["QuerySet[Any]", str], "QuerySet[Any]"]
    # Whose history tells of the record: mostly its own.
    told_by: Callable[[Any], Model] = lambda record: record
    address: Callable[[Any], str] = lambda record: ""
    _named: dict[str, Column] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._named.update({column.name: column for column in self.columns})

    def column(self, name: str) -> Column | None:
        return self._named.get(name)

    def listed(self) -> list[Column]:
        return [column for column in self.columns if column.is_listed]

    def bulk(self) -> list[Column]:
        return [column for column in self.columns if column.is_bulk]


record_kinds: Final[Registry[RecordKind]] = Registry("the records that people keep")


@dataclass(frozen=True, slots=True)
class Difference:
    column: Column
    before: str
    after: str


def read_texts(kind: RecordKind, texts: Mapping[str, str], record: Any | None = None) -> dict[str, Any]:
    """The values that `texts` (by the names of columns) mean. What a record says already is taken as it stands, so that
    a sheet that was written comes back without a difference. Raises ValidationError with a dict: column → why."""
    values: dict[str, Any] = {}
    faults: dict[str, list[Any]] = {}
    for name, text in texts.items():
        column = kind.column(name)
        if column is None:
            continue
        if record is not None and column.text(record) == text:
            values[name] = column.get(record)
            continue
        try:
            values[name] = cleaned(column, text)
        except ValidationError as error:
            faults[name] = error.error_list
    if faults:
        raise ValidationError(faults)
    return values


def cleaned(column: Column, text: Any) -> Any:
    form_field: Any = column.field()
    form_field.required = column.is_required
    return form_field.clean(text)


def differences(kind: RecordKind, values: Values, record: Any | None) -> list[Difference]:
    """What would change if `record` had these values; of a new record, all that is filled."""
    found = []
    for name, value in values.items():
        column = kind.column(name)
        if column is None:
            continue
        shown = column.field().shown
        before = column.get(record) if record is not None else None
        if (record is None and not shown(value)) or (record is not None and before == value):
            continue
        found.append(Difference(column, shown(before) if record is not None else "", shown(value)))
    return found


def missing(kind: RecordKind, values: Values) -> list[Column]:
    """The columns without which none is made."""
    return [column for column in kind.columns if column.is_required and not values.get(column.name)]


def changed(record: Model, values: Values, fields: Iterable[str]) -> list[str]:
    """Sets on the record those of the named fields whose value differs; which they were. Saves nothing."""
    found = []
    for name in fields:
        if name in values and getattr(record, name) != values[name]:
            setattr(record, name, values[name])
            found.append(name)
    return found


def translations_of(fields: Mapping[str, Label], called: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    """A column for each translated field in each of the four languages: empty in the record's own."""
    return tuple(
        Column(
            name=f"{name}_{language}",
            label=Named(label, NATIVE_NAMES[language]),
            field=lambda: Words(max_length=10_000, widget=forms.Textarea(attrs={"rows": 2})),
            get=_translation(name, language),
            called=tuple(f"{word} {language}" for word in (name, *called.get(name, ()))),
            translates=name,
            language=language,
        )
        for name, label in fields.items()
        for language in LANGUAGES
    )


class Named:
    """A lazy label with a language behind it: `Title (Português)`."""

    def __init__(self, label: Label, language: str) -> None:
        self.label, self.language = label, language

    def __str__(self) -> str:
        return f"{self.label} ({self.language})"


def _translation(name: str, language: str) -> Callable[[Any], str]:
    def get(record: Any) -> str:
        if record.language == language:
            return ""
        rows: Iterable[Translation] = record.translations.all()
        return next((row.text for row in rows if row.field == name and row.language == language), "")

    return get
