"""The demo's accounts."""

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.demo.credentials import ACCOUNTS, EDITORS, PASSWORD
from plaza.directory.domain.roles import entrust
from plaza.directory.models import City


def load_accounts() -> None:
    """Made where they do not stand."""
    for email, name, language, role in ACCOUNTS:
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, PASSWORD, name=name, language=language, network_role=NetworkRole(role))
    for email, slug in EDITORS.items():
        entrust(user=User.objects.get(email=email), city=City.objects.get(slug=slug), by=None)
