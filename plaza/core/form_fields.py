"""Fields of forms that strangers fill in, the same in every package."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plaza.core.plain import plain_line, plain_text


class PlainField(forms.CharField):
    """Words of a stranger without control and direction marks; several lines where it is a text area."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return plain_text(text) if isinstance(self.widget, forms.Textarea) else plain_line(text)


class TrapField(forms.CharField):
    """Hidden from people. Programs that fill in every form fill this one in too."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": _("Leave this field empty"),
            "required": False,
            "widget": forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        }
        super().__init__(**usual | options)

    def validate(self, value: Any) -> None:
        if value:
            raise ValidationError(_("This field is there to catch programs: please leave it empty."))
