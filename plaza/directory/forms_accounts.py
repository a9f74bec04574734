"""What those who run the network decide about an account; each deed is a button of one form, with its reason."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from plaza.accounts.access import is_administrator, may_give
from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain.accounts import close_account, give_role, open_again
from plaza.accounts.domain.second_step import put_away
from plaza.accounts.models import User
from plaza.core.plain import row_number
from plaza.directory.domain.roles import end
from plaza.directory.models import RoleInPlace


class AccountForm(forms.Form):
    role = forms.ChoiceField(label=_("Role in the whole network"), required=False)
    why = forms.CharField(label=_("Why"), required=False, max_length=400, help_text=_("It stays in the history."))

    def __init__(self, *args: Any, user: User, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._by = user, by
        roles = [(role.value, role.label) for role in NetworkRole if may_give(by, role)]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a choice field
        self.initial.setdefault("role", user.network_role)

    def clean_role(self) -> str:
        return str(self.cleaned_data["role"] or self._user.network_role)

    def do(self, deed: str) -> None:
        """Raises PermissionDenied where it is not hers to decide."""
        try:
            DEEDS[deed](self)
        except PermissionError as error:
            raise PermissionDenied from error

    def _give_role(self) -> None:
        give_role(user=self._user, role=NetworkRole(self.cleaned_data["role"]), by=self._by)

    def _close(self) -> None:
        close_account(user=self._user, by=self._by, why=self.cleaned_data["why"])

    def _open_again(self) -> None:
        open_again(user=self._user, by=self._by, why=self.cleaned_data["why"])

    def _put_away(self) -> None:
        if not is_administrator(self._by) or self._by.pk == self._user.pk:
            raise PermissionError("a second step is put away by another administrator")
        put_away(user=self._user, by=self._by)

    def _end_role(self) -> None:
        """Of a place: any of those who run the network may."""
        role = RoleInPlace.objects.filter(user=self._user, pk=row_number(self.data.get("place"))).first()
        if role is not None:
            end(role=role, by=self._by)


DEEDS: Final[dict[str, Callable[[AccountForm], None]]] = {
    "give-role": AccountForm._give_role,
    "close": AccountForm._close,
    "open-again": AccountForm._open_again,
    "put-away": AccountForm._put_away,
    "end-role": AccountForm._end_role,
}
