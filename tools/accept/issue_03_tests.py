"""What tests show: each bad input by its name, the journeys, who sees what, and that quotes are what was said."""

from typing import Final

from tools.accept.lines import Line
from tools.accept.tests_shown import shown_by_tests

# What is shown, and the tests that show it (files, or single tests).
SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "a question of 3,000 words": ("tests/search/test_bad_questions.py::test_a_question_of_three_thousand_words",),
    "a question in Greek or Quechua, one that is an instruction to a machine": (
        "tests/search/test_bad_questions.py::test_a_foreign_question_or_an_order",
    ),
    "a name that is a common word (Florida, Castro, Salvador)": (
        "tests/search/test_bad_questions.py::test_a_name_that_is_a_common_word",
    ),
    "a corpus of one passage": ("tests/search/test_bad_questions.py::test_a_corpus_of_one_passage",),
    "an embedder endpoint that hangs, lies about its dimension, answers late": ("tests/retrieval/test_endpoint.py",),
    "a model file that is damaged": (
        "tests/retrieval/test_e5.py::test_a_damaged_file",
        "tests/retrieval/test_e5.py::test_a_damaged_adapter",
        "tests/retrieval/test_e5.py::test_an_adapter_that_was_cut_short",
        "tests/retrieval/test_encoders.py::test_a_damaged_model_file",
    ),
    "an index half-built when the machine stops": (
        "tests/search/test_bad_questions.py::test_an_index_left_half_built",
    ),
    "as in the first issue: captions, addresses, words of any kind": (
        "tests/formats/test_transcript_bad_files.py",
        "tests/config/test_any_words.py",
    ),
    "a private passage never shows, to any of the roles, by any door": ("tests/search/test_audience.py",),
    "four people ask in four languages and get the same places; what was asked in vain stands once": (
        "tests/journeys/test_asking_the_network.py",
    ),
    "quotes are byte for byte what was said": ("tests/search/test_places.py", "tests/search/test_passages.py"),
    "Apertium: names stay, a hang or a death holds nobody up": (
        "tests/retrieval/test_apertium.py",
        "tests/retrieval/test_protecting.py",
    ),
}


def find_out() -> list[Line]:
    return shown_by_tests(SHOWN)
