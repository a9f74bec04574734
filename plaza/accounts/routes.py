"""Who may come in at the addresses of this package, and of django-allauth behind it."""

from collections.abc import Mapping
from typing import Final

from plaza.accounts.access import MEMBERS
from plaza.core.routes import EVERYBODY, WHOEVER_HAS_THE_LINK, Rule

ROUTES: Final[Mapping[str, Rule]] = {
    "second-step": WHOEVER_HAS_THE_LINK,
    "account": MEMBERS,
    "again": MEMBERS,
    "password": MEMBERS,
    "address": MEMBERS,
    "address-code": MEMBERS,
    "second-step-set-up": MEMBERS,
    "second-step-change": MEMBERS,
    "sessions": MEMBERS,
    "data": MEMBERS,
    "data-json": MEMBERS,
    "erase": MEMBERS,
}
ENTRANCE: Final[Mapping[str, Rule]] = {
    "account_login": EVERYBODY,
    "account_request_login_code": EVERYBODY,
    "account_confirm_login_code": WHOEVER_HAS_THE_LINK,
    "account_inactive": EVERYBODY,
    "account_signup": EVERYBODY,
    "account_logout": EVERYBODY,
}
# There only where a provider is configured.
PROVIDER: Final[Mapping[str, Rule]] = dict.fromkeys(
    (
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_signup",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_connections",
    ),
    EVERYBODY,
)
