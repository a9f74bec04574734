"""Forms of the page that tells what was asked."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plaza.accounts.access import Asker
from plaza.directory.models import City
from plaza.search.choices import AskedState
from plaza.search.models import AskedGroup, AskedQuestion
from plaza.topics.models import Topic


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
