"""From a report to who came: the ledger balances, people are found, the rest is asked for."""

from plaza.attendance.choices import ImportState, Match
from plaza.attendance.domain.came import ledger, who_came
from plaza.core import history
from tests.attendance.conftest import ANA, ANA_AGAIN, GUEST, LUIS, NOBODY, PHONE


def matches(report):
    return [(row.name, row.match, row.person and row.person.name) for row in report.rows.select_related("person")]


def came(meeting):
    return [(each.name, each.minutes, each.share) for each in who_came(meeting.pk)]


def test_a_report_is_kept_with_its_people_and_every_row_is_accounted_for(receive, held):
    report = receive(ANA, ANA_AGAIN, LUIS, GUEST, PHONE, NOBODY)

    assert matches(report) == [
        ("Ana Ribera", Match.NAME_AND_CITY, "Ana Ribera"),
        ("L. Prado", Match.DOUBT, None),
        ("Marta Lejana", Match.UNKNOWN, None),
        ("iPhone", Match.UNKNOWN, None),
    ]
    found = ledger(report)
    assert (found.rows_in, found.of_people, found.put_aside, found.balances) == (7, 5, 2, True)
    assert (report.state, report.asks) == (ImportState.MATCHED, [])
    assert [entry.verb for entry in history.of(report)] == ["attendance received"]


def test_minutes_are_the_union_of_all_stays_in_all_reports(receive, held):
    receive(ANA)
    receive(ANA_AGAIN, LUIS)

    assert came(held) == [("Ana Ribera", 90, 75), ("L. Prado", 20, 17)]
