"""Codes of certificates: short, read aloud without doubt, and guessed by nobody."""

import secrets
import unicodedata
from typing import Final

from django.utils.translation import gettext_noop

from plaza.certificates.models import CODE_LENGTH

# Crockford's: without I, L, O and U. Twelve of 32 signs are 60 bits.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What people write for them.
_MEANT: Final = str.maketrans("OILО", "0110", " -‐‑–—_.·\t\r\n\u200b")
LONGEST_TYPED: Final = 60
TOO_SHORT: Final = gettext_noop(
    "A code has twelve signs, and this one has %(n)d: please copy all of it from the certificate."
)
NO_CODE: Final = gettext_noop(
    "This is no code of a certificate: it has twelve letters and digits, as in 4F7K-M2XR-9TBD."
)


class NoCode(Exception):
    """What was typed is no code. `why` is a whole English sentence, a msgid, with `values` for its places."""

    def __init__(self, why: str, **values: int) -> None:
        super().__init__(why)
        self.why, self.values_ = why, values


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """In whatever case, with or without spaces and dashes, with an O for a zero. Raises NoCode."""
    code = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper().translate(_MEANT)
    if code and not set(code) - set(ALPHABET) and len(code) < CODE_LENGTH:
        raise NoCode(TOO_SHORT, n=len(code))
    if len(code) != CODE_LENGTH or set(code) - set(ALPHABET):
        raise NoCode(NO_CODE)
    return code
