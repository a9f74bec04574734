"""A transcript as WebVTT, for players and for whoever wants the words with their times."""

from html import escape

from plaza.knowledge.domain.speakers import speakers_of
from plaza.knowledge.models import Transcript


def as_webvtt(transcript: Transcript) -> str:
    """https://www.w3.org/TR/webvtt1/: voices as `<v Name>`, reserved characters escaped."""
    rows = transcript.segments.select_related("person")
    speakers = speakers_of(rows)
    cues = [
        f"{_time(row.start)} --> {_time(max(row.end, row.start + 0.001))}\n"
        f"{_voice(speakers[row.pk])}{_plain(row.text)}\n"
        for row in rows
    ]
    return "\n".join([f"WEBVTT\nLanguage: {transcript.language}\n", *cues])


def _voice(name: str) -> str:
    clean = _plain(name).replace("\n", " ")
    return f"<v {clean}>" if clean else ""


def _plain(text: str) -> str:
    # An empty line would end the cue, an arrow would begin another one.
    return escape(" ".join(text.split()), quote=False)


def _time(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
