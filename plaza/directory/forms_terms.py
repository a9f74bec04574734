"""Forms: a city's membership, who speaks for it, and handing over."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField
from plaza.core.languages import CHOICES, LANGUAGES, NATIVE_NAMES
from plaza.core.plain import plain_line
from plaza.core.records import Named
from plaza.core.translations import reader_language
from plaza.directory.choices import ContactVisibility, MembershipStatus, TermKind
from plaza.directory.domain import focal_points, handing_over, people, profiles
from plaza.directory.domain.applications import bring_person
from plaza.directory.domain.focal_points import name_focal_point
from plaza.directory.domain.mayors import hand_over
from plaza.directory.domain.membership import allowed_from, move
from plaza.directory.forms_joining import Day, WhoForm, line
from plaza.directory.models import City, CityProfile, HandOver


class MoveForm(forms.Form):
    """To the next states only that it may come to."""

    to = forms.ChoiceField(label=_("The next state"))
    on = Day(label=_("From which day"))
    why = line(_("Why"), max_length=400, required=False)

    def __init__(self, *args: Any, before: MembershipStatus | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [(each.value, each.label) for each in allowed_from(before)]
        self.initial.setdefault("on", timezone.localdate())

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("A state begins today or has begun: the day lies ahead."))
        return on

    def move(self, city: City, by: User) -> None:
        data = self.cleaned_data
        move(city=city, to=MembershipStatus(data["to"]), on=data["on"], by=by, why=data["why"])


class TermForm(WhoForm):
    """Who is focal point or mayor from a day on; whoever was it before is it until the day before."""

    name = line(_("Name"))
    post = line(_("Post"), required=False)
    start = Day(label=_("First day"))

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        self._city = city
        data = args[0] if args and args[0] else {}
        super().__init__(*args, name=plain_line(str(data.get("name", "")))[:200], **kwargs)
        self.initial.setdefault("start", timezone.localdate())

    @property
    def language(self) -> str:
        return reader_language()


class FocalPointForm(TermForm):
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("Only those who run the network see it.")
    )
    is_main = forms.BooleanField(label=_("The main focal point of the city"), required=False, initial=True)

    def name_her(self, by: User) -> None:
        data = self.cleaned_data
        person = self.person or bring_person(
            name=data["name"], email=data["email"].lower(), language=self.language, post=data["post"], city=self._city,
            by=by, is_new=True,
        )  # fmt: skip
        name_focal_point(
            city=self._city, person=person, on=data["start"], by=by, post=data["post"], is_main=data["is_main"]
        )


class MayorForm(TermForm):
    end = Day(label=_("Last day, where it is known"), required=False)

    def name_her(self, by: User) -> None:
        data = self.cleaned_data
        person = self.person or bring_person(
            name=data["name"], email="", language=self.language, post="", city=self._city, by=by, is_new=True
        )
        hand_over(
            city=self._city, person=person, on=data["start"], end=data["end"], label=data["post"], by=by,
            language=self.language,  # type: ignore[arg-type]
        )  # fmt: skip


class LastDayForm(forms.Form):
    end = Day(label=_("Last day"))


class NextForm(forms.Form):
    """Who comes next."""

    name = line(_("Name of the next person"))
    post = line(_("Post in the city"))
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, help_text=_("A letter goes there, with a link to accept.")
    )
    first_day = Day(label=_("First day"))

    def __init__(self, *args: Any, row: HandOver, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._row = row
        self.fields["email"].required = row.kind == TermKind.FOCAL_POINT

    def say(self, by: User | None = None) -> bool:
        data = self.cleaned_data
        try:
            handing_over.say_who_is_next(
                row=self._row, name=data["name"], post=data["post"], email=data["email"],
                language=reader_language(), first_day=data["first_day"], by=by,
            )  # fmt: skip
        except handing_over.WrongDay:
            self.add_error("first_day", _("This day lies before the term that ends, or too far from its end."))
            return False
        return True


class StayForm(forms.Form):
    until = Day(label=_("Until which day"))

    def __init__(self, *args: Any, row: HandOver, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._row = row

    def say(self, by: User | None = None) -> bool:
        try:
            handing_over.stay(row=self._row, until=self.cleaned_data["until"], by=by)
        except handing_over.WrongDay:
            self.add_error("until", _("Write a day after the one on which the term ends, and within eight years."))
            return False
        except (focal_points.EndsBeforeItStarts, people.EndsBeforeItStarts, people.HeldAlready):
            self.add_error("until", _("Somebody has answered it already."))
            return False
        return True


class ProfileForm(forms.Form):
    population = forms.IntegerField(
        label=_("Inhabitants"),
        min_value=1,
        max_value=60_000_000,
        required=False,
        help_text=_("Please confirm or correct the number: saving it confirms it."),
    )
    website = forms.URLField(label=_("Website of the city hall"), max_length=300, required=False, assume_scheme="https")
    contact = forms.EmailField(label=_("E-mail address of the city hall"), max_length=254, required=False)
    contact_visible_to = forms.ChoiceField(label=_("Who sees this address"), choices=ContactVisibility.choices)
    works_in = forms.MultipleChoiceField(
        label=_("In which languages one may write to you"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, city: City, profile: CityProfile | None, **kwargs: Any) -> None:
        texts = profiles.texts_of(profile)
        initial = {"population": city.population, "contact_visible_to": ContactVisibility.MEMBERS}
        if profile is not None:
            initial |= {name: getattr(profile, name) for name in profiles.FIELDS}
        kwargs["initial"] = initial | {f"about_{key}": text for key, text in texts.items()}
        super().__init__(*args, **kwargs)
        self._city = city
        for language in LANGUAGES:
            self.fields[f"about_{language}"] = PlainField(
                label=str(Named(_("About our city"), NATIVE_NAMES[language])),
                max_length=1500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
            )

    def save(self, by: User) -> CityProfile:
        data = self.cleaned_data
        return profiles.fill_in(
            city=self._city,
            about={language: data[f"about_{language}"] for language in LANGUAGES},
            population=data["population"],
            by=by,
            **{name: data[name] for name in profiles.FIELDS},
        )
