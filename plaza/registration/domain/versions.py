"""Versions of a programme, as meetings publish them: everybody who registered is told of each one, once."""

from django.utils import translation

from plaza.core import jobs
from plaza.meetings.domain.told import in_words
from plaza.meetings.models import ProgrammeVersion
from plaza.registration.domain.telling import tell_of_change


def ask_telling(version_id: int) -> None:
    """In the transaction of the version: the letters are written by a job, or not at all."""
    jobs.later("plaza.registration.tasks.tell_of_version", version_id=version_id)


def tell_of_version(version_id: int) -> int:
    """Everybody who counts on the meeting, each in her language and by her clocks. How many letters."""
    version = ProgrammeVersion.objects.select_related("meeting").get(pk=version_id)

    def sentences(language: str, zone: str) -> list[str]:
        with translation.override(language):
            return in_words(version.changes, zone)

    return tell_of_change(version.meeting, f"version {version.number}", sentences)
