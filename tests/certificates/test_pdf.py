"""The certificate on paper: tagged, the same words as on the page, and nothing is fetched for it."""

import ctypes
import html
import re
import socket
import threading

import pypdfium2
import pytest
from pypdfium2 import raw

from plaza.certificates.domain import pdf
from plaza.certificates.domain.links import path_of
from plaza.certificates.models import Certificate
from plaza.network.models import NetworkSettings


def words(text):
    """Without the spaces and ends of lines, which a PDF sets as it likes."""
    return re.sub(r"\s+", "", text)


def sheet_on_page(client, certificate):
    page = client.get(path_of(certificate)).text
    sheet = page.partition('<article class="sheet certificate"')[2].partition(">")[2].partition("</article>")[0]
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<title>.*?</title>", "", sheet)))


def read(data):
    with pypdfium2.PdfDocument(data) as document:
        (page,) = document
        return page.get_textpage().get_text_range().replace("\ufffe", "-"), page.get_size()


def language_of(document):
    size = raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFCatalog_GetLanguage(document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def roles(element):
    """Of the tree of tags, from this one down, with what stands in for pictures."""

    def told(ask):
        size = ask(element, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        ask(element, buffer, size)
        return buffer.raw[: max(size, 2) - 2].decode("utf-16-le")

    yield told(raw.FPDF_StructElement_GetType), told(raw.FPDF_StructElement_GetAltText)
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            yield from roles(child)


def test_read_back_it_says_what_the_page_says_in_her_language(certificate, client, paper):
    answer = client.get(f"{path_of(certificate)}certificate.pdf")
    said, size = read(answer.content)

    assert (answer["Content-Type"], answer["X-Robots-Tag"]) == ("application/pdf", "noindex")
    assert words(said) == words(sheet_on_page(client, certificate))
    assert "Inês Souza" in said
    # A4, lying.
    assert [round(side) for side in size] == [842, 595]


def test_it_is_tagged_and_says_its_language_and_title(certificate, paper):
    data = pdf.as_pdf(certificate)
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        tags = [each for at in range(raw.FPDF_StructTree_CountChildren(tree))
                for each in roles(raw.FPDF_StructTree_GetChildAtIndex(tree, at))]  # fmt: skip
        raw.FPDF_StructTree_Close(tree)
        found = (raw.FPDFCatalog_IsTagged(document.raw), language_of(document), document.get_metadata_dict()["Title"])

    assert found[:2] == (1, "pt")
    assert found[2].endswith("Encuentro de riberas")
    assert {"H1", "P", "Link", "Figure"} <= {role for role, _ in tags}
    assert all(alt for role, alt in tags if role == "Figure")
    assert b"pdfuaid" in data or b"pdfuaid" in b"".join(_streams(data))
    assert b"/FontFile" in data or b"/FontFile" in b"".join(_streams(data))


def _streams(data):
    import zlib

    for piece in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            yield zlib.decompress(piece)
        except zlib.error:
            yield piece


def test_weasyprint_finds_nothing_wanting_for_a_reader_without_sight(certificate, paper, caplog):
    """It says of itself where a tag or a text in place of a picture is missing."""
    with caplog.at_level("WARNING", logger="weasyprint"):
        pdf.as_pdf(certificate)

    assert caplog.messages == []


def test_made_twice_it_is_the_same_to_the_byte(certificate, paper):
    assert pdf.as_pdf(certificate) == pdf.as_pdf(certificate)


def test_an_address_of_a_picture_in_the_title_is_not_fetched(certificate, client, paper):
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        asked = []
        threading.Thread(target=lambda: asked.append(server.accept()), daemon=True).start()
        title = f'<img src="{here}"><link rel=stylesheet href="{here}"><style>@import "{here}"</style>'
        Certificate.objects.update(title=title, name=f"url({here})")
        certificate.refresh_from_db()

        said, _ = read(pdf.as_pdf(certificate))

    assert (asked, words(title) in words(said)) == ([], True)


def test_nothing_at_all_is_fetched_even_where_markup_would_ask_for_it(paper):
    from weasyprint import HTML

    from plaza.certificates.domain.nothing_fetched import Nothing

    for address in ("http://127.0.0.1:9/x.png", "file:///etc/hostname", "data:image/png;base64,AAAA"):
        with pytest.raises(ValueError, match="nothing is fetched"):
            Nothing().fetch(address)
    assert (
        HTML(string='<img src="file:///etc/hostname" alt="x">', url_fetcher=Nothing()).write_pdf().startswith(b"%PDF")
    )


def test_it_wears_the_networks_colours(certificate, paper):
    before = pdf.as_pdf(certificate)
    NetworkSettings.objects.create(language="es", colour="#5b0b3a", accent="#123456")

    assert pdf.as_pdf(certificate) != before


def test_without_the_program_her_page_and_the_desk_say_so_and_the_page_is_there_to_print(
    certificate, secretary, monkeypatch
):
    monkeypatch.setattr(pdf, "is_there", lambda: False)

    page = secretary.get(path_of(certificate).replace("/es/", "/en/"))
    assert (page.status_code, "print this page" in page.text, "certificate.pdf" in page.text) == (200, True, False)
    assert secretary.get(f"{path_of(certificate)}certificate.pdf")["Location"] == path_of(certificate)
    desk = secretary.get("/en/workspace/meetings/encuentro/certificates/").text
    assert "No PDF is made on this installation" in desk


@pytest.mark.parametrize("name", ["A" * 120, "مريم العربي", "Ana 🌊 Ríos", "日本 太郎"])
def test_any_name_fits_on_one_page(certificate, paper, name):
    Certificate.objects.update(name=name, title="Título muy largo de un encuentro " * 9)
    certificate.refresh_from_db()

    with pypdfium2.PdfDocument(pdf.as_pdf(certificate)) as document:
        assert len(document) == 1
