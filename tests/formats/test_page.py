"""Whole pages: how well they are read, what they look like read, and the bad ones."""

import json
import random
import sys
import time
from pathlib import Path

import pytest

from plaza.files.sandbox import read_in_sandbox
from plaza.formats.page import NotAPage, WhyNot, as_json, read, read_text
from plaza.formats.page.markup import text_of
from tools.pages.score import BARS, UNSEEN, scores

PAGES = Path(__file__).parent / "pages"


def of(name):
    return read((PAGES / name).read_bytes())


@pytest.mark.parametrize("page", ["es_red_compuesta", "pt_rede_composta"])
def test_an_annotated_page_is_read_above_every_bar(page):
    found = scores(of(f"{page}.txt"), json.loads((PAGES / f"{page}.gold.json").read_text("utf-8")))

    assert {part: score.f1 for part, score in found.items() if score.f1 < BARS[part]} == {}


@pytest.mark.parametrize("page", ["fr_reseau_composite", "en_network_composed"])
def test_a_page_of_another_layout_and_language_is_read_above_the_bars_of_unseen_pages(page):
    found = scores(of(f"{page}.txt"), json.loads((PAGES / f"{page}.gold.json").read_text("utf-8")))

    assert {part: score.f1 for part, score in found.items() if score.f1 < UNSEEN[part]} == {}


@pytest.mark.parametrize("page", ["es_red_compuesta.txt", "pt_rede_composta.txt"])
def test_every_line_with_words_is_somewhere(page):
    found = of(page)
    placed = {
        line
        for first, last in [each["lines"] for each in (*found["meetings"], *found["unplaced"])]
        for line in range(first, last + 1)
    }
    lines = (PAGES / page).read_text("utf-8").splitlines()

    assert [number for number, line in enumerate(lines, 1) if line.strip() and number not in placed] == []


def test_what_is_read_stands_on_its_line():
    found = of("es_red_compuesta.txt")
    lines = ["", *(PAGES / "es_red_compuesta.txt").read_text("utf-8").splitlines()]

    for meeting in found["meetings"]:
        if meeting["title_status"] == "stated":
            assert meeting["title"] in lines[meeting["title_line"]]
    for person in found["people"]:
        assert person["lines"]
        assert all(person["name"].split()[0] in lines[line] for line in person["lines"])


def test_the_answer_is_the_contracts():
    found = of("pt_rede_composta.txt")

    assert list(found) == [
        "source", "network", "meetings", "series", "people", "cities", "organisations", "initiatives", "figures",
        "unplaced",
    ]  # fmt: skip
    assert found["source"] | {"sha256": ""} == {"sha256": "", "lines": 132, "language": "pt", "text": None}
    assert list(found["meetings"][0]) == [
        "id", "title", "title_status", "suggested_title", "title_line", "lines", "kind", "date", "places", "series",
        "number", "host_event", "cities", "organisations", "people", "materials", "sessions", "topics", "confidence",
    ]  # fmt: skip


def test_a_page_of_html_is_read_by_its_structure():
    html = """<!doctype html><html><head><title>x</title><style>p{}</style></head><body><nav><a href="/">Inicio</a></nav>
    <h2>Mercados que vuelven a abrir</h2><p>Taller, 12 de marzo de 2021. Lo aprendido en Quito.</p>
    <ul><li>Ana Ribera, alcaldesa de Quito, Ecuador</li><li>Luis Prado, director de mercados</li></ul>
    <p><a href="https://example.org/v">Grabación</a> | Notas</p><script>alert("Ana Falsa, alcaldesa")</script></body></html>"""

    found = read(html.encode())

    (meeting,) = found["meetings"]
    assert (meeting["title"], meeting["kind"], meeting["date"]["start"]) == (
        "Mercados que vuelven a abrir", "workshop", "2021-03-12",
    )  # fmt: skip
    assert [person["name"] for person in found["people"]] == ["Ana Ribera", "Luis Prado"]
    assert [(each["kind"], each["url"]) for each in meeting["materials"]] == [
        ("recording", "https://example.org/v"),
        ("notes", None),
    ]
    assert "Mercados que vuelven a abrir" in found["source"]["text"]


