"""Speaks four of the demo's recordings with espeak-ng and writes their sound (MP3) and the times of their
captions. The words come from the caption files themselves: change a word there, run this, and both agree.

Needs espeak-ng and lame. The voices are machines' and the demo says so.
"""

import re
import subprocess
import sys
import wave
from pathlib import Path
from typing import Final

from plaza.formats.transcript import read

DATA: Final = Path(__file__).resolve().parent.parent / "plaza" / "demo" / "data"
SPOKEN: Final = (
    "alerta-temprana-rio-manso.es",
    "catadores-e-coleta-seletiva.pt",
    "shelters-and-power-for-the-clinic.en",
    "marche-couvert-anse-lumiere.fr",
)
VOICES: Final = {"es": "es-419", "pt": "pt-br", "en": "en-gb", "fr": "fr-fr"}
# Words a minute; a machine's French is hard to follow at the pace of its Spanish.
PACE: Final = {"es": 150, "pt": 150, "en": 138, "fr": 122}
# Voice variant, pitch and what it adds to the pace, in the order in which people first speak.
MANNERS: Final = (("f2", 55, 0), ("m3", 38, -5), ("f4", 48, 5), ("m1", 45, 0))
RATE: Final = 22050
BETWEEN_SPEAKERS: Final = 0.55
BETWEEN_SENTENCES: Final = 0.22


def speak(name: str) -> None:
    captions = DATA / "captions" / f"{name}.vtt"
    language = name.rsplit(".", 1)[1]
    transcript = read(captions.read_bytes())
    manners = dict(zip(transcript.speakers, MANNERS, strict=False))
    sound = bytearray(_silence(1.0))
    lines = ["WEBVTT", f"Language: {language}", "", "NOTE", _note(captions), ""]
    before = None
    for segment in transcript.segments:
        if before is not None:
            sound += _silence(BETWEEN_SENTENCES if before == segment.speaker else BETWEEN_SPEAKERS)
        before = segment.speaker
        start = len(sound) / 2 / RATE
        sound += _spoken(segment.text, language, manners[segment.speaker or ""])
        lines += [
            f"{_time(start)} --> {_time(len(sound) / 2 / RATE)}",
            f"<v {segment.speaker}>{segment.text}",
            "",
        ]
    captions.write_text("\n".join(lines), "utf-8")
    _write(DATA / "sound" / f"{name}.mp3", bytes(sound + _silence(0.5)))


def _spoken(text: str, language: str, manner: tuple[str, int, int]) -> bytes:
    """16-bit mono samples. Stage directions ([risas]) are written, not spoken."""
    variant, pitch, faster = manner
    words = re.sub(r"\[[^\]]*\]", " ", text).strip() or "…"
    done = subprocess.run(
        [
            *("espeak-ng", "-v", f"{VOICES[language]}+{variant}"),
            *("-p", str(pitch), "-s", str(PACE[language] + faster), "--stdout"),
        ],
        input=words.encode(),
        capture_output=True,
        check=True,
    )
    # espeak-ng writes a WAV of unknown length to a pipe: 44 bytes of header, then samples.
    return done.stdout[44:]


def _write(file: Path, samples: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    wav = file.with_suffix(".wav")
    with wave.open(str(wav), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples)
    # 24 kbit/s mono is enough for one voice at a time, and fit for a slow line: 180 KB a minute.
    subprocess.run(["lame", "--quiet", "-m", "m", "-b", "24", "--resample", "16", str(wav), str(file)], check=True)
    wav.unlink()


def _silence(seconds: float) -> bytes:
    return bytes(2 * int(RATE * seconds))


def _time(seconds: float) -> str:
    return f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}:{seconds % 60:06.3f}"


def _note(captions: Path) -> str:
    return captions.read_text("utf-8").split("NOTE\n", 1)[1].split("\n", 1)[0]


if __name__ == "__main__":
    for spoken in sys.argv[1:] or SPOKEN:
        speak(spoken)
