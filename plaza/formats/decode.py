"""Bytes of unknown encoding → text, decided by validity first and plausibility second.

Meeting tools write UTF-8 (with and without a mark), UTF-16 (Teams, Excel) and cp1252 (older
Windows); people paste the three into one file. No detector library is needed to tell these apart.
"""

import codecs
import re

SAMPLE = 1 << 16

# UTF-32 little-endian begins with the mark of UTF-16 little-endian: it is asked first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# NUL, byte order marks, zero-width spaces and the marks of writing direction: nobody says them,
# they hide between digits and colons, and an override can turn a whole page around. The joiners
# (U+200C, U+200D) stay: they are spelling.
_UNSAID = re.compile("[\x00\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1b\x7f]")


def decode(data: bytes) -> str:
    """The text of `data`. Never raises: a byte that means nothing becomes U+FFFD, so a wrong
    guess is seen. Without NUL, invisible marks and lone surrogates; line ends are left alone."""
    text = _as_text(data)
    if not text.isascii():
        text = _LONE_SURROGATE.sub("\ufffd", text)
    return without_unsaid(text)


def without_unsaid(text: str) -> str:
    """`text` without the characters nobody says."""
    return text if text.isascii() and "\0" not in text else _UNSAID.sub("", text)


def looks_binary(text: str) -> bool:
    """Whether more than 2 % of the beginning of a decoded text is control characters.

    Random bytes read as cp1252 give about 10 %; text gives none, or a stray one.
    """
    sample = text[:SAMPLE]
    return len(_CONTROL.findall(sample)) > max(3, len(sample) // 50)


def _as_text(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide_encoding(data[:SAMPLE]):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mostly(data)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters, digits and spaces leave every other byte empty."""
    half = len(sample) // 2
    if half == 0:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd >= 0.3 * half and even <= 0.05 * half:
        return "utf-16-le"
    if even >= 0.3 * half and odd <= 0.05 * half:
        return "utf-16-be"
    return None


def _mostly(data: bytes) -> str:
    """Not valid UTF-8: a UTF-8 text with a few bad bytes, or cp1252.

    Letters beyond ASCII vote: a cp1252 text has almost no pair of bytes that is valid UTF-8, and
    a damaged UTF-8 text has almost only such pairs.
    """
    data, halves = _HALF_OF_A_PAIR.subn(_LOST, data)
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - halves
    good = len(text) - bad - len(data.translate(None, _BEYOND_ASCII))
    if good <= bad or bad > _FEW:
        return data.decode("cp1252", "replace")
    return data.decode("utf-8", "plaza-cp1252")


_BEYOND_ASCII = bytes(range(128, 256))
# Half of a surrogate pair, written as if it were a letter: lost, but a sign of UTF-8.
_HALF_OF_A_PAIR = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_LOST = "\ufffd".encode()
# Beyond this many damaged bytes the byte-by-byte repair below would cost seconds.
_FEW = 10_000


def _bad_byte_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Repair of a few cp1252 letters pasted into UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error("plaza-cp1252", _bad_byte_as_cp1252)