def test_a_docx_and_a_pdf_are_read(docx_page, pdf_page):
    for data in (docx_page, pdf_page):
        found = read(data)

        assert "Mercados que vuelven a abrir" in [meeting["title"] for meeting in found["meetings"]]
        assert found["source"]["text"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", WhyNot.EMPTY),
        (b" \n\r\n\t ", WhyNot.EMPTY),
        (b"x" * (11 << 20), WhyNot.TOO_LARGE),
        (random.Random(3).randbytes(20_000), WhyNot.BINARY),
        (b"...\n---\n***\n", WhyNot.NO_WORDS),
        (b"\x1f\x8b\x08" + b"0" * 100, WhyNot.ARCHIVE),
        (b"PK\x03\x04" + b"0" * 100, WhyNot.DAMAGED),
        (b"%PDF-1.7\n" + b"0" * 100, WhyNot.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, WhyNot.OLD_WORD),
    ],
    ids=lambda value: value.name if isinstance(value, WhyNot) else "",
)
def test_what_is_no_page_is_refused_with_its_reason(data, why):
    with pytest.raises(NotAPage) as refusal:
        read(data)

    assert refusal.value.why == why


def test_a_pdf_of_pictures_says_that_it_has_no_words(pdf_of_pictures):
    with pytest.raises(NotAPage) as refusal:
        read(pdf_of_pictures)

    assert refusal.value.why == WhyNot.NO_WORDS


@pytest.mark.parametrize(
    "text",
    [
        "Καλημέρα κόσμε. Η πόλη μας έκανε μια συνάντηση στις 12 Μαρτίου 2021.",
        "Lista de compras\n- pan\n- leche\n- huevos\n",
        "Webinar",
        "Taller del 31 de febrero de 2020 en Quito\n\nHablamos de agua el 45/13/2021.",
        "• \u202eAna\u202c <b>Ribera</b>, alcaldesa <script>x</script>\n• ﷺ" * 20,
        "1.\n2.\n3.\n\n\n\n|||\n||\n",
        "\ufeffA\u0000B\u2028C",
    ],
    ids=[
        "greek",
        "no meetings",
        "one line",
        "impossible dates",
        "markup and right-to-left",
        "empty numbers",
        "odd marks",
    ],
)
def test_an_odd_page_is_read_as_far_as_it_goes(text):
    found = read(text.encode())

    json.dumps(found)
    assert all(
        meeting["date"] is None or meeting["date"]["start"] <= meeting["date"]["end"] for meeting in found["meetings"]
    )
    assert "31" not in str([meeting["date"] for meeting in found["meetings"]])


def test_two_hundred_thousand_nested_tags_cost_one_pass():
    begun = time.process_time()

    found = read(
        b"<html><body>" + b"<div>" * 200_000 + "Taller «Agua» - Quito, mayo de 2019".encode() + b"</div>" * 200_000
    )

    assert len(found["meetings"]) == 1
    assert time.process_time() - begun < 20  # no measure of speed: quadratic work would take an hour


def test_forty_thousand_names_are_all_read():
    letters = "abcdefghijklmnopqrst"
    names = [f"Ana{a}{b}{c} Rivera{d}" for a in letters for b in letters for c in letters for d in "xyzwv"]
    text = "Foro de alcaldes, 12 de mayo de 2019\n\n" + "\n".join(f"• {name}, alcaldesa" for name in names)

    assert len(read(text.encode())["people"]) == len(names)


def test_the_sandbox_reads_the_same(tmp_path):
    data = (PAGES / "pt_rede_composta.txt").read_bytes()

    assert read_in_sandbox("page", data, seconds=60, megabytes=1024) == as_json(read(data))


def test_html_keeps_items_headings_and_links_apart():
    lines = text_of("<h1>A</h1><p>b<br>c</p><ul><li>d<li>e</ul><a href='https://x.org/ (1)'>f</a><p>").splitlines()

    assert [line for line in lines if line] == ["# A", "b", "c", "• d", "• e", "[f](https://x.org/%20(1%29)"]


@pytest.mark.parametrize(
    "words", ["Aa ", "Quito ", "Ana Ribera, alcaldesa de Quito, ", "Taller en Quito, 3 de mayo de 2021 "]
)
def test_a_page_on_one_line_costs_no_more_than_its_length(words):
    """Twice the page on one line, twice the time: measured as steps of the reader, for a clock cannot be trusted."""
    steps = []
    for length in (6_000, 24_000):
        text = words * (length // len(words))
        calls = 0

        def count(frame, event, argument):
            nonlocal calls
            calls += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            read_text(text)
        finally:
            sys.setprofile(None)
        steps.append(calls)

    assert steps[1] < 6 * steps[0]
