"""What a file is, by its own bytes: neither its name nor what a server calls it is believed."""

import re
from dataclasses import dataclass
from typing import Final

# A beginning of this length is enough to know.
HEAD: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    media_type: str
    extension: str

    @property
    def is_heard_or_seen(self) -> bool:
        return self.media_type.startswith(("audio/", "video/"))


WEB_PAGE: Final = FileKind("text/html", "html")
PLAIN_TEXT: Final = FileKind("text/plain", "txt")

_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", FileKind("image/png", "png")),
    (b"\xff\xd8\xff", FileKind("image/jpeg", "jpg")),
    (b"ID3", FileKind("audio/mpeg", "mp3")),
    (b"\xff\xfb", FileKind("audio/mpeg", "mp3")),
    (b"\xff\xf3", FileKind("audio/mpeg", "mp3")),
    (b"\xff\xf2", FileKind("audio/mpeg", "mp3")),
    (b"fLaC", FileKind("audio/flac", "flac")),
    (b"{\\rtf", FileKind("application/rtf", "rtf")),
    (b"0&\xb2u\x8ef\xcf\x11", FileKind("video/x-ms-wmv", "wmv")),
    (b"FLV\x01", FileKind("video/x-flv", "flv")),
    (b"WEBVTT", FileKind("text/vtt", "vtt")),
)
_OFFICE: Final = (
    (b"word/", FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")),
    (b"ppt/", FileKind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")),
    (b"xl/", FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")),
    (b"application/vnd.oasis.opendocument.text", FileKind("application/vnd.oasis.opendocument.text", "odt")),
    (
        b"application/vnd.oasis.opendocument.presentation",
        FileKind("application/vnd.oasis.opendocument.presentation", "odp"),
    ),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        FileKind("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ),
    (b"application/epub+zip", FileKind("application/epub+zip", "epub")),
)
# The office files of before 2007 look alike from outside; the name may choose among them.
_OLD_OFFICE: Final = {
    "doc": FileKind("application/msword", "doc"),
    "ppt": FileKind("application/vnd.ms-powerpoint", "ppt"),
    "xls": FileKind("application/vnd.ms-excel", "xls"),
}
_MARKUP: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|meta|title)\b", re.IGNORECASE)


def kind_of(head: bytes, name: str = "") -> FileKind | None:
    """By the beginning of a file; None for a kind that is not kept. `name` only tells old office files apart."""
    head = head[:HEAD]
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if b"%PDF-" in head[:1024] and not _MARKUP.search(head[:1024]):
        return FileKind("application/pdf", "pdf")
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _OFFICE if mark in head), None)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE.get(name.rpartition(".")[2].lower(), _OLD_OFFICE["doc"])
    return _media(head) or _text(head)


def _media(head: bytes) -> FileKind | None:
    if head.startswith(b"OggS"):
        return FileKind("video/ogg", "ogv") if b"theora" in head else FileKind("audio/ogg", "ogg")
    if head.startswith(b"RIFF"):
        return {b"WAVE": FileKind("audio/wav", "wav"), b"AVI ": FileKind("video/x-msvideo", "avi")}.get(head[8:12])
    if head[4:8] == b"ftyp":
        if head[8:11] in (b"M4A", b"M4B"):
            return FileKind("audio/mp4", "m4a")
        return FileKind("video/quicktime", "mov") if head[8:10] == b"qt" else FileKind("video/mp4", "mp4")
    if head.startswith(b"\x1aE\xdf\xa3"):
        return FileKind("video/webm", "webm") if b"webm" in head[:64] else FileKind("video/x-matroska", "mkv")
    return None


def _text(head: bytes) -> FileKind | None:
    if _MARKUP.search(head[:4096]):
        return WEB_PAGE
    if not head.strip() or re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return None
    return PLAIN_TEXT
