"""The indicators there are: those that come with Plaza, and those that a host adds."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.folding import fold
from plaza.core.models import HistoryEntry
from plaza.core.record_fields import Pointer, the_one
from plaza.core.records import changed
from plaza.indicators.choices import Unit
from plaza.indicators.models import Indicator
from plaza.topics.domain.goals import kept_goals

DATA: Final = Path(__file__).resolve().parent.parent / "data" / "indicators.json"
FROM_THE_FILE: Final = ("names", "descriptions", "unit", "framework", "decimals", "better", "categories", "position")
CLIMATE: Final = "climate-zone"


@transaction.atomic
def load_indicators() -> int:
    """The indicators of the file; one that somebody has corrected stays as it was corrected. Returns how many there are."""
    rows = json.loads(DATA.read_text("utf-8"))["indicators"]
    told = HistoryEntry.objects.filter(subject_type=ContentType.objects.get_for_model(Indicator), verb="corrected")
    by_hand = set(Indicator.objects.filter(pk__in=told.values("subject_id")).values_list("code", flat=True))
    Indicator.objects.bulk_create(
        [Indicator(position=position, **row) for position, row in enumerate(rows) if row["code"] not in by_hand],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=FROM_THE_FILE,
    )
    return len(rows)


@transaction.atomic
def define(*, code: str, names: Mapping[str, str], unit: Unit, by: User | None, **values: Any) -> Indicator:
    """An indicator of the host's own."""
    indicator = Indicator.objects.create(code=code, names=_filled(names), unit=unit, **values)
    history.record(verb="added", by=by, subject=indicator)
    return indicator


@transaction.atomic
def correct_indicator(
    *, indicator: Indicator, by: User | None, names: Mapping[str, str] | None = None, **values: Any
) -> list[str]:
    """Corrects what is said of it. From then on the file leaves it alone. Its unit stays where values stand: they would
    mean something else."""
    row = Indicator.objects.select_for_update().get(pk=indicator.pk)
    fields = changed(row, values, ("unit", "framework", "decimals", "better"))
    if "unit" in fields and row.values.exists():
        raise ValidationError(_("The unit stays: values in it are kept already. Make another indicator."))
    others = {language: text for language, text in (names or {}).items() if row.names.get(language, "") != text}
    if others:
        row.names = _filled(row.names | others)
    if fields or others:
        row.save(update_fields=[*fields, *(["names"] if others else [])])
        history.record(verb="corrected", by=by, subject=row, fields=[*fields, *others])
    return fields + [f"name_{language}" for language in others]


def indicator_called(text: str) -> Indicator:
    """`sdg-11.7.1`, `SDG 11.7.1`, `ODS 11.7.1`, `11.7.1`, or its name in any language. Raises ValidationError."""
    found: Indicator = the_one(
        text,
        by_slug=lambda code: Indicator.objects.filter(code__in=[code.lower(), f"sdg-{code.lower()}"]).first(),
        by_name=_named,
        slug_of=lambda row: str(row.code),
    )
    return found


def indicator_field() -> Pointer:
    return Pointer(find=indicator_called, show=lambda indicator: indicator.called)


def _named(text: str) -> list[Indicator]:
    wanted = fold(text)
    framed = fold(kept_goals(f"sdg {text}" if wanted[:1].isdigit() else text))
    return [
        row
        for row in Indicator.objects.all()
        if wanted in {fold(str(name)) for name in row.names.values()} or fold(row.framework) in (wanted, framed)
    ]


def _filled(names: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in names.items() if text}
