"""What tests show: the matrix of routes, each bad input by its name, the journeys, the looks of every page."""

from typing import Final

from tools.accept.lines import Line
from tools.accept.tests_shown import shown_by_tests

# What is shown, and the tests that show it (files, or single tests).
SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "every route x 8 roles x own and other city: no leak, none without a rule": ("tests/accounts/test_routes.py",),
    "two people claim one profile": ("tests/directory/test_claims.py::test_two_who_claim_one_person",),
    "an editor of a city that left": ("tests/directory/test_city_desk.py::test_an_editor_of_a_city_that_left",),
    "a mayor's post that overlaps another": ("tests/directory/test_terms.py::test_a_mayors_post_that_overlaps",),
    "a name of 400 letters, or of one": (
        "tests/portal/test_people.py::test_a_name_of_400_letters",
        "tests/portal/test_people.py::test_a_name_of_one_letter",
    ),
    "an SVG logo with script": ("tests/face/test_logos.py::test_an_svg_logo_with_script",),
    "Markdown with markup": ("tests/face/test_markdown.py::test_markdown_with_markup",),
    "a newsletter to many with broken addresses": (
        "tests/newsletters/test_ten_thousand.py::test_a_newsletter_to_many_with_broken_addresses",
    ),
    "a person who erases herself while others cite her": (
        "tests/directory/test_hiding.py::test_a_person_who_erases_herself",
    ),
    "a merge of two people who are on stage at the same time": (
        "tests/directory/test_merging.py::test_two_people_who_are_on_stage",
    ),
    "a dump holds no trace of somebody who erased herself": ("tests/accounts/test_data.py",),
    "no stale page after an edit": ("tests/core/test_kept_pages.py", "tests/core/test_changes.py"),
    "any words in any address": ("tests/config/test_any_words.py",),
    "pages cost the same for 3 and for 30 rows, at most 12 queries": ("tests::cost",),
    "journeys in Chromium": ("tests/journeys::",),
}


def find_out() -> list[Line]:
    return shown_by_tests(SHOWN)
