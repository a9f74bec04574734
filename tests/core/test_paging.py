"""Pages of a list that is not counted."""

import pytest

from plaza.core.paging import page_of
from plaza.topics.models import SdgGoal

pytestmark = pytest.mark.django_db


@pytest.fixture
def goals():
    SdgGoal.objects.all().delete()
    SdgGoal.objects.bulk_create(SdgGoal(number=number, names={"es": str(number)}) for number in range(1, 8))
    return SdgGoal.objects.order_by("pk")


@pytest.mark.parametrize(
    ("asked", "number", "rows", "before", "after"),
    [
        (None, 1, 3, False, True),
        ("2", 2, 3, True, True),
        ("3", 3, 1, True, False),
        ("4", 1, 3, False, True),
        ("0", 1, 3, False, True),
        ("-1", 1, 3, False, True),
        ("²", 1, 3, False, True),
        ("9" * 40, 1, 3, False, True),
    ],
)
def test_the_page_asked_for_or_the_first(goals, asked, number, rows, before, after):
    page = page_of(goals, 3, asked)
    assert (page.number, len(page), page.has_previous(), page.has_next()) == (number, rows, before, after)


def test_a_page_is_one_query(goals, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(page_of(goals, 3, "2")) == [SdgGoal(number=number) for number in (4, 5, 6)]


def test_an_empty_list_is_one_empty_page(goals):
    page = page_of(goals.none(), 3, "7")
    assert (list(page), page.number, page.has_next()) == ([], 1, False)
