"""The numbers of the network: counted rightly, the same number of queries however much there is, no live formula."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.membership import move
from plaza.directory.models import City, Country
from plaza.meetings.choices import MeetingStatus
from plaza.meetings.models import Meeting
from plaza.portal.domain.statistics import Span, starts, statistics
from plaza.search.models import AskedQuestion
from tests.network import add_recording, captions
from tests.newsletters.conftest import subscribed

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 4, 20)
PAGE = "/es/workspace/statistics/"


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def counts(found, start):
    (period,) = [period for period in found.periods if period.start == start]
    return {what: n for what, n in period.counts.items() if n}


def test_periods_begin_where_the_calendar_does():
    assert starts(Span.MONTH, TODAY)[0::11] == [dt.date(2025, 5, 1), dt.date(2026, 4, 1)]
    assert starts(Span.QUARTER, TODAY) == [
        *(dt.date(2024, month, 1) for month in (7, 10)),
        *(dt.date(2025, month, 1) for month in (1, 4, 7, 10)),
        *(dt.date(2026, month, 1) for month in (1, 4)),
    ]
    assert starts(Span.YEAR, TODAY)[0::9] == [dt.date(2017, 1, 1), dt.date(2026, 1, 1)]


def test_what_was_done_is_counted_in_its_month(network):
    """Of the network's three meetings two were held in March; three people of two member cities were on stage."""
    for question, is_answered, times in (("¿Sirenas?", True, 3), ("¿Trenes?", False, 2)):
        AskedQuestion.objects.create(
            question=question, folded=question, language="es", asked_on=TODAY, is_answered=is_answered, times=times
        )

    found = statistics(Span.MONTH, "es", TODAY)

    assert counts(found, dt.date(2026, 3, 1)) == {"meetings": 2, "people": 3, "cities": 2, "recordings": 2}
    assert counts(found, dt.date(2026, 4, 1)) == {"asked": 5, "in_vain": 2}
    assert (found.members, found.never_heard) == (3, 1)
    assert found.countries == [("Ecuador", 3, 2)]
    assert dict(found.sectors)["sector público"] == 3
    assert counts(statistics(Span.YEAR, "es", TODAY), dt.date(2025, 1, 1)) == {"members": 3}


def test_what_is_not_held_or_not_published_is_not_counted(network):
    Meeting.objects.update(status=MeetingStatus.CANCELLED)

    found = statistics(Span.MONTH, "es", TODAY)

    assert counts(found, dt.date(2026, 3, 1)) == {"recordings": 2}
    assert (found.never_heard, sum(n for _, n in found.sectors)) == (3, 0)


def test_hours_are_told_by_the_language_spoken(network):
    long = captions(*[("Ana Ribera", "Las sirenas avisan.")] * 10, every=720.0)
    add_recording(network, "long", "Dos horas", "es", long)

    (march,) = [row for row in statistics(Span.MONTH, "es", TODAY).periods if row.start == dt.date(2026, 3, 1)]

    assert {language: round(hours, 1) for language, hours in march.hours.items()} == {"es": 2.0, "pt": 0.0}


def test_subscribers_are_those_who_agreed(network):
    subscribed("ana@example.org")
    subscribed("gone@example.org", ended_at=dt.datetime.now(dt.UTC), why_ended="returned")

    assert statistics(Span.MONTH, "es").subscribers == 1


@pytest.mark.parametrize("by", ["month", "quarter", "year", "nonsense", ""])
def test_the_page_and_its_sheet_are_there_in_every_span(network, secretary, by):
    page = secretary.get(f"{PAGE}?by={by}")
    sheet = secretary.get(f"/es/workspace/statistics.csv?by={by}")

    assert (page.status_code, sheet.status_code) == (200, 200)
    assert page.text.count('<svg class="bars"') == 4
    assert "style=" not in page.text
    assert page.text.count("<script") == 1  # the one of every page
    shown = len(page.context["rows"])
    assert len(sheet.content.decode("utf-8-sig").splitlines()) == 1 + shown


def test_no_cell_of_the_sheet_is_a_formula(network, secretary):
    Country.objects.update(names=dict.fromkeys(("es", "pt", "en", "fr"), "=cmd()"))

    cells = secretary.get("/es/workspace/statistics.csv").content.decode("utf-8-sig").replace("\r\n", ",").split(",")

    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == []


def test_it_asks_as_much_for_3_cities_as_for_300(network, secretary):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert secretary.get(PAGE).status_code == 200
        return len(asked)

    queries()
    few = queries()
    country = Country.objects.get()
    for number in range(300):
        name = f"Villa {number}"
        city = City.objects.create(
            slug=f"villa-{number}", names={"es": name}, name_sort=name, country=country, population=1000
        )
        move(city=city, to=MembershipStatus.MEMBER, on=dt.date(2026, 1, 1), by=None)

    assert (queries(), few <= 12) == (few, True)


def test_nobody_else_finds_it(network, client):
    client.force_login(network.member)

    assert (client.get(PAGE).status_code, client.get("/es/workspace/statistics.csv").status_code) == (404, 404)
