"""Plaza's settings as a host runs them, but for what would make tests slow or leave traces."""

from pathlib import Path

from plaza.config.settings import *  # noqa: F403 settings are made to be taken whole

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path("var/tests/media").absolute()  # each test has its own: see conftest
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMBEDDER_SOCKET = ""
APERTIUM = False
DEMO = True
STAFF_TOTP = False  # as in a demo; tests of the second step set it
