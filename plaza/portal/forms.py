"""Forms of the workspace."""

from typing import Any, Final

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core import egress
from plaza.core.dates import ImpreciseDate
from plaza.core.languages import CHOICES
from plaza.knowledge.choices import Visibility
from plaza.knowledge.domain import recordings
from plaza.knowledge.models import Recording

MOST_CAPTION_BYTES: Final = 20 * 1024 * 1024
PLAYABLE: Final = (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".mp4", ".webm")


def as_web_address(words: str) -> str:
    """For a form: the address as it may be kept, or what is wrong with it beside its field."""
    try:
        return egress.web_address(words)
    except egress.NotFetched as reason:
        raise forms.ValidationError(gettext(reason.why)) from reason


class RecordingForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(label=_("Language spoken"), choices=CHOICES)
    date = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=Visibility.choices)
    captions = forms.FileField(
        label=_("Captions"),
        help_text=_("A caption file from Zoom, Teams, YouTube or any editor: VTT, SRT, SBV or text with times."),
    )
    sound = forms.FileField(label=_("Sound or video"), required=False)
    media_url = forms.URLField(
        label=_("Address of the recording"),
        required=False,
        assume_scheme="https",
        help_text=_("Where it can be watched, if it is kept elsewhere."),
    )

    def clean_media_url(self) -> str:
        url: str = self.cleaned_data["media_url"]
        return as_web_address(url) if url else ""

    def clean_captions(self) -> Any:
        file = self.cleaned_data["captions"]
        if file.size > MOST_CAPTION_BYTES:
            raise forms.ValidationError(_("This file is too large for captions (more than 20 MB)."))
        return file

    def clean_sound(self) -> Any:
        file = self.cleaned_data["sound"]
        if file and not file.name.lower().endswith(PLAYABLE):
            raise forms.ValidationError(
                _("Plaza plays MP3, M4A, OGG, Opus, WAV, MP4 and WebM; this file is of another kind.")
            )
        return file

    @transaction.atomic
    def receive(self, *, by: User) -> Recording:
        """Raises Refused or NotReadable where the captions cannot be read; then nothing was kept."""
        data = self.cleaned_data
        recording = recordings.receive_recording(
            title=data["title"],
            language=data["language"],
            date=ImpreciseDate.of_day(data["date"]) if data["date"] else None,
            visibility=data["visibility"],
            media=data["sound"],
            media_url=data["media_url"],
            by=by,
        )
        recordings.transcribe(recording=recording, captions=data["captions"].read(), by=by)
        return recording
