"""Receiving a recording's words and publishing it."""

import hashlib
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.text import slugify

from plaza.accounts.models import User
from plaza.core import history
from plaza.core.dates import ImpreciseDate
from plaza.core.languages import Language, known
from plaza.core.registry import Registry
from plaza.core.slugs import free_slug
from plaza.directory.models import Person
from plaza.files.sandbox import read_in_sandbox
from plaza.knowledge.choices import RecordingState, TranscriptKind, Visibility, WorkKind
from plaza.knowledge.domain.materials import watch_address
from plaza.knowledge.models import Recording, Segment, Transcript, Work

# What rooms above do, in the same transaction, when a recording becomes public or its words change.
when_published: "Registry[Any]" = Registry("what follows a publication")


class NoWordsYet(Exception):
    """A recording without a transcript was to be published as one to be searched."""


@transaction.atomic
def receive_recording(
    *,
    title: str,
    language: Language,
    by: User | None,
    slug: str = "",
    summary: str = "",
    date: ImpreciseDate | None = None,
    visibility: Visibility = Visibility.PUBLIC,
    media: "File[bytes] | None" = None,
    media_url: str = "",
    licence: str = "",
    rights: str = "",
    is_fictional: bool = False,
) -> Recording:
    """A new recording, not yet public. The slug is made free by a number where it is taken. Raises NotFetched for a
    `media_url` that is no address of the web."""
    work = Work(
        kind=WorkKind.RECORDING,
        slug=free_slug(Work.objects.all(), slug or slugify(title)[:100] or "recording"),
        title=title,
        summary=summary,
        language=language,
        visibility=visibility,
        licence=licence,
        rights=rights,
        is_fictional=is_fictional,
    )
    work.date = date
    work.save()
    recording = Recording.objects.create(work=work, media_url=media_url)
    if media_url:
        watch_address(work=work, url=media_url)
    if media is not None:
        recording.media_file.save(f"{work.slug}.{(media.name or 'bin').rsplit('.', 1)[-1]}", media)
    history.record(verb="received", by=by, subject=work)
    return recording


def transcribe(
    *,
    recording: Recording,
    captions: bytes,
    by: User | None,
    speakers: dict[str, Person] | None = None,
    generator: str = "",
    kind: TranscriptKind = TranscriptKind.ORIGINAL,
) -> Transcript:
    """Takes the words from a caption file (any format of `plaza read transcript`).

    The same kind in the same language again replaces what stood there. Raises NotATranscript or
    NotReadable, with nothing changed.
    """
    read = read_in_sandbox("transcript", captions)
    language = known(read["language"]) or known(recording.work.language)
    with transaction.atomic():
        transcript, _ = Transcript.objects.update_or_create(
            recording=recording,
            language=language,
            kind=kind,
            defaults={
                "generator": generator,
                "format": read["format"],
                "put_aside": read["put_aside"],
                "source_sha256": hashlib.sha256(captions).hexdigest(),
            },
        )
        transcript.segments.all().delete()
        people = speakers or {}
        Segment.objects.bulk_create(
            [
                Segment(
                    transcript=transcript,
                    number=number,
                    start=row["start"],
                    end=row["end"],
                    speaker_label=(row["speaker"] or "")[:200],
                    person=people.get(row["speaker"] or ""),
                    text=row["text"],
                )
                for number, row in enumerate(read["segments"], start=1)
            ]
        )
        recording.duration = max(recording.duration, read["duration"])
        if recording.state == RecordingState.RECEIVED:
            recording.state = RecordingState.TRANSCRIBED
        recording.save(update_fields=["duration", "state"])
        history.record(verb="transcribed", by=by, subject=recording.work, segments=len(read["segments"]))
        if recording.work.is_published:
            tell(recording)
    return transcript


@transaction.atomic
def publish(*, recording: Recording, by: User | None) -> Recording:
    """Makes a recording public for its audience. Publishing what is public changes nothing."""
    recording = Recording.objects.select_for_update().select_related("work").get(pk=recording.pk)
    work = recording.work
    if work.is_published:
        return recording
    if not recording.transcripts.exists():
        raise NoWordsYet(work.title)
    work.is_published = True
    work.save(update_fields=["is_published", "updated_at"])
    recording.state = RecordingState.PUBLISHED
    recording.save(update_fields=["state"])
    history.record(verb="published", by=by, subject=work)
    tell(recording)
    return recording


def tell(recording: Recording) -> None:
    for _, follow in when_published.items():
        follow(recording)
