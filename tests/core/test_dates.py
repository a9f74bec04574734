import datetime as dt

import pytest
from django.utils.translation import override

from plaza.core.dates import ImpreciseDate, Precision, YearSource


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "12 de marzo de 2026"),
        ("pt", "12 de março de 2026"),
        ("en", "March 12, 2026"),
        ("fr", "12 mars 2026"),
    ],
)
def test_a_day_is_said_in_the_readers_language(language, words):
    with override(language):
        assert str(ImpreciseDate.of_day(dt.date(2026, 3, 12))) == words


def test_a_month_covers_all_its_days():
    month = ImpreciseDate.of_month(2024, 2)

    assert (month.start, month.end, month.precision) == (
        dt.date(2024, 2, 1),
        dt.date(2024, 2, 29),
        Precision.MONTH,
    )


def test_a_year_says_whether_it_was_stated():
    assert ImpreciseDate.of_year(2017, YearSource.INFERRED).year == YearSource.INFERRED


def test_a_date_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        ImpreciseDate(dt.date(2026, 3, 2), dt.date(2026, 3, 1))
