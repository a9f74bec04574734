"""Certificates and cohorts as rows of a sheet, in the reader's language; the first row names the columns."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from plaza.certificates.domain.candidates import Candidate, Part, Roll
from plaza.core.translations import reader_language


def roll_sheet(roll: Roll) -> Iterator[Sequence[str]]:
    yield [
        *(_("Name"), _("E-mail address"), _("City"), _("Minutes"), _("Checked in"), _("Qualifies")),
        *(_("Code of the certificate"), _("State"), _("Issued on"), _("Reason")),
    ]
    for each in roll.people:
        row = each.certificate
        yield [
            *(each.name, each.email, each.place, _number(each.minutes), _yes(each.at_door), _yes(each.qualifies)),
            *(
                (row.shown_code, str(row.get_state_display()), f"{row.issued_at:%Y-%m-%d}", row.why)
                if row
                else ("",) * 4
            ),
        ]


def cohort_sheet(roll: Roll) -> Iterator[Sequence[str]]:
    """Two columns a module: how long, and whether it counts."""
    language = reader_language()
    titles = [module.words("title", language).text for module in roll.modules]
    yield [
        *(_("Name"), _("E-mail address"), _("City")),
        *(cell for title in titles for cell in (_("%(module)s: minutes") % {"module": title}, _("long enough"))),
        *(_("Modules"), _("Completed"), _("What is missing")),
    ]
    for each in roll.people:
        yield [
            *(each.name, each.email, each.place),
            *(cell for part in each.parts for cell in (_minutes(part), _yes(part.is_enough))),
            *(str(each.done), _yes(each.qualifies), missing_of(roll, each)),
        ]


def missing_of(roll: Roll, who: Candidate) -> str:
    """What she would still need, in words; nothing where she has completed it."""
    if who.qualifies:
        return ""
    language = reader_language()
    lacking = roll.needed - who.done
    left = [
        module.words("title", language).text
        for module, part in zip(roll.modules, who.parts, strict=True)
        if not part.is_enough
    ]
    return _("%(n)d of: %(modules)s") % {"n": lacking, "modules": "; ".join(left)}


def _minutes(part: Part) -> str:
    return _("checked in") if part.at_door and part.minutes is None else _number(part.minutes)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _yes(value: Any) -> str:
    return _("yes") if value else _("no")
