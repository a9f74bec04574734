"""What a person says against a proposal before it is accepted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from plaza.directory.models import City, Person
from plaza.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Named:
    """Who somebody on the page is: `person` of the directory; a new one, although somebody there has the name
    (`is_new`); nobody (`left_out`); or else whoever has the name, or a new person."""

    name: str
    role: str
    person: Person | None = None
    is_new: bool = False
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """Empty where the page is right. `people` by their place among `proposal.people`; `cities` by the name on the
    page, None for one that is no city; `series` None as told, "" for none; `same_as` a meeting that is here already."""

    title: str = ""
    kind: str = ""
    day: dt.date | None = None
    series: str | None = None
    same_as: Meeting | None = None
    people: Mapping[int, Named] = field(default_factory=dict)
    cities: Mapping[str, City | None] = field(default_factory=dict)


AS_TOLD: Final = Corrected()
