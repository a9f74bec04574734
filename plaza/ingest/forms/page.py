"""Forms of the pages that read pages."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from plaza.accounts.models import User
from plaza.core import egress
from plaza.ingest.domain.pages import receive_page
from plaza.ingest.models import ReadPage

MOST_BYTES: Final = 10 * 1024 * 1024


class PageForm(forms.Form):
    """A page by its text, its file or its address; one of the three."""

    text = forms.CharField(
        label=_("The text of the page"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Open the old page, select all of it, copy, and paste it here."),
    )
    file = forms.FileField(label=_("Or a file"), required=False, help_text=_("Text, HTML, DOCX or PDF, at most 10 MB."))
    url = forms.URLField(label=_("Or its address"), required=False, assume_scheme="https", max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("text", "file", "url") if data.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(_("Give the page in one of the three ways."))
        if data.get("file") and data["file"].size > MOST_BYTES:
            raise forms.ValidationError(_("The page is too large to be read: send at most 10 MB."))
        return data

    def receive(self, *, by: User) -> ReadPage:
        """Raises Refused or NotFetched; then nothing was kept."""
        data = self.cleaned_data
        if data["url"]:
            fetched = egress.fetch(data["url"], most_bytes=MOST_BYTES)
            return receive_page(data=fetched.data, url=data["url"], by=by)
        if data["file"]:
            return receive_page(data=data["file"].read(), name=data["file"].name, by=by)
        return receive_page(data=data["text"].encode(), by=by)
