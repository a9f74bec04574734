"""Random meetings, laid out in random ways, are read back."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plaza.core.languages import LANGUAGES
from plaza.formats.page import NotAPage, read
from tools.pages.back import read_back
from tools.pages.layouts import LAYOUTS, meetings
from tools.pages.score import plain


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_back(layout):
    assert min(read_back(layout, seed=2).values()) >= 0.9


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), layout=st.sampled_from(sorted(LAYOUTS)), language=st.sampled_from(LANGUAGES))
def test_hardly_any_meeting_is_lost_made_up_or_given_anothers_people(seed, layout, language):
    told = meetings(random.Random(seed), language, 6)

    page = read(LAYOUTS[layout](told, language).encode())

    found = {plain(meeting["title"]): meeting for meeting in page["meetings"]}
    names = {person["id"]: plain(person["name"]) for person in page["people"]}
    assert len(found) <= len(told) + 1
    assert sum(plain(each.title) in found for each in told) >= len(told) - 1
    for each in told:
        if (meeting := found.get(plain(each.title))) is not None:
            assert (meeting["date"] or {}).get("start") == each.day.isoformat()
            assert meeting["kind"] == each.kind
    for each in told:
        its = found.get(plain(each.title), {"people": []})["people"]
        assert {names[one["person"]] for one in its} <= {plain(name) for name, _ in each.people}


PIECES = st.sampled_from(
    ["\n", "\n\n", " | ", "• ", "1. ", "Panel 2: ", "12/03/2021", "marzo", "dia 17 ", "Webinar ", "(", ")", "«", "»", '"', "—",
     "Ana Ribera, alcaldesa", "Semana 2019", "Semana del Agua 2019", "sesiones paralelas", "Grabación", "Quito", "2 mil 440",
     "31/02/2020", "CIERRE:", "a) ", "###", "[x](y)", "\u202e", "N° 1 – "]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join))
def test_no_text_breaks_the_reader_and_every_line_is_somewhere(text):
    try:
        page = read(text.encode("utf-8", "replace"))
    except NotAPage:
        return
    places = [each["lines"] for each in (*page["meetings"], *page["unplaced"])]

    assert all(1 <= first <= last <= page["source"]["lines"] + 1 for first, last in places)
    assert all(
        meeting["date"] is None or meeting["date"]["start"] <= meeting["date"]["end"] for meeting in page["meetings"]
    )
