"""Forms of a room: to ask, to answer, to make a poll."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField
from plaza.core.form_languages import LanguagesForm
from plaza.core.languages import CHOICES, LANGUAGES
from plaza.core.translations import reader_language
from plaza.live.choices import QuestionState
from plaza.live.domain import polls
from plaza.live.models import (
    LONGEST_ANSWER,
    LONGEST_CHOICES,
    LONGEST_QUESTION,
    LONGEST_REASON,
    Poll,
    Question,
    Room,
)
from plaza.meetings.choices import SessionKind
from plaza.meetings.models import Meeting, Session
from plaza.registration.models import Registration

MOST_CHOICES: Final = 20


class AskForm(forms.Form):
    words = PlainField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write your question.")},
    )
    language = forms.ChoiceField(label=_("The language it is in"), choices=CHOICES)
    session = forms.ModelChoiceField(
        label=_("About"), queryset=Session.objects.none(), required=False, empty_label=_("the whole meeting")
    )
    is_named = forms.BooleanField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, asker: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reader_language())
        shown = meeting.sessions.exclude(title="").exclude(kind=SessionKind.BREAK).filter(is_cancelled=False)
        speaks = reader_language()
        sessions = list(shown.prefetch_related("translations").order_by("starts_at", "number"))
        field: Any = self.fields["session"]
        if len(sessions) > 1:
            field.queryset = shown
            field.choices = [
                ("", field.empty_label),
                *((session.pk, session.words("title", speaks).text) for session in sessions),
            ]
        else:
            del self.fields["session"]
        signed = ", ".join(filter(None, (asker.name, asker.place)))
        self.fields["is_named"].label = _("Show who asks: %(name)s") % {"name": signed}


class RulesForm(forms.Form):
    takes_questions = forms.BooleanField(label=_("People may ask"), required=False)
    waits_for_moderator = forms.BooleanField(
        label=_("A question is shown once a moderator has let it pass"), required=False
    )


class AnswerForm(forms.Form):
    """Aloud, or in writing too."""

    words = PlainField(
        label=_("The answer in writing"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody in the room reads it. What was answered aloud needs none."),
    )
    language = forms.ChoiceField(label=_("The language it is in"), choices=CHOICES)
    # What the page showed, so that nobody writes over an answer that she has not seen.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["language"] = self.initial.get("language") or reader_language()

    def clean_seen(self) -> str | None:
        """None, which is another thing than nothing, where it is not told."""
        return self.cleaned_data["seen"] if "seen" in self.data else None

    def beside(self, written: str) -> "AnswerForm":
        """Her words again, for her to look at what somebody else has written; sent once more they take its place."""
        form = AnswerForm({**{name: self.data.get(name) for name in self.fields}, "seen": written})
        form.is_valid()
        form.add_error(
            "words",
            _(
                "Somebody else has changed the answer meanwhile: read above what stands there now. What you wrote is not "
                "lost: send it again, and it takes the place of the other."
            ),
        )
        return form


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label=_("The question it goes into"),
        queryset=Question.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("This question was answered or dismissed meanwhile: choose another.")},
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = question.room.questions.filter(state=QuestionState.ASKED).exclude(pk=question.pk)
        field: Any = self.fields["into"]
        field.queryset = others.most_wanted_first()


class DismissForm(forms.Form):
    reason = PlainField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        help_text=_("It is kept, and read by those who run the network. The room does not see it."),
    )


class PollForm(LanguagesForm):
    lengths: ClassVar = {"question": LONGEST_QUESTION, "choices": LONGEST_CHOICES}
    labels: ClassVar = {"question": _("Question"), "choices": _("Choices, one in each line")}
    rows_of: ClassVar = {"choices": 4}

    takes_several = forms.BooleanField(label=_("One may choose several"), required=False)
    shows_while_open = forms.BooleanField(label=_("The result is shown while people vote"), required=False)

    def __init__(self, *args: Any, room: Room, record: Poll | None, **kwargs: Any) -> None:
        self._room = room
        self.own = record.language if record is not None else reader_language()
        initial = {name: getattr(record, name) for name in ("takes_several", "shows_while_open")} if record else {}
        super().__init__(*args, record=record, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines: dict[str, list[str]] = {}
        for code in LANGUAGES:
            lines[code] = [each.strip() for each in data.get(f"choices_{code}", "").splitlines() if each.strip()]
            data[f"choices_{code}"] = "\n".join(lines[code])
        if not data.get(f"question_{self.own}") and f"question_{self.own}" not in self.errors:
            self.add_error(f"question_{self.own}", _("Please write the question."))
        if f"choices_{self.own}" not in self.errors and not (
            2 <= len(lines[self.own]) <= MOST_CHOICES and len(set(lines[self.own])) == len(lines[self.own])
        ):
            self.add_error(f"choices_{self.own}", _("Between 2 and 20 different choices are needed, one in each line."))
        for code in LANGUAGES:
            if code != self.own and lines[code] and len(lines[code]) != len(lines[self.own]):
                self.add_error(f"choices_{code}", _("As many choices as in the other languages, in the same order."))
        return data

    def save(self, *, by: User) -> Poll:
        return polls.save_poll(
            room=self._room,
            poll=self.record if isinstance(self.record, Poll) else None,
            takes_several=self.cleaned_data["takes_several"],
            shows_while_open=self.cleaned_data["shows_while_open"],
            by=by,
            language=self.own,
            **self.values(self.own),
        )
