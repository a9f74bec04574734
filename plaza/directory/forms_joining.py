"""Forms: a city applies, and is answered; the secretariat invites one."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField, TrapField
from plaza.core.languages import CHOICES
from plaza.core.plain import plain_line
from plaza.core.translations import reader_language
from plaza.directory.domain import applications
from plaza.directory.domain.finding import cities_like, cities_named, city_called
from plaza.directory.models import City, CityApplication, Person

NONE_OF_THESE: Final = "none"
SOMEBODY_NEW: Final = "new"
ENDS, GOES_ON = "ends", "goes-on"


def line(label: Any, *, max_length: int = 200, **kwargs: Any) -> forms.CharField:
    return PlainField(label=label, max_length=max_length, **kwargs)


class Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class ApplyForm(forms.Form):
    """Which city is meant is asked again where the name alone does not say it; nothing typed is lost by that."""

    city = line(_("City"), help_text=_("Its name, with the country if need be."))
    place = forms.ChoiceField(label=_("Which of these cities?"), required=False, widget=forms.RadioSelect)
    name = line(_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    post = line(_("Your post in the city"), widget=forms.TextInput(attrs={"autocomplete": "organization-title"}))
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    words = PlainField(
        label=_("Why does the city want to join?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    consent = forms.BooleanField(
        label=_("I write for the city, and agree that the secretariat keeps this until it has answered.")
    )
    website = TrapField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant: City | None = None
        self.candidates: list[City] = []
        typed = plain_line(str(self.data.get("city", "")))[:200]
        if self.is_bound and typed:
            self.candidates = cities_like(typed)
            exact = [each for each in self.candidates if each in cities_named(typed)]
            self.meant = exact[0] if len(exact) == 1 else None
        if self.is_bound and typed and self.meant is None:
            self._offer(typed)
        else:
            del self.fields["place"]

    def _offer(self, typed: str) -> None:
        named = [(each.slug, f"{each.full_name} ({each.admin1})" if each.admin1 else each.full_name)
                 for each in self.candidates]  # fmt: skip
        last = _("None of these: “%(typed)s”, as I wrote it") if named else _("“%(typed)s”, as I wrote it")
        field: Any = self.fields["place"]
        field.choices = [*named, (NONE_OF_THESE, last % {"typed": typed})]
        field.help_text = (
            "" if named else _("No city of our list is called so. Correct the name, or send it as you wrote it.")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = data.get("place")
        if "place" in self.fields and "place" not in self.errors:
            self.meant = next((each for each in self.candidates if each.slug == chosen), None)
            if not chosen:
                self.add_error("place", _("Please choose which city is meant."))
        if self.meant is not None and not applications.may_come(self.meant):
            self.add_error(
                "city", ValidationError(
                    _("%(city)s is a member of the network already. If you work there, ask to join instead."),
                    code="member", params={"city": self.meant.full_name},
                )
            )  # fmt: skip
        return data

    @property
    def is_member_already(self) -> bool:
        return self.has_error("city", "member")

    def send(self) -> None:
        data = self.cleaned_data
        applications.apply(
            city=self.meant,
            typed=data["city"],
            name=data["name"],
            post=data["post"],
            email=data["email"],
            words=data["words"],
            language=reader_language(),
        )


class TakeUpForm(forms.Form):
    name = line(_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    post = line(_("Your post in the city"), widget=forms.TextInput(attrs={"autocomplete": "organization-title"}))


class InviteCityForm(forms.Form):
    city = line(_("City"), help_text=_("Its name, with the country if need be."))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=CHOICES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reader_language())

    def clean_city(self) -> City:
        city = city_called(self.cleaned_data["city"])
        if not applications.may_come(city):
            raise ValidationError(_("This city is a member already, or its membership rests."))
        return city


class WhoForm(forms.Form):
    """Who of the directory is meant: people of one name are offered, and never taken for one in silence."""

    who = forms.ChoiceField(label=_("Who of the directory is it?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, name: str = "", email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = applications.people_like(name, email)
        field: Any = self.fields["who"]
        field.choices = [
            *((each.slug, _told(each)) for each in self._people),
            (SOMEBODY_NEW, _("None of them: add a new person")),
        ]
        if not self._people:
            del self.fields["who"]
        self.order_fields([name for name in self.fields if name != "who"] + ["who"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "who" in self.fields and not data.get("who") and "who" not in self.errors:
            self.add_error("who", _("There are people of this name already: choose who it is."))
        return data

    @property
    def person(self) -> Person | None:
        """None: somebody new."""
        return next((each for each in self._people if each.slug == self.cleaned_data.get("who")), None)


def _told(person: Person) -> str:
    posts = person.memberships.select_related("post__city", "post__organization").order_by("-start", "pk")[:3]
    return ", ".join([person.name, *(f"{row.post.label} ({row.post.place})" for row in posts)])


class AcceptApplicationForm(WhoForm):
    """That a pause ends is said, and never follows by itself."""

    city = line(_("City"), required=False)
    pause = forms.ChoiceField(
        label=_("The membership of this city rests. What becomes of the pause?"),
        choices=[
            (ENDS, _("It ends today: the city is a member again")),
            (GOES_ON, _("It goes on: only the focal point is named and invited")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, application: CityApplication, **kwargs: Any) -> None:
        super().__init__(*args, name=application.name, email=application.email, **kwargs)
        self._application = application
        self.meant = application.city or self._typed()
        if self.meant is None or not applications.rests(self.meant):
            del self.fields["pause"]
        if application.city is not None:
            del self.fields["city"]
        else:
            self.fields["city"].required = True
            self.fields["city"].help_text = _(
                "The applicant wrote a name that is not in our list. Write the city of the list that is meant, or add"
                " the city first among the records."
            )

    def clean_city(self) -> City | None:
        return city_called(self.cleaned_data["city"]) if self.cleaned_data["city"] else None

    def _typed(self) -> City | None:
        try:
            return city_called(plain_line(str(self.data.get("city", "")))[:200])
        except ValidationError:
            return None

    @property
    def stays_paused(self) -> bool:
        return self.cleaned_data.get("pause") == GOES_ON

    def accept(self, by: User) -> None:
        pause = self.cleaned_data.get("pause")
        applications.accept(
            application=self._application,
            by=by,
            person=self.person,
            city=self.cleaned_data.get("city"),
            ends_pause=pause == ENDS if pause else None,
        )


class DeclineForm(forms.Form):
    why = PlainField(label=_("The reason, for the letter"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
