"""The form to register, made of what the desk asks; and the same to change it."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plaza.core.form_fields import PlainField, TrapField
from plaza.core.languages import CHOICES
from plaza.core.plain import plain_line
from plaza.core.translations import reader_language
from plaza.directory.choices import Sector
from plaza.directory.domain.finding import cities_named
from plaza.directory.models import City
from plaza.meetings.zones import zone_choices
from plaza.registration.choices import ConsentPurpose, QuestionKind
from plaza.registration.domain.answers import NotTaken, examined
from plaza.registration.domain.consents import words_of
from plaza.registration.domain.registering import Given
from plaza.registration.models import LONGEST_ANSWER, LONGEST_NAME, Question, Registration, RegistrationDesk

NONE_OF_THESE: Final = "none"


class AnswerFileField(forms.FileField):
    """A file that is what its bytes say."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file is not initial:
            try:
                examined(file, file.name or "")
            except NotTaken as refusal:
                raise forms.ValidationError(gettext(refusal.why)) from refusal
        return file


class RegisterForm(forms.Form):
    """`email` stands in it only where the address is not known already: of somebody signed in, or invited, it is."""

    name = PlainField(
        label=_("Your name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Your confirmation and the link to your registration go there."),
    )
    city = PlainField(
        label=_("City"),
        max_length=200,
        help_text=_("Its name, with the country if need be."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    place = forms.ChoiceField(label=_("Which of these cities?"), required=False, widget=forms.RadioSelect)
    sector = forms.ChoiceField(label=_("You work in"), choices=Sector.choices, widget=forms.RadioSelect)
    accessibility = PlainField(
        label=_("What do you need to take part?"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sign language, captions, a step-free way, food: only those who organise the meeting read it."),
    )
    language = forms.ChoiceField(label=_("Language of letters to you"), choices=CHOICES)
    zone = forms.ChoiceField(label=_("Hours in letters to you, also by the clocks of"), required=False)

    def __init__(self, *args: Any, desk: RegistrationDesk, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._desk, self._address = desk, address
        self.meant: City | None = None
        self.questions = list(desk.questions.prefetch_related("translations"))
        if address:
            del self.fields["email"]
        for name in ("sector", "accessibility"):
            if not getattr(desk, f"asks_{name}"):
                del self.fields[name]
        self.initial.setdefault("language", reader_language())
        field: Any = self.fields["zone"]
        field.choices = zone_choices(self.initial.get("zone", ""), _("my city") if desk.asks_city else _("no other"))
        self._ask_city()
        speaks = reader_language()
        for question in self.questions:
            self.fields[f"q{question.pk}"] = self._field_of(question, speaks)
        for purpose in ConsentPurpose:
            self.fields[purpose.value] = forms.BooleanField(label=words_of(purpose), required=False)
        self.fields["website"] = TrapField()

    def _ask_city(self) -> None:
        """Cities of one name are asked for again; a city that nobody knows is kept as it was written."""
        if not self._desk.asks_city:
            del self.fields["city"], self.fields["place"]
            return
        typed = plain_line(str(self.data.get("city", "")))[:200]
        named = cities_named(typed)[:20] if self.is_bound and typed else []
        if len(named) > 1:
            field: Any = self.fields["place"]
            named.sort(key=lambda city: -(city.population or 0))
            field.choices = [
                *(
                    (city.slug, f"{city.full_name} ({city.admin1})" if city.admin1 else city.full_name)
                    for city in named
                ),
                (NONE_OF_THESE, _("None of these")),
            ]
            chosen = self.data.get("place")
            self.meant = next((city for city in named if city.slug == chosen), None)
        else:
            self.meant = named[0] if named else None
            del self.fields["place"]

    @staticmethod
    def _field_of(question: Question, language: str) -> forms.Field:
        words: dict[str, Any] = {"label": question.words("label", language).text, "required": question.is_required}
        options = [(str(number), text) for number, text in enumerate(question.options_in(language))]
        if question.kind == QuestionKind.CHOICE:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **words)
        if question.kind == QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **words)
        if question.kind == QuestionKind.FILE:
            return AnswerFileField(max_length=200, help_text=_("At most 10 MB."), **words)
        return PlainField(max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 2}), **words)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "place" in self.fields and "place" not in self.errors and not data.get("place"):
            self.add_error("place", _("Please choose which city is meant."))
        if self.errors and self.files:
            for question in self.questions:
                name = f"q{question.pk}"
                if question.kind == QuestionKind.FILE and name in self.files and name not in self.errors:
                    self.add_error(name, _("Please choose the file again: a browser forgets it."))
        return data

    @property
    def asked(self) -> "list[forms.BoundField]":
        """All but what she agrees to, which stands together."""
        return [field for field in self if field.name not in ConsentPurpose.values]

    @property
    def agreed(self) -> "list[forms.BoundField]":
        return [self[purpose.value] for purpose in ConsentPurpose]

    @property
    def asks_back(self) -> bool:
        """All that is missing is which city is meant: a question, and no mistake."""
        return set(self.errors) == {"place"} and not self.data.get("place")

    def given(self) -> Given:
        data = self.cleaned_data
        return Given(
            name=data["name"],
            email=self._address or data.get("email", ""),
            language=data["language"],
            zone=data.get("zone", ""),
            city=self.meant,
            city_words=data.get("city", ""),
            sector=data.get("sector", ""),
            accessibility=data.get("accessibility", ""),
            consents={purpose.value for purpose in ConsentPurpose if data.get(purpose.value)},
            answers={question.pk: self._answer_to(question) for question in self.questions},
        )

    def _answer_to(self, question: Question) -> Any:
        value = self.cleaned_data.get(f"q{question.pk}")
        if question.kind == QuestionKind.CHOICE:
            return int(value) if value else None
        if question.kind == QuestionKind.SEVERAL:
            return [int(each) for each in value or []]
        return value


def initial_of(registration: Registration) -> dict[str, Any]:
    """What she said, as the form shows it."""
    answers = {f"q{row.question_id}": _typed(row.value) for row in registration.answers.filter(file="")}
    agreed = registration.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True)
    return {
        "name": registration.name,
        "city": registration.place,
        "sector": registration.sector,
        "accessibility": registration.accessibility,
        "language": registration.language,
        # What follows from her city is not said again: it moves with her.
        "zone": "" if registration.city and registration.zone == registration.city.timezone else registration.zone,
        **dict.fromkeys(agreed, True),
        **answers,
    }


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [str(each) for each in value]
    return str(value) if isinstance(value, int) else value


class ChangeForm(RegisterForm):
    """A file that was sent is not asked for again."""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, initial=initial_of(registration), address=registration.email, **kwargs)
        sent = set(registration.answers.exclude(file="").values_list("question", flat=True))
        for question in self.questions:
            if question.pk in sent:
                self.fields[f"q{question.pk}"].required = False
                self.fields[f"q{question.pk}"].help_text = _("A file was sent. Another one takes its place.")
