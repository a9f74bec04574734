"""What an account keeps of its owner, and closing it for ever."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from plaza.accounts.domain.accounts import end_sessions_of, forget_new_address
from plaza.accounts.models import FormerAddress, SecondStep, User
from plaza.core import history, personal
from plaza.core.models import HistoryEntry
from plaza.core.personal import Whom


def whom(user: User) -> Whom:
    return Whom(user=user, email=user.email, name=user.name)


def tell(whom: Whom) -> list[dict[str, Any]]:
    user: User = whom.user
    rows: list[dict[str, Any]] = [
        {
            "what": "account",
            "name": user.name,
            "email": user.email,
            "language": user.language,
            "role": user.network_role,
            "created": user.created_at.isoformat(),
            "last_signed_in": user.last_login.isoformat() if user.last_login else None,
            "has_second_step": SecondStep.objects.filter(user=user, confirmed_at__isnull=False).exists(),
        }
    ]
    rows += [
        {"what": "session", "since": row.created_at.isoformat(), "address": row.ip, "program": row.user_agent}
        for row in UserSession.objects.filter(user=user).order_by("created_at")
    ]
    rows += [
        {"what": "former address", "left": row.left_at.isoformat()}
        for row in FormerAddress.objects.filter(user=user).order_by("left_at")
    ]
    deeds = HistoryEntry.objects.filter(by=user).select_related("subject_type").order_by("at", "pk")
    rows += [
        {"what": "deed", "at": row.at.isoformat(), "verb": row.verb, "on": f"{row.subject_type.model} {row.subject_id}"}
        for row in deeds
    ]
    return rows


def erase(whom: Whom) -> None:
    """The account is closed and names nobody any more; the row stays, so that what others did with it stays whole."""
    user = User.objects.select_for_update().get(pk=whom.user.pk)
    end_sessions_of(user)
    forget_new_address(user)
    for model in (SecondStep, UserSession, EmailAddress, FormerAddress):
        model.objects.filter(user=user).delete()
    _forget_provider(user)
    user.name, user.email = "", f"{secrets.token_hex(16)}@erased.invalid"
    user.set_unusable_password()
    user.is_active, user.last_login, user.erased_at = False, None, timezone.now()
    user.save(update_fields=["name", "email", "password", "is_active", "last_login", "erased_at"])


@transaction.atomic
def erase_everything(*, user: User) -> None:
    """Hers is the deed: nobody else erases an account."""
    history.record(verb="erased", by=None, subject=user)
    personal.erase(whom(user))


def _forget_provider(user: User) -> None:
    """What the host's identity provider told of her; only where there is one."""
    from django.apps import apps  # beside its one use: the app may not be installed

    if apps.is_installed("allauth.socialaccount"):
        apps.get_model("socialaccount", "SocialAccount").objects.filter(user=user).delete()  # type: ignore[misc]  # not installed here
