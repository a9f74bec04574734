"""Accounts to look around with. Their password stands on the screen: they exist in a demo only."""

from typing import Final

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User

PASSWORD: Final = "plaza-demo-2026"
ACCOUNTS: Final = (
    ("secretaria@demo.example.org", "Sofía Lozano", "es", NetworkRole.SECRETARIAT),
    ("secretariat@demo.example.org", "Karen Whitlock", "en", NetworkRole.SECRETARIAT),
    ("membro@demo.example.org", "Otávio Reis", "pt", NetworkRole.MEMBER),
)


def load_accounts() -> list[tuple[str, str]]:
    """(address, role) of the demo's accounts, made where they do not stand."""
    for email, name, language, role in ACCOUNTS:
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, PASSWORD, name=name, language=language, network_role=role)
    return [(email, role.value) for email, _, _, role in ACCOUNTS]
