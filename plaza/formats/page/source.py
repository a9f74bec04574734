"""From bytes to the text of a page: plain text and Markdown as they are, HTML, DOCX and PDF as their words."""

import io
import zipfile
from typing import Final

from plaza.formats.decode import decode, looks_binary
from plaza.formats.page.markup import MARKUP, text_of
from plaza.formats.page.records import NotAPage, WhyNot

MOST_BYTES: Final = 10 << 20
# What a document may unpack to, and how much text is read of it.
MOST_UNPACKED: Final = 200 << 20
MOST_PAGES: Final = 600


def text_in(data: bytes) -> tuple[str, bool]:
    """The text, and whether it was taken out of something else (then the lines are ours, and the caller shows them).
    Raises NotAPage."""
    if not data.strip(b"\0 \r\n\t"):
        raise NotAPage(WhyNot.EMPTY)
    if len(data) > MOST_BYTES:
        raise NotAPage(WhyNot.TOO_LARGE)
    if data.startswith(b"%PDF-"):
        return _said(_pdf(data)), True
    if data.startswith(b"PK\x03\x04"):
        return _said(_docx(data)), True
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise NotAPage(WhyNot.OLD_WORD)
    if data.startswith((b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")):
        raise NotAPage(WhyNot.ARCHIVE)
    text = decode(data)
    if looks_binary(text):
        raise NotAPage(WhyNot.BINARY)
    if MARKUP.search(data[:4096]):
        return _said(text_of(text)), True
    return _said(text), False


def _said(text: str) -> str:
    if not any(letter.isalnum() for letter in text):
        raise NotAPage(WhyNot.NO_WORDS)
    return text


def _pdf(data: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]  # slow import, native: only for who sends a PDF

    try:
        document = pypdfium2.PdfDocument(data)
        pages = [document[number].get_textpage().get_text_range() for number in range(min(len(document), MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise NotAPage(WhyNot.DAMAGED) from error
    return "\n\n".join(pages).replace("\r\n", "\n")


def _docx(data: bytes) -> str:
    import docx  # slow import: only for who sends one
    from docx.opc.exceptions import OpcError  # with it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise NotAPage(WhyNot.TOO_LARGE)
            if "word/document.xml" not in packed.namelist():
                raise NotAPage(WhyNot.ARCHIVE)
        document = docx.Document(io.BytesIO(data))
    except NotAPage:
        raise
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise NotAPage(WhyNot.DAMAGED) from error
    lines: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, docx.table.Table):
            lines += [" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in part.rows]
            continue
        style = (part.style.name or "") if part.style is not None else ""
        words = part.text.strip()
        if words and style.startswith("Heading"):
            lines += ["", "#" * int(style[-1] if style[-1].isdigit() else 1) + " " + words]
        elif words and style.startswith("List"):
            lines.append("• " + words)
        else:
            lines.append(words)
    return "\n".join(lines)
