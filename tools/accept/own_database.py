"""A part of acceptance that asks pages as a visitor of the tests does, in a database of its own."""

import os
from collections.abc import Callable, Iterable

from tools.accept.lines import ROOT, Line


def in_own_database(name: str, lines: Callable[[], Iterable[Line]]) -> list[Line]:
    """`lines` finds Django set up on an embedded database with all its tables, with the password hash of production."""
    from plaza.hosting.cluster import Cluster  # slow import

    cluster = Cluster(ROOT / "var" / "accept" / name, durable=False)
    cluster.start()
    try:
        os.environ |= {
            "DATABASE_URL": cluster.database_url(),
            "SECRET_KEY": "acceptance",
            "DJANGO_SETTINGS_MODULE": "plaza.config.settings",
            "PLAZA_DATABASE_CONNECTIONS": "0",
        }
        import django  # needs the environment above

        django.setup()
        from django.conf import settings  # needs settings
        from django.core.management import call_command

        settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        return list(lines())
    finally:
        cluster.stop()
