"""Forms of the desk in the workspace: its settings, a question, an invitation, who stands at the door."""

import datetime as dt
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField
from plaza.core.languages import CHOICES, DEFAULT, LANGUAGES, NATIVE_NAMES
from plaza.core.translations import Translated, reader_language
from plaza.directory.domain.finding import city_called
from plaza.directory.models import City
from plaza.meetings.domain.clocks import zone_named
from plaza.registration.choices import CHOOSING, QuestionKind
from plaza.registration.domain import desks
from plaza.registration.models import (
    LONGEST_INTRO,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_OPTIONS,
    Question,
    RegistrationDesk,
)

MOST_OPTIONS: Final = 50
MOST_KEPT: Final = 1000


class HourField(forms.DateTimeField):
    """An hour by the clocks of the meeting's zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(required=False, widget=widget, **options)


def _lines(language: str, rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": language})


class _InFourLanguages(forms.Form):
    """`text_of`: the fields that stand in it once in each language."""

    own = DEFAULT

    def words_of(self, record: Translated, fields: tuple[str, ...]) -> dict[str, str]:
        """Initial values: `intro_es`, `intro_pt` …"""
        found = {f"{name}_{record.language}": getattr(record, name) for name in fields}
        if record.pk:
            found |= {f"{row.field}_{row.language}": row.text for row in record.translations.all()}
        return found

    def texts(self, fields: tuple[str, ...], language: str) -> dict[str, str]:
        """As deeds take them: `intro` in the record's own language, `intro_pt` … in the others."""
        return {
            name if code == language else f"{name}_{code}": self.cleaned_data.get(f"{name}_{code}", "")
            for name in fields
            for code in LANGUAGES
        }

    def columns(self, *fields: str) -> list[dict[str, Any]]:
        # Where nothing is said in any language, nothing is missing.
        is_said = any(self[f"{fields[0]}_{code}"].value() for code in LANGUAGES)
        return [
            {
                "language": code,
                "name": NATIVE_NAMES[code],
                "fields": [self[f"{name}_{code}"] for name in fields],
                "is_gap": is_said and not self[f"{fields[0]}_{code}"].value(),
            }
            for code in LANGUAGES
        ]


class DeskForm(_InFourLanguages):
    opens_at = HourField(label=_("Opens on"))
    closes_at = HourField(label=_("Closes on"))
    seats = forms.IntegerField(
        label=_("How many places"), required=False, min_value=0, max_value=100_000, help_text=_("Empty: no limit.")
    )
    kept = PlainField(
        label=_("Places kept for cities"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One city in each line, with the number behind a colon: Quito, Ecuador: 2"),
    )
    releases_at = HourField(
        label=_("Kept places are everybody’s from"), help_text=_("Also those kept for who was invited.")
    )
    offer_hours = forms.IntegerField(
        label=_("Hours to accept a place from the waiting list"), min_value=1, max_value=24 * 30
    )
    needs_approval = forms.BooleanField(label=_("Each registration is approved by the secretariat"), required=False)
    asks_city = forms.BooleanField(label=_("Ask for the city"), required=False)
    asks_sector = forms.BooleanField(label=_("Ask for the sector"), required=False)
    asks_accessibility = forms.BooleanField(label=_("Ask what people need to take part"), required=False)

    def __init__(self, *args: Any, desk: RegistrationDesk, **kwargs: Any) -> None:
        self._desk = desk
        self._zone = zone_named(desk.meeting.timezone) or ZoneInfo("UTC")
        super().__init__(*args, **{"initial": self._initial(), **kwargs})
        for code in LANGUAGES:
            self.fields[f"intro_{code}"] = PlainField(
                label=_("What stands above the form"), required=False, max_length=LONGEST_INTRO, widget=_lines(code, 4)
            )

    @property
    def plain(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("intro_")]

    @property
    def intros(self) -> list[dict[str, Any]]:
        return self.columns("intro")

    def _initial(self) -> dict[str, Any]:
        desk = self._desk
        hours = {name: getattr(desk, name) for name in ("opens_at", "closes_at", "releases_at")}
        kept = desk.kept_seats.select_related("city__country").order_by("city__name_sort", "pk") if desk.pk else []
        plain = ("seats", "offer_hours", "needs_approval", "asks_city", "asks_sector", "asks_accessibility")
        return {
            **{name: getattr(desk, name) for name in plain},
            # A form shows hours as they stand: without a zone, by the clocks of the meeting.
            **{name: at.astimezone(self._zone).replace(tzinfo=None) if at else None for name, at in hours.items()},
            "kept": "\n".join(f"{row.city.full_name}: {row.seats}" for row in kept),
            **self.words_of(desk, ("intro",)),
        }

    def _hour(self, name: str) -> dt.datetime | None:
        at = self.cleaned_data.get(name)
        return timezone.make_naive(at).replace(tzinfo=self._zone) if at else None

    def clean_kept(self) -> dict[City, int]:
        found: dict[City, int] = {}
        for line in filter(None, (each.strip() for each in self.cleaned_data["kept"].splitlines())):
            name, _colon, number = line.rpartition(":")
            if not number.strip().isascii() or not number.strip().isdigit() or not 1 <= int(number) <= MOST_KEPT:
                raise ValidationError(
                    _("“%(line)s” names no number: write a city, a colon and how many."), params={"line": line[:100]}
                )
            try:
                found[city_called(name.strip())] = int(number)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(line)s”: the city is not in the list, or there are several of that name."),
                    params={"line": line[:100]},
                ) from error
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes < opens:
            self.add_error("closes_at", _("It closes before it opens."))
        kept, seats = data.get("kept"), data.get("seats")
        if kept and seats is not None and sum(kept.values()) > seats:
            self.add_error("kept", _("More places are kept than there are."))
        return data

    def save(self, *, by: User) -> RegistrationDesk:
        data = self.cleaned_data
        hours = {name: self._hour(name) for name in ("opens_at", "closes_at", "releases_at")}
        names = ("seats", "offer_hours", "needs_approval", "asks_city", "asks_sector", "asks_accessibility")
        return desks.set_up(
            meeting=self._desk.meeting,
            by=by,
            kept=data["kept"],
            **{name: data[name] for name in names},
            **hours,
            **self.texts(("intro",), self._desk.language),
        )


