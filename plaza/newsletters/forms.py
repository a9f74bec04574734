"""Forms: subscribing without an account, the choice of somebody signed in, segments, and writing in four languages."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core.form_fields import PlainField, TrapField
from plaza.core.languages import CHOICES, LANGUAGES, NATIVE_NAMES
from plaza.core.translations import reader_language
from plaza.directory.choices import CitySize, MembershipStatus, OrganisationType, Sector
from plaza.directory.models import Country
from plaza.newsletters.choices import ContactRole
from plaza.newsletters.domain import issues, segments, subscribing
from plaza.newsletters.domain.consent import consent_words
from plaza.newsletters.models import LONGEST_NAME, LONGEST_SUBJECT, LONGEST_TEXT, Issue, Segment
from plaza.topics.models import Topic


class TopicsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it has none at run time
    """The tops of the vocabulary: a letter is not written for a leaf."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Topic.objects.tops(), required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, topic: Any) -> str:
        return str(topic.called)


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    name = PlainField(
        label=_("Your name"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=CHOICES)
    topics = TopicsField(label=_("What interests you"))
    agrees = forms.BooleanField(error_messages={"required": _("Without your consent we may not write to you.")})
    website = TrapField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = consent_words()
        self.initial.setdefault("language", reader_language())

    def ask(self) -> None:
        data = self.cleaned_data
        subscribing.ask(email=data["email"], language=data["language"], name=data["name"], topics=list(data["topics"]))


class MineForm(forms.Form):
    topics = TopicsField(label=_("What interests you"))

    def subscribe(self, user: User) -> None:
        subscribing.subscribe_account(user=user, topics=list(self.cleaned_data["topics"]))


class SegmentForm(forms.Form):
    """Each field is a set of ticks; none ticked asks nothing."""

    name = PlainField(label=_("Name of the segment"), max_length=120)
    languages = forms.MultipleChoiceField(label=_("Language of the letters"), choices=CHOICES)
    membership = forms.MultipleChoiceField(label=_("Membership of the city"), choices=MembershipStatus.choices)
    sizes = forms.MultipleChoiceField(label=_("Size of the city"), choices=CitySize.choices)
    roles = forms.MultipleChoiceField(label=_("Role"), choices=ContactRole.choices)
    sectors = forms.MultipleChoiceField(label=_("Sector"), choices=Sector.choices)
    types = forms.MultipleChoiceField(label=_("Kind of organisation"), choices=OrganisationType.choices)
    topics = forms.MultipleChoiceField(label=_("Interested in"))
    countries = forms.MultipleChoiceField(label=_("Country"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in segments.FIELDS:
            self.fields[name].required = False
            self.fields[name].widget = forms.CheckboxSelectMultiple()
        named = sorted(((country.pk, country.called) for country in Country.objects.all()), key=lambda row: row[1])
        self._offer("countries", named)
        self._offer("topics", [(topic.pk, topic.called) for topic in Topic.objects.tops()])
        for name in segments.FIELDS:
            self._offer(name, self.fields[name].choices)  # type: ignore[attr-defined]

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, list[str]]:
        return {name: self.cleaned_data.get(name) or [] for name in segments.FIELDS}

    def save(self, segment: Segment, *, by: User) -> Segment | None:
        try:
            return segments.save_segment(segment=segment, name=self.cleaned_data["name"], choices=self.chosen(), by=by)
        except segments.NotFree:
            self.add_error("name", _("Another segment has this name. Please choose another."))
            return None


class IssueForm(forms.Form):
    """Four languages side by side: `subject_es`, `text_es` …"""

    segment = forms.ModelChoiceField(
        Segment.objects.order_by("name", "pk"),
        label=_("Who receives it"),
        required=False,
        empty_label=_("not chosen yet"),
    )

    def __init__(self, data: Any = None, *, issue: Issue) -> None:
        texts = {text.language: text for text in issue.texts.all()}
        initial: dict[str, Any] = {"segment": issue.segment_id}
        for language, text in texts.items():
            initial |= {f"subject_{language}": text.subject, f"text_{language}": text.text}
        super().__init__(data, initial=initial)
        self._issue = issue
        for language in LANGUAGES:
            marks = {"lang": language}
            self.fields[f"subject_{language}"] = PlainField(
                label=_("Subject"), required=False, max_length=LONGEST_SUBJECT, widget=forms.TextInput(attrs=marks)
            )
            self.fields[f"text_{language}"] = PlainField(
                label=_("Text"),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 12, **marks}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for language in LANGUAGES:
            subject, text = data.get(f"subject_{language}"), data.get(f"text_{language}")
            # Nothing is told of what is wrong already.
            if subject is not None and text is not None and bool(subject) != bool(text):
                self.add_error(
                    f"text_{language}" if subject else f"subject_{language}",
                    _("A language needs a subject and a text, or neither."),
                )
        return data

    def columns(self) -> list[dict[str, Any]]:
        return [
            {
                "language": language,
                "name": NATIVE_NAMES[language],
                "subject": self[f"subject_{language}"],
                "text": self[f"text_{language}"],
                "is_gap": not self[f"text_{language}"].value(),
                "is_default": language == self._issue.default_language,
            }
            for language in LANGUAGES
        ]

    def save(self, *, by: User) -> Issue:
        data = self.cleaned_data
        words: issues.Words = {
            language: (data[f"subject_{language}"], data[f"text_{language}"]) for language in LANGUAGES
        }
        return issues.write(issue=self._issue, words=words, segment=data["segment"], by=by)


DEEDS: Final = {"pause": issues.pause, "go_on": issues.go_on, "stop": issues.stop}
