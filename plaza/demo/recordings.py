"""The demo's recordings, each with the meeting it comes from; and captions from a folder of the host's."""

import logging
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify

from plaza.core.dates import ImpreciseDate
from plaza.core.languages import LANGUAGES, Language, known
from plaza.core.models import Origin
from plaza.core.translations import Translated, translate
from plaza.demo.network import DATA, cast
from plaza.directory.models import City, Person
from plaza.files.sandbox import NotReadable
from plaza.formats.refusal import Refused
from plaza.knowledge.domain.recordings import publish, receive_recording, transcribe
from plaza.knowledge.models import Recording, Work
from plaza.meetings.choices import AppearanceRole, MeetingKind, MeetingStatus
from plaza.meetings.domain.programme import add_meeting, keep_work, open_series, put_on_stage
from plaza.meetings.models import Meeting
from plaza.topics.models import Topic

log: Final = logging.getLogger(__name__)

SERIES_TITLES: Final = {
    "Ciudades que aprenden": ("es", "Cidades que aprendem", "Cities that learn", "Des villes qui apprennent"),
    "Cidades em movimento": ("pt", "Ciudades en movimiento", "Cities on the move", "Villes en mouvement"),
    "Island Cities Talk": (
        "en",
        "Ciudades de isla conversan",
        "Cidades de ilha conversam",
        "Paroles de villes insulaires",
    ),
    "Villes en partage": ("fr", "Ciudades que comparten", "Cidades que compartilham", "Cities that share"),
    "Finanzas que alcanzan": (
        "es",
        "Finanças que alcançam",
        "Money that reaches",
        "Des finances à la hauteur",
    ),
}
CAPTIONS: Final = (".vtt", ".srt", ".sbv", ".txt")
RIGHTS: Final = "Fiction written for the demonstration of Plaza."


def load_recordings(people: dict[str, Person]) -> int:
    """Sixteen recordings; those that stand already are left as they are. Returns how many are new."""
    rows: list[dict[str, Any]] = tomllib.loads((DATA / "recordings.toml").read_text("utf-8"))["recording"]
    posts = {row["name"]: row for row in cast()["person"]}
    new = [row for row in rows if not Work.objects.filter(slug=row["slug"]).exists()]
    for row in new:
        _load(row, people, posts)
    return len(new)


@transaction.atomic
def _load(row: dict[str, Any], people: dict[str, Person], posts: dict[str, dict[str, Any]]) -> None:
    language: Language = row["language"]
    date = ImpreciseDate.of_day(row["date"])
    topics = list(Topic.objects.filter(code__in=row["topics"]))
    meeting = add_meeting(
        title=row["title"][language],
        summary=row["summary"][language],
        slug=row["slug"],
        language=language,
        kind=MeetingKind(row["kind"]),
        date=date,
        series=_series(row["series"]) if "series" in row else None,
        status=MeetingStatus.DOCUMENTED,
        topics=topics,
        is_fictional=True,
        by=None,
    )
    sound = DATA / "sound" / f"{row['slug']}.{language}.mp3"
    recording = receive_recording(
        title=row["title"][language],
        summary=row["summary"][language],
        slug=row["slug"],
        language=language,
        date=date,
        media=ContentFile(sound.read_bytes(), name="sound.mp3") if sound.exists() else None,
        licence="CC0-1.0",
        rights=RIGHTS,
        is_fictional=True,
        by=None,
    )
    recording.work.topics.set(topics)
    for subject in (meeting, recording.work):
        _translate(subject, row)
    captions = (DATA / "captions" / f"{row['slug']}.{language}.vtt").read_bytes()
    transcript = transcribe(recording=recording, captions=captions, speakers=people, generator="written", by=None)
    session = meeting.sessions.get()
    heard = transcript.segments.exclude(person=None).order_by("number").values_list("person__name", flat=True)
    for name in dict.fromkeys(heard):
        _put_on_stage(meeting, people[name], posts[name])
    keep_work(session=session, work=recording.work, by=None)
    publish(recording=recording, by=None)


def _put_on_stage(meeting: Meeting, person: Person, post: dict[str, Any]) -> None:
    in_city = "city" in post
    put_on_stage(
        session=meeting.sessions.get(),
        person=person,
        role=AppearanceRole.SPEAKER if in_city else AppearanceRole.MODERATOR,
        affiliation=post["post"] if in_city else "",
        city=City.objects.get(slug=post["city"]) if in_city else None,
        by=None,
    )


def _translate(subject: Translated, row: dict[str, Any]) -> None:
    for field in ("title", "summary"):
        for language in LANGUAGES:
            if language != subject.language:
                translate(
                    subject=subject,
                    field=field,
                    language=language,
                    text=row[field][language],
                    origin=Origin.HUMAN,
                    by=None,
                )


def _series(title: str) -> Any:
    own, *others = SERIES_TITLES[title]
    language = known(own)
    assert language is not None
    series = open_series(title=title, language=language, by=None)
    for code, text in zip([code for code in LANGUAGES if code != own], others, strict=True):
        translate(subject=series, field="title", language=code, text=text, origin=Origin.HUMAN, by=None)
    return series


def load_folder(folder: Path) -> Iterator[tuple[Path, Recording | None, str]]:
    """Real captions of a host's folder, published as they are: (file, recording or None, why not).

    A file read before is not read again; one that is no transcript is named and passed over.
    """
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() not in CAPTIONS or not file.is_file():
            continue
        slug = slugify(f"folder {file.stem}")[:100]
        standing = Recording.objects.filter(work__slug=slug).first()
        if standing is not None:
            yield file, standing, ""
            continue
        try:
            with transaction.atomic():
                recording = receive_recording(
                    title=file.stem.replace("_", " "),
                    slug=slug,
                    language="en",
                    rights=str(file.name),
                    by=None,
                )
                transcript = transcribe(recording=recording, captions=file.read_bytes(), by=None)
                recording.work.language = transcript.language
                recording.work.save(update_fields=["language"])
                publish(recording=recording, by=None)
        except (Refused, NotReadable) as refusal:
            yield file, None, str(refusal)
        else:
            yield file, recording, ""
