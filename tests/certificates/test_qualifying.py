"""Who stayed long enough: by the reports, by the door, by registration or by record."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plaza.attendance.domain.deciding import say_who
from plaza.attendance.models import AttendanceRow
from plaza.certificates.domain.candidates import roll_of
from plaza.certificates.domain.rules import set_rule
from plaza.certificates.models import CertificateRule
from plaza.directory.models import Person
from tests.attendance.conftest import ANA
from tests.certificates.conftest import DESK, found, row_of, with_place


def told(meeting):
    return {each.name: (each.minutes, each.qualifies) for each in roll_of(meeting).people}


def test_three_quarters_of_the_meeting_are_asked_where_nothing_else_was_said(held, receive, ines):
    with_place(held, "Luiz Costa", "luiz@example.org")
    with_place(held, "Ema Reis", "ema@example.org")
    receive(
        row_of("Inês Souza", 90, "INES@example.org"),
        row_of("Luiz Costa", 60, "luiz@example.org"),
        # Twice at once, from a telephone too: an hour and a half together, never two hours.
        row_of("Luiz C.", 60, "luiz@example.org", start="15:29"),
    )

    assert told(held) == {"Inês Souza": (90, True), "Luiz Costa": (89, False), "Ema Reis": (None, False)}
    assert roll_of(held).wanted == {held.pk: 90}


def test_minutes_may_be_asked_instead(held, receive, ines, network):
    receive(row_of("Inês Souza", 40, "ines@example.org"))
    set_rule(meeting=held, by=network.secretary, measure="minutes", amount=41)
    assert told(held) == {"Inês Souza": (40, False)}

    set_rule(meeting=held, by=network.secretary, measure="minutes", amount=40)
    assert told(held) == {"Inês Souza": (40, True)}


def test_who_was_checked_in_at_the_door_has_stayed_unless_the_desk_says_otherwise(held, network):
    with_place(held, "Rosa Lima", "rosa@example.org", checked_in=True)

    assert told(held) == {"Rosa Lima": (None, True)}
    set_rule(meeting=held, by=network.secretary, counts_door=False)
    assert told(held) == {"Rosa Lima": (None, False)}


def test_two_devices_of_one_person_under_two_addresses_are_one_stay(held, receive, network):
    """One row is hers by the address of her registration, the other by her record of the directory."""
    ana = network.people["Ana Ribera"]
    with_place(held, "Ana Ribera", "ana@riberas.example.org", person=ana)
    receive(
        row_of("Ana Ribera", 60, city="Riberas"), row_of("Ana Ribera", 45, "ana@riberas.example.org", start="16:00")
    )

    assert told(held) == {"Ana Ribera": (105, True)}


def test_two_people_by_the_one_address_of_a_desk_are_two_stays(held, receive, network):
    """Who she is was decided by a person: the address does not say otherwise. While nobody has said it, it is nobody's."""
    with_place(held, "Ana Ribera", "desk@riberas.example.org", person=network.people["Ana Ribera"])
    receive(row_of("Ana Ribera", 100, "desk@riberas.example.org"))
    receive(row_of("Zoé Lejana", 30, "desk@riberas.example.org", start="16:30"))
    row = AttendanceRow.objects.get(name="Zoé Lejana")
    assert (row.match, told(held)) == ("doubt", {"Ana Ribera": (100, True)})

    luis = network.people["Luis Prado"]
    say_who(row=row, person=luis, by=network.secretary)
    assert told(held) == {"Ana Ribera": (100, True), "Luis Prado": (30, False)}


def test_a_person_of_the_directory_who_came_without_registering_may_get_one_and_a_stranger_not(held, receive):
    receive(row_of("Ana Ribera", 100, city="Riberas"), row_of("Somebody Else", 100, "else@example.org"))

    assert told(held) == {"Ana Ribera": (100, True)}
    assert found(held, "Ana Ribera").key.startswith("p")


def test_who_asked_not_to_be_named_is_in_the_roll_only_by_her_own_registration(held, receive, network):
    receive(ANA)
    Person.objects.filter(name="Ana Ribera").update(is_withdrawn=True)
    assert told(held) == {}

    with_place(held, "Ana R.", "ana@riberas.example.org", person=network.people["Ana Ribera"])
    assert told(held) == {"Ana R.": (60, False)}


def test_a_report_that_tells_no_time_qualifies_nobody(held, receive, ines):
    receive("Inês Souza,ines@example.org,,,,", row_of("Ema", 30, "ema@example.org"))

    assert told(held) == {"Inês Souza": (None, False)}


def test_the_roll_costs_the_same_twelve_queries_at_most_for_three_people_and_for_thirty(
    held, receive, secretary, network
):
    receive(row_of("Ana Ribera", 100, city="Riberas"))

    def cost(n):
        people = [(f"Person {n}-{i}", f"p{n}-{i}@example.org") for i in range(n)]
        for name, email in people:
            with_place(held, name, email)
        receive(*(row_of(name, 100, email) for name, email in people))
        with CaptureQueriesContext(connection) as asked:
            assert secretary.get(DESK).status_code == 200
        return len(asked)

    secretary.get(DESK)
    few = cost(3)

    assert (cost(30), few <= 12) == (few, True)


@pytest.mark.parametrize(
    ("bad", "beside"),
    [
        ({"amount": "101"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "a lot"}, "amount"),
        ({"amount": "6001", "measure": "minutes"}, "amount"),
        ({"measure": "moons"}, "measure"),
    ],
)
def test_a_rule_that_cannot_be_is_said_beside_its_field(secretary, held, bad, beside):
    answer = secretary.post(DESK, {"deed": "rule", "amount": "75", "measure": "share", **bad})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [beside])
    assert not CertificateRule.objects.exists()


def test_the_desk_says_who_does_not_qualify_and_by_how_much(secretary, held, receive, ines):
    receive(row_of("Inês Souza", 89, "ines@example.org"))
    page = secretary.get(f"{DESK}?show=short").text

    assert ("Inês Souza" in page, "89" in page, "90 min" in page) == (True, True, True)
    assert "Inês Souza" not in secretary.get(f"{DESK}?show=due").text


def test_nothing_is_issued_before_the_meeting_is_over(secretary, held, receive, ines):
    receive(row_of("Inês Souza", 110, "ines@example.org"))
    held.status, held.ends_at = "announced", held.ends_at + dt.timedelta(days=3000)
    held.save()

    assert 'value="issue"' not in secretary.get(DESK).text
    secretary.post(DESK, {"deed": "issue"})
    assert not held.certificates.exists()
