"""Versions of a programme, as meetings publish them: everybody who registered is told of each one, once."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.apps import apps
from django.utils import translation

from plaza.core import jobs
from plaza.registration.domain.telling import tell_of_change

VERSIONS: Final = "plaza.meetings.domain.versions"
WORDS: Final = "plaza.meetings.domain.told"
MODEL: Final[tuple[str, str]] = ("meetings", "ProgrammeVersion")


def listen() -> None:
    """Hangs on the registry of meetings, where there is one."""
    if find_spec(VERSIONS):
        import_module(VERSIONS).when_told.add("registration", ask_telling)


def ask_telling(version_id: int) -> None:
    """In the transaction of the version: the letters are written by a job, or not at all."""
    jobs.later("plaza.registration.tasks.tell_of_version", version_id=version_id)


def tell_of_version(version_id: int) -> int:
    versions: Any = apps.get_model(*MODEL)
    version = versions.objects.select_related("meeting").get(pk=version_id)
    in_words = import_module(WORDS).in_words

    def sentences(language: str, zone: str) -> list[str]:
        with translation.override(language):
            return list(in_words(version.changes, zone))

    return tell_of_change(version.meeting, f"version {version.number}", sentences)
