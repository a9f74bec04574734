"""The demo's accounts."""

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.demo.credentials import ACCOUNTS, PASSWORD


def load_accounts() -> None:
    """Made where they do not stand."""
    for email, name, language, role in ACCOUNTS:
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, PASSWORD, name=name, language=language, network_role=NetworkRole(role))
