"""Works kept by hand: adding one, changing what is known of it, publishing and withdrawing."""

from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.dates import columns_of
from plaza.core.languages import Language
from plaza.core.records import changed
from plaza.core.slugs import free_slug
from plaza.core.translations import translate_by_hand
from plaza.knowledge.choices import RecordingState, WorkKind
from plaza.knowledge.domain.recordings import publish, tell
from plaza.knowledge.models import Recording, Work

FIELDS: Final = ("kind", "title", "summary", "language", "licence", "rights", "visibility", "date")
# What a recording is found by, or by whom.
SEARCHED: Final = ("title", "summary", "language", "visibility", "is_published")


class IsARecording(Exception):
    """A recording comes in with its words (`receive_recording`); no other work becomes one, and it becomes no other."""


@transaction.atomic
def add_work(*, title: str, language: Language, kind: WorkKind, by: User | None, **values: Any) -> Work:
    """A work of which we know, though its file may not be here. Not yet public, unless `is_published` says so."""
    if kind == WorkKind.RECORDING:
        raise IsARecording
    work = Work(
        slug=free_slug(Work.objects.all(), slugify(title)[:100] or "work"), title=title, language=language, kind=kind
    )
    changed(work, values, (*FIELDS, "is_published"))
    work.save()
    work.topics.set(values.get("topics", ()))
    translate_by_hand(subject=work, texts=values, by=by)
    history.record(verb="added", by=by, subject=work)
    return work


@transaction.atomic
def change_work(*, work: Work, by: User | None, **values: Any) -> list[str]:
    """Returns the fields that changed; nothing is written where none did. A recording whose words of search changed is
    indexed again."""
    row = Work.objects.select_for_update().get(pk=work.pk)
    recording = Recording.objects.filter(work=row).first()
    if values.get("kind", row.kind) != row.kind and WorkKind.RECORDING in (row.kind, values["kind"]):
        raise IsARecording
    publishes = values.get("is_published", row.is_published)
    fields = changed(row, values, FIELDS)
    if recording is None and publishes != row.is_published:
        row.is_published = publishes
        fields.append("is_published")
    if fields:
        row.save(update_fields=[*columns_of(fields), "updated_at"])
    if "topics" in values and set(values["topics"]) != set(row.topics.all()):
        row.topics.set(values["topics"])
        fields.append("topics")
    fields += translate_by_hand(subject=row, texts=values, by=by)
    if fields:
        history.record(verb="changed", by=by, subject=row, fields=fields)
    if recording is not None and publishes != row.is_published:
        _show(recording, publishes, by)
        fields.append("is_published")
    elif recording is not None and row.is_published and any(name.rsplit("_", 1)[0] in SEARCHED for name in fields):
        tell(recording)
    return fields


def _show(recording: Recording, publishes: bool, by: User | None) -> None:
    """Raises NoWordsYet where there is nothing to be searched."""
    if publishes:
        publish(recording=recording, by=by)
        return
    work = recording.work
    work.is_published = False
    work.save(update_fields=["is_published", "updated_at"])
    recording.state = RecordingState.TRANSCRIBED
    recording.save(update_fields=["state"])
    history.record(verb="withdrawn", by=by, subject=work)
    tell(recording)
