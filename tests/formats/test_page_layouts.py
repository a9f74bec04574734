"""Random meetings, laid out in random ways, are read back."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plaza.core.languages import LANGUAGES
from plaza.formats.page import read
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
        its = found.get(plain(each.title), {"people": []})["people"]
        assert {names[one["person"]] for one in its} <= {plain(name) for name, _ in each.people}
