"""Forms of records: one made of the columns of its kind, one to change many, one for a sheet, one to match it."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.core.records import Column, RecordKind
from plaza.formats.table.records import MOST_BYTES
from plaza.records.domain.weighing import ID
from plaza.records.models import Sheet


class RecordForm(forms.Form):
    """The columns of a kind; those of a record as they stand. What the page showed is sent back with what was typed, so that
    who touches one field does not undo what somebody else has changed in another meanwhile."""

    def __init__(self, kind: RecordKind, record: Any | None = None, data: Any = None) -> None:
        super().__init__(data, initial={} if record is None else {c.name: c.get(record) for c in kind.columns})
        for column in kind.columns:
            if record is not None and column.is_fixed:
                continue
            self.fields[column.name] = _field(column)
            self.fields[column.name].show_hidden_initial = record is not None

    def touched(self) -> dict[str, Any]:
        """The values that differ from what the page showed; all, where it is not told what it showed."""
        untold = {name for name in self.fields if self.add_initial_prefix(name) not in self.data}
        return {name: value for name, value in self.cleaned_data.items() if name in untold or name in self.changed_data}

    def own(self) -> list[Any]:
        """The fields that are no translations."""
        return [self[name] for name in self.fields if not self._column(name).translates]

    def translated(self) -> list[tuple[Any, list[Any]]]:
        """The translations, field by field: its label, and the bound fields in the four languages."""
        found: dict[str, list[Any]] = {}
        for name in self.fields:
            if field := self._column(name).translates:
                found.setdefault(field, []).append(self[name])
        return [(self[name].label, fields) for name, fields in found.items() if name in self.fields]

    def _column(self, name: str) -> Column:
        column: Column = self.fields[name].column  # type: ignore[attr-defined]  # set by _field
        return column


def _field(column: Column) -> Any:
    field: Any = column.field()
    field.label, field.required, field.column = column.label, column.is_required, column
    # A choice without an empty one has been made already.
    if isinstance(field, forms.ChoiceField) and "" not in dict(_pairs(field)):
        field.required = True
    return field


def _pairs(field: forms.ChoiceField) -> Any:
    return field.choices


class BulkForm(forms.Form):
    """Which column, and its new value: one field a column, of which the one chosen counts."""

    column = forms.ChoiceField(label=_("What to change"))

    def __init__(self, kind: RecordKind, data: Any = None) -> None:
        super().__init__(data)
        choices = [(column.name, column.label) for column in kind.bulk()]
        self.fields["column"] = forms.ChoiceField(label=_("What to change"), choices=[("", "—"), *choices])


def value_form(column: Column, data: Any = None) -> forms.Form:
    """A form with one field: the new value of that column."""
    form = forms.Form(data)
    field = _field(column)
    field.label = _("The new value")
    form.fields["value"] = field
    return form


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("The sheet"),
        help_text=_("CSV, TSV or XLSX, at most 10 MB, 50,000 rows and 200 columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The sheet is too large: send at most 10 MB."))
        return file


class MatchingForm(forms.Form):
    """For each column of the sheet, which column of the records it is."""

    empties = forms.BooleanField(
        label=_("An empty cell empties the field"),
        required=False,
        help_text=_("Otherwise an empty cell leaves what is there."),
    )

    def __init__(self, kind: RecordKind, sheet: Sheet, samples: list[list[str]], data: Any = None) -> None:
        super().__init__(data, initial={"empties": sheet.empties})
        choices = [("", _("leave out")), (ID, ID), *((column.name, column.label) for column in kind.columns)]
        for at, header in enumerate(sheet.columns):
            found = [row[at] for row in samples if at < len(row) and row[at].strip()]
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=f"{letters(at)}: {header or _('(without a name)')}",
                help_text=" · ".join(text[:40] for text in found[:2]),
                choices=choices,
                required=False,
                initial=sheet.matching.get(str(at), ""),
            )
        self.order_fields([*(f"c{at}" for at in range(len(sheet.columns))), "empties"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = list(self.matching().values())
        if not chosen:
            raise forms.ValidationError(_("Say of at least one column what it is."))
        twice = sorted({name for name in chosen if chosen.count(name) > 1})
        if twice:
            labels = dict(self.fields[next(iter(self.fields))].choices)  # type: ignore[attr-defined]  # a choice field
            raise forms.ValidationError(
                _("Two columns of the sheet are matched with “%(name)s”: leave one out."),
                params={"name": labels[twice[0]]},
            )
        return data

    def matching(self) -> dict[str, str]:
        return {name[1:]: value for name, value in self.cleaned_data.items() if name != "empties" and value}


A_LETTER: Final = 26


def letters(at: int) -> str:
    """As a spreadsheet calls the column at that place: A, Z, AA."""
    word = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, A_LETTER)
        word = chr(65 + rest) + word
    return word
