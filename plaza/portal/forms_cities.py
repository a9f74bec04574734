"""The form above the map of cities."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plaza.directory.choices import CitySize
from plaza.directory.models import Country
from plaza.portal.choices import Activity
from plaza.portal.domain.cities import Wanted
from plaza.topics.models import Topic

LONGEST_NAME: Final = 100
MOST_SAID: Final = 60


class CitiesForm(forms.Form):
    """What one looks for. A value there cannot be is said, and the rest counts. `countries` and `topics` are those that are
    offered; another that exists is taken too."""

    name = forms.CharField(label=gettext_lazy("Name, in any language"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    activity = forms.ChoiceField(label=gettext_lazy("Activity"), required=False)
    everywhere = forms.BooleanField(label=gettext_lazy("Also cities that are not members"), required=False)

    def __init__(self, data: Any, *, countries: dict[str, Country], topics: dict[str, Topic]) -> None:
        super().__init__(data)
        self._countries, self._topics = countries, topics
        anything = ("", _("any"))
        self._offer("country", [anything, *((code, row.called) for code, row in countries.items())])
        self._offer("size", [anything, *CitySize.choices])
        self._offer("topic", [anything, *_by_top(topics)])
        self._offer("activity", [anything, *Activity.choices])

    def clean_name(self) -> str:
        words = str(self.cleaned_data["name"])
        if len(words) > LONGEST_NAME:
            raise ValidationError(_("No city has a name of more than %(most)s letters."), params={"most": LONGEST_NAME})
        return words

    def wanted(self) -> Wanted:
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            words=chosen.get("name", ""),
            country=self._countries.get(chosen.get("country", "")),
            size=CitySize(chosen["size"]) if chosen.get("size") else None,
            topic=self._topics.get(chosen.get("topic", "")),
            activity=Activity(chosen["activity"]) if chosen.get("activity") else None,
            everywhere=bool(chosen.get("everywhere")),
        )

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        field.error_messages["invalid_choice"] = _("There is no such choice here, so it was left out.")


def _by_top(topics: dict[str, Topic]) -> list[Any]:
    """Leaves under their top topic, which can be chosen too."""
    tops: dict[str, list[Topic]] = {}
    for row in topics.values():
        tops.setdefault(row.parent.code if row.parent else row.code, []).append(row)
    offered: list[Any] = []
    for code, rows in tops.items():
        top = topics[code]
        leaves = [(row.code, row.called) for row in rows if row.code != code]
        offered.append((top.called, [(code, _("%(topic)s: everything") % {"topic": top.called}), *leaves]))
    return offered
