"""How the reader of pages says no."""

from enum import StrEnum

from plaza.formats.refusal import Refused, gettext_noop


class WhyNot(StrEnum):
    """Why a file is no page that can be read: msgids."""

    EMPTY = gettext_noop("The page is empty.")
    BINARY = gettext_noop("This is not text: it cannot be read as a page.")
    TOO_LARGE = gettext_noop("The page is too large to be read: send at most 10 MB.")
    ARCHIVE = gettext_noop("This is a packed file. Unpack it and send the page itself.")
    NO_WORDS = gettext_noop("No words were found: the pages of this document may be pictures.")
    DAMAGED = gettext_noop("The document cannot be opened: it is damaged or protected by a password.")
    OLD_WORD = gettext_noop("This is a document of an old word processor. Save it as DOCX, PDF or text and send that.")


class NotAPage(Refused):
    """The bytes cannot be read as a page. `why` is a WhyNot."""

    reasons = WhyNot
