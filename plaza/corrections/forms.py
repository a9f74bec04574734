"""Forms: asking without an account, adding a word, answering."""

import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField, TrapField
from plaza.core.plain import plain_line
from plaza.core.subjects import Found, path_of
from plaza.core.translations import reader_language
from plaza.corrections.choices import OUTCOMES, Capacity, CorrectionKind, CorrectionState
from plaza.corrections.domain import answering
from plaza.corrections.domain.asking import ask
from plaza.corrections.models import LONGEST_TEXT, Correction
from plaza.directory.models import Person

GO_ON: Final = ("go_on", _("Answer, and go on working on it"))


def _text(label: Any, **kwargs: Any) -> PlainField:
    return PlainField(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}), **kwargs)


class AskForm(forms.Form):
    """`found` is what the page she came from is about; without it she says herself what it is about."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    where = PlainField(
        label=_("What is it about?"), max_length=300, help_text=_("The page, the meeting or the person, by its name.")
    )
    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=CorrectionKind.choices, widget=forms.RadioSelect)
    wrong = _text(_("What is wrong, or what should go?"))
    wish = _text(_("How should it read?"), required=False)
    capacity = forms.ChoiceField(
        label=_("How does it concern you?"),
        choices=[("", _("I would rather not say")), *Capacity.choices],
        required=False,
    )
    name = PlainField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail address for the answer"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = TrapField()

    def __init__(self, *args: Any, found: Found | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found = found
        if found is not None:
            del self.fields["where"]
        self.initial.setdefault("kind", CorrectionKind.CORRECTION)
        self.initial.setdefault("form_key", uuid.uuid4())

    def send(self) -> Correction:
        data = self.cleaned_data
        return ask(
            form_key=data["form_key"] or uuid.uuid4(),
            kind=CorrectionKind(data["kind"]),
            wrong=data["wrong"],
            wish=data["wish"],
            name=data["name"],
            email=data["email"],
            capacity=data["capacity"],
            language=reader_language(),
            found=self._found,
            about=data.get("where", ""),
            path=plain_line(path_of(data["about"])),
        )


class WordForm(forms.Form):
    text = _text(_("What would you like to add?"))


class AnswerForm(forms.Form):
    text = _text(_("Your answer"))
    outcome = forms.ChoiceField(label=_("What becomes of the request"))

    hide = forms.BooleanField(
        label=_(
            "Hide this person everywhere: the page goes, and the name wherever it stands. The secretariat can undo it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._person = subject if isinstance(subject, Person) and not subject.is_withdrawn else None
        if self._person is None:
            del self.fields["hide"]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            GO_ON,
            *((state.value, _CLOSES[state]) for state in OUTCOMES),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("hide") and data.get("outcome") != CorrectionState.REMOVED:
            self.add_error("hide", _("Whoever is hidden asked for a removal: close the request as removed."))
        return data

    def answer(self, *, correction: Correction, by: User) -> Correction:
        text, outcome = self.cleaned_data["text"], self.cleaned_data["outcome"]
        if outcome == GO_ON[0]:
            return answering.answer(correction=correction, text=text, by=by)
        return answering.close(
            correction=correction,
            to=CorrectionState(outcome),
            text=text,
            by=by,
            hides=self._person if self.cleaned_data.get("hide") else None,
        )


_CLOSES: Final = {
    CorrectionState.CORRECTED: _("Close it: what was asked for is corrected"),
    CorrectionState.REMOVED: _("Close it: what was asked for is removed"),
    CorrectionState.REFUSED: _("Close it: refused, and the answer says why"),
}