class QuestionForm(_InFourLanguages):
    kind = forms.ChoiceField(label=_("What people answer"), choices=QuestionKind.choices)
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)

    def __init__(self, *args: Any, desk: RegistrationDesk, question: Question | None, **kwargs: Any) -> None:
        self._desk, self._question = desk, question
        initial: dict[str, Any] = {"kind": QuestionKind.TEXT}
        if question is not None:
            initial = {"kind": question.kind, "is_required": question.is_required}
            initial |= self.words_of(question, ("label", "options"))
        super().__init__(*args, **{"initial": initial, **kwargs})
        for code in LANGUAGES:
            self.fields[f"label_{code}"] = PlainField(
                label=_("Question"),
                required=code == desk.language,
                max_length=LONGEST_LABEL,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            self.fields[f"options_{code}"] = PlainField(
                label=_("Choices, one in each line"),
                required=False,
                max_length=LONGEST_OPTIONS,
                widget=_lines(code, 4),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        own, chooses = self._desk.language, data.get("kind") in CHOOSING
        lines: dict[str, list[str]] = {
            code: [line.strip() for line in data.get(f"options_{code}", "").splitlines() if line.strip()]
            for code in LANGUAGES
        }
        for code in LANGUAGES:
            data[f"options_{code}"] = "\n".join(lines[code]) if chooses else ""
        if chooses and not 2 <= len(lines[own]) <= MOST_OPTIONS:
            self.add_error(f"options_{own}", _("Between 2 and 50 choices are needed."))
        for code in LANGUAGES:
            if chooses and lines[code] and len(lines[code]) != len(lines[own]):
                self.add_error(f"options_{code}", _("As many choices as in the other languages, in the same order."))
        return data

    def save(self, *, by: User) -> Question | None:
        try:
            return desks.save_question(
                desk=self._desk,
                question=self._question,
                kind=QuestionKind(self.cleaned_data["kind"]),
                is_required=self.cleaned_data["is_required"],
                by=by,
                **self.texts(("label", "options"), self._desk.language),
            )
        except desks.HasAnswers:
            self.add_error(
                None,
                _("People have answered it already: its kind stays, and no choice is taken away. Add a new question."),
            )
            return None


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = PlainField(label=_("Name"), required=False, max_length=LONGEST_NAME)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=CHOICES)
    keeps_seat = forms.BooleanField(label=_("A place is kept"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reader_language())


class DoorForm(forms.Form):
    address = forms.EmailField(
        label=_("Address of an account"),
        max_length=254,
        help_text=_("Whoever it is may check people in, and nothing else."),
    )

    def clean_address(self) -> User:
        user = User.objects.filter(email=self.cleaned_data["address"].lower(), is_active=True).first()
        if user is None:
            raise ValidationError(_("Nobody has an account with this address."))
        return user
