"""Accounts to look around with: address, name, language, role. Their one password stands on the screen; they
exist in a demo only."""

from typing import Final

PASSWORD: Final = "plaza-demo-2026"
ACCOUNTS: Final = (
    ("secretaria@demo.example.org", "Sofía Lozano", "es", "secretariat"),
    ("secretariat@demo.example.org", "Karen Whitlock", "en", "secretariat"),
    ("membro@demo.example.org", "Otávio Reis", "pt", "member"),
    ("editora@demo.example.org", "Paula Ferrer", "es", "member"),
    ("finances@demo.example.org", "Adèle Morin", "fr", "finance"),
    ("respuesta@demo.example.org", "Irene Cobos", "es", "response"),
    ("admin@demo.example.org", "Jonas Albrecht", "en", "administrator"),
)
# Who is the editor of which city, by its slug.
EDITORS: Final = {"editora@demo.example.org": "puerto-sereno"}
