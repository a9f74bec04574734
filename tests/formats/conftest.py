"""Documents made on the spot, by the programs' own formats."""

import io
import zlib

import docx
import pytest

WORDS = (
    "Mercados que vuelven a abrir",
    "Taller, 12 de marzo de 2021. Hablamos de lo aprendido en Quito.",
    "Ana Ribera, alcaldesa de Quito, Ecuador",
)


@pytest.fixture
def docx_page():
    document = docx.Document()
    document.add_heading(WORDS[0], level=2)
    document.add_paragraph(WORDS[1])
    document.add_paragraph(WORDS[2], style="List Bullet")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _pdf(content: bytes) -> bytes:
    """A PDF of one page, its offsets as they must be."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
        % (len(packed := zlib.compress(content)), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


@pytest.fixture
def pdf_page():
    rows = [WORDS[0], "", *WORDS[1:]]
    said = b"".join(
        b"1 0 0 1 60 %d Tm (%s) Tj " % (780 - 24 * number, row.encode("cp1252"))
        for number, row in enumerate(rows)
        if row
    )
    return _pdf(b"BT /F1 12 Tf " + said + b"ET")


@pytest.fixture
def pdf_of_pictures():
    return _pdf(b"0.5 g 60 60 400 600 re f")
