import pytest

from plaza.core.languages import known


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("pt-BR", "pt"),
        ("es_EC.UTF-8", "es"),
        ("fr", "fr"),
        ("EN-us", "en"),
        ("qu", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_tag_is_one_of_the_four_or_none(tag, language):
    assert known((tag or "").split(".")[0] or None) == language
