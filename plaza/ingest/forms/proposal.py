"""A proposal as a person may correct it: what it is called, when it was, and who and where is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.core.folding import fold
from plaza.directory.models import City, Person
from plaza.ingest.domain.corrected import Corrected, Named
from plaza.ingest.domain.known import Known
from plaza.ingest.domain.making import told_series
from plaza.ingest.models import Proposal
from plaza.meetings.choices import MeetingKind
from plaza.meetings.models import Meeting

NEW: Final = "new"
OUT: Final = "out"


@dataclass(frozen=True, slots=True)
class PersonFields:
    """Three fields of one person, and what the page says she is."""

    told: dict[str, Any]
    name: forms.BoundField
    role: forms.BoundField
    who: forms.BoundField


class ProposalForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=MeetingKind.choices)
    day = forms.DateField(
        label=gettext_lazy("Day, if it is another"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    series = forms.CharField(label=gettext_lazy("Series"), required=False, max_length=300)
    same_as = forms.ChoiceField(label=gettext_lazy("Is it one of these?"), required=False)
    address = forms.CharField(
        label=gettext_lazy("Or the address of its page here, if it is here already"), required=False, max_length=500
    )

    def __init__(self, data: Any = None, *, row: Proposal, known: Known) -> None:
        initial = {"title": row.title, "kind": row.told["kind"], "series": told_series(row)}
        super().__init__(data, initial=initial, prefix=f"p{row.number}")
        self._row, self._known = row, known
        self.fields["series"].widget.attrs["list"] = "series"
        self._ask_which_meeting(known.meetings.get(row.pk, []))
        self._people: dict[int, list[Person]] = {}
        for place, person in enumerate(row.people):
            self._ask_who(place, person, known.people.get(fold(person["name"]), []))
        self._cities: dict[str, list[City]] = {}
        for name in dict.fromkeys([*(each["name"] for each in row.whole["places"]), *row.whole["cities"]]):
            self._ask_where(name, known.cities.get(name, []))

    def _ask_which_meeting(self, offered: Sequence[Meeting]) -> None:
        self._offered = {str(meeting.pk): meeting for meeting in offered}
        if not offered:
            del self.fields["same_as"]
            return
        choices = [("", _("No, it is a new one")), *((key, meeting.title) for key, meeting in self._offered.items())]
        self.fields["same_as"] = forms.ChoiceField(label=self.fields["same_as"].label, choices=choices, required=False)

    def _ask_who(self, place: int, told: dict[str, Any], offered: list[Person]) -> None:
        self._people[place] = offered
        exact = [person for person in offered if person.name_sort == fold(told["name"])]
        self.fields[f"name{place}"] = forms.CharField(
            label=_("Name"), max_length=200, required=False, initial=told["name"]
        )
        self.fields[f"role{place}"] = forms.CharField(
            label=_("What the person is"), max_length=200, required=False, initial=told["role"]
        )
        ask = [("", _("Choose who it is"))] if len(exact) > 1 else []
        known = [(str(person.pk), _described(person)) for person in offered]
        self.fields[f"who{place}"] = forms.ChoiceField(
            label=_("Who it is"),
            choices=[*ask, *known, (NEW, _("Somebody new")), (OUT, _("Leave out: this is nobody"))],
            required=bool(ask),
            initial=("" if len(exact) > 1 else str(exact[0].pk)) if exact else NEW,
        )

    def _ask_where(self, name: str, offered: list[City]) -> None:
        if not offered:
            return
        place = len(self._cities)
        self._cities[name] = offered
        choices = [*((str(city.pk), city.full_name) for city in offered), (OUT, _("Leave out: this is no city here"))]
        self.fields[f"city{place}"] = forms.ChoiceField(
            label=name, choices=choices, required=False, initial=str(offered[0].pk)
        )

    @property
    def head(self) -> Iterator[forms.BoundField]:
        """The fields that are always in sight."""
        names = ["title", "kind", "day", *(["same_as"] if self._offered else [])]
        return (self[name] for name in names)

    @property
    def rest(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in ("series", "address"))

    @property
    def people(self) -> Iterator[PersonFields]:
        told = self._row.people
        return (
            PersonFields(told[place], self[f"name{place}"], self[f"role{place}"], self[f"who{place}"])
            for place in self._people
        )

    @property
    def cities(self) -> Iterator[forms.BoundField]:
        return (self[f"city{place}"] for place in range(len(self._cities)))

    @property
    def is_doubtful(self) -> bool:
        return self._known.doubts(self._row) or self.is_bound

    def clean_address(self) -> Meeting | None:
        """The path of a meeting's page, with or without the rest of its address."""
        given = self.cleaned_data["address"].strip()
        if not given:
            return None
        path = re.search(r"/meetings/([-\w]+)/?$", re.split(r"[?#]", given)[0])
        meeting = Meeting.objects.filter(slug=path[1]).first() if path else None
        if meeting is None:
            raise forms.ValidationError(_("This is not the address of a meeting that is here."))
        return meeting

    def corrected(self) -> Corrected:
        data = self.cleaned_data
        return Corrected(
            title=data["title"],
            kind=data["kind"],
            day=data["day"],
            series=data["series"].strip(),
            same_as=data["address"] or self._offered.get(data.get("same_as") or ""),
            people={place: self._named(place, offered) for place, offered in self._people.items()},
            cities={
                name: next((city for city in offered if str(city.pk) == data[f"city{place}"]), None)
                for place, (name, offered) in enumerate(self._cities.items())
                if data[f"city{place}"]
            },
        )

    def _named(self, place: int, offered: Sequence[Person]) -> Named:
        """A name that was typed anew is looked up as it stands now."""
        data = self.cleaned_data
        told = self._row.people[place]["name"]
        name, who = data[f"name{place}"] or told, data[f"who{place}"]
        is_as_told = fold(name) == fold(told)
        return Named(
            name=name,
            role=data[f"role{place}"],
            person=next((person for person in offered if str(person.pk) == who), None),
            is_new=who == NEW and is_as_told and bool(offered),
            left_out=who == OUT,
        )


def _described(person: Person) -> str:
    """With the posts by which namesakes are told apart."""
    posts = [f"{membership.post.label}, {membership.post.place}" for membership in person.memberships.all()]
    return f"{person.name} ({'; '.join(posts[:2])})" if posts else person.name
