"""Forms: what a list of places is narrowed down by, and which questions asked in vain are shown."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plaza.accounts.access import Asker
from plaza.core.languages import CHOICES
from plaza.directory.choices import CitySize
from plaza.directory.models import City
from plaza.search.choices import AskedState
from plaza.search.domain.facets import Facet
from plaza.search.domain.indexing import MEETING, RECORDING
from plaza.search.models import AskedGroup, AskedQuestion
from plaza.topics.models import Topic


class PlacesForm(forms.Form):
    """What stands in the address beside the question. A value there cannot be is as if it were not there."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in (RECORDING, MEETING)], required=False)
    topic = forms.CharField(max_length=60, required=False)
    country = forms.CharField(max_length=2, required=False)
    size = forms.ChoiceField(choices=CitySize.choices, required=False)
    year = forms.IntegerField(min_value=1900, max_value=2199, required=False)
    language = forms.ChoiceField(choices=CHOICES, required=False)
    speaker = forms.CharField(max_length=120, required=False)

    def chosen(self) -> dict[Facet, str]:
        self.is_valid()
        return {Facet(name): str(value) for name, value in self.cleaned_data.items() if value}


class AskedForm(forms.Form):
    """Which questions are shown. Offers only months, topics and cities that somebody asked about in vain."""

    month = forms.TypedChoiceField(
        label=_("Month"), required=False, coerce=lambda text: dt.date.fromisoformat(f"{text}-01"), empty_value=None
    )
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Topic"), required=False, empty_label=_("every topic"))
    city = forms.ModelChoiceField(
        City.objects.none(), label=_("City named"), required=False, empty_label=_("every city"), to_field_name="slug"
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=AskedState.choices)

    def __init__(self, *args: Any, user: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = AskedQuestion.objects.visible_to(user).in_vain()
        months = asked.dates("asked_on", "month", order="DESC")
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            ("", _("every month")),
            *((f"{month:%Y-%m}", date_format(month, "YEAR_MONTH_FORMAT")) for month in months),
        ]
        groups = AskedGroup.objects.visible_to(user).filter(questions__in=asked)
        self.fields["topic"].queryset = Topic.objects.filter(asked_groups__in=groups).distinct()  # type: ignore[attr-defined]
        self.fields["city"].queryset = (  # type: ignore[attr-defined]
            City.objects.filter(asked_questions__in=asked).distinct().order_by("name_sort", "pk")
        )

    def chosen(self) -> dict[str, Any]:
        """What `groups_in_vain` takes. A choice there is not is no choice: the page says so and shows the rest."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return {"state": AskedState.OPEN, **chosen}
