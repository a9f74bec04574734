"""From a report to who came: the ledger balances, people are found, the rest is asked for."""

import datetime as dt

import pytest

from plaza.attendance.choices import ImportState, Match
from plaza.attendance.domain.came import ledger, who_came
from plaza.attendance.domain.deciding import NotSo, say_new, say_times, say_who, undo
from plaza.attendance.domain.receiving import HereAlready, NotHere, receive_report, take_back
from plaza.attendance.models import AttendanceImport, AttendanceInterval, AttendanceRow
from plaza.core import history
from plaza.directory.models import KnownAddress, Person
from plaza.registration.models import Registration
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


def test_who_has_an_address_here_is_found_by_it_and_a_strange_name_is_a_doubt(receive, network):
    KnownAddress.objects.create(person=network.people["João Mar"], email="joao@mar.example.org")
    KnownAddress.objects.create(person=network.people["Rose Hill"], email="office@hill.example.org")
    network.people["Luis Prado"].user = network.member
    network.people["Luis Prado"].save(update_fields=["user"])

    report = receive(
        "Joao Mar (Porto Mar),JOAO@mar.example.org,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,",
        "Tom Brook,office@hill.example.org,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,",
        "iPhone,member@example.org,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,",
    )

    assert matches(report) == [
        ("Joao Mar (Porto Mar)", Match.ADDRESS, "João Mar"),
        ("Tom Brook", Match.DOUBT, None),
        ("iPhone", Match.ADDRESS, "Luis Prado"),
    ]
    assert report.rows.get(number=2).candidates == [[network.people["Rose Hill"].pk, ["address"]]]
    assert [row.city.slug for row in report.rows.exclude(person=None)] == ["porto-mar", "riberas"]


def test_who_registered_is_known_by_the_address_she_registered_with(receive, network, held):
    Registration.objects.create(
        meeting=held, number=1, token_hash="a" * 64, door_hash="b" * 64, name="Rose Hill", language="en",
        email="rose@home.example.org", person=network.people["Rose Hill"], sector="academia",
    )  # fmt: skip

    report = receive("Rose H.,rose@home.example.org,2026-03-12T15:00:00Z,2026-03-12T16:00:00Z,60,")

    found = report.rows.get()
    assert (found.match, found.person, found.sector) == (Match.ADDRESS, network.people["Rose Hill"], "academia")


def test_two_people_of_one_name_are_never_told_apart_by_guessing(receive, network):
    Person.objects.create(name="Ana Ribera", slug="ana-ribera-2")

    report = receive(ANA, "Ana Ribera - Alcaldía de Riberas,ana@other.example.org,2026-03-12T15:00:00Z,,,")

    assert matches(report) == [
        ("Ana Ribera", Match.DOUBT, None),
        ("Ana Ribera - Alcaldía de Riberas", Match.DOUBT, None),
    ]
    assert [why for _, why in report.rows.get(number=1).candidates] == [["same name", "city"], ["same name"]]


def test_a_doubt_is_decided_by_a_person_and_undone(receive, held, network):
    report = receive(LUIS)
    row, luis = report.rows.get(), network.people["Luis Prado"]

    say_who(row=row, person=luis, by=network.secretary)
    say_who(row=row, person=luis, by=network.secretary)

    row.refresh_from_db()
    report.refresh_from_db()
    assert (row.match, row.person, row.city, row.sector) == (Match.DECIDED, luis, network.cities["Riberas"], "public")
    assert report.state == ImportState.DONE
    assert came(held) == [("Luis Prado", 20, 17)]

    undo(row=row, by=network.secretary)

    row.refresh_from_db()
    report.refresh_from_db()
    assert (row.match, row.person, report.state) == (Match.DOUBT, None, ImportState.MATCHED)
    assert [entry.verb for entry in history.of(report)] == [
        "attendance received", "attendance decided", "attendance decided", "attendance decision undone",
    ]  # fmt: skip


def test_somebody_new_goes_again_when_it_is_undone_and_a_room_is_not_counted(receive, held, network):
    report = receive(GUEST, PHONE)
    guest, phone = report.rows.all()

    made = say_new(row=guest, name="Marta Lejana", by=network.secretary)
    again = say_new(row=guest, name="Marta Lejana", by=network.secretary)
    say_who(row=phone, person=None, by=network.secretary)

    assert again == made
    assert came(held) == [("Marta Lejana", 60, 50)]

    undo(row=guest, by=network.secretary)
    undo(row=phone, by=network.secretary)

    assert not Person.objects.filter(pk=made.pk).exists()
    assert matches(report) == [("Marta Lejana", Match.UNKNOWN, None), ("iPhone", Match.UNKNOWN, None)]
    assert [name for name, *_ in came(held)] == ["iPhone", "Marta Lejana"]


def test_a_report_taken_back_leaves_nothing_and_may_come_again(receive, held, network):
    people = Person.objects.count()
    report = receive(ANA, GUEST)
    say_new(row=report.rows.get(name="Marta Lejana"), name="Marta Lejana", by=network.secretary)

    take_back(report=report, by=network.secretary)
    take_back(report=report, by=network.secretary)

    assert (AttendanceRow.objects.count(), AttendanceInterval.objects.count()) == (0, 0)
    assert Person.objects.count() == people
    report.refresh_from_db()
    assert (report.state, report.report, report.put_aside, report.name) == (ImportState.TAKEN_BACK, {}, [], "")
    assert came(held) == []
    with pytest.raises(NotSo):
        say_times(report=report, by=network.secretary)
    receive(ANA, GUEST)
    assert came(held) == [("Ana Ribera", 60, 50), ("Marta Lejana", 60, 50)]


def test_the_same_file_twice_is_told_and_changes_nothing(receive, held):
    report = receive(ANA)

    with pytest.raises(HereAlready) as already:
        receive(ANA)

    assert already.value.as_ == report
    assert AttendanceImport.objects.count() == 1


def test_a_time_without_zone_counts_only_when_the_zone_is_said(receive, held, network):
    report = receive("Ana Ribera,,2026-03-12 10:00,2026-03-12 11:00,60,Riberas")

    assert (report.state, report.asks, report.zone) == (ImportState.ASKED, ["zone"], "")
    assert (came(held), AttendanceInterval.objects.count()) == ([], 0)
    for zone in ("", "Mars/Olympus", "../../etc/passwd"):
        with pytest.raises(NotSo):
            say_times(report=report, by=network.secretary, zone=zone)

    say_times(report=report, by=network.secretary, zone="America/Guayaquil")

    assert AttendanceInterval.objects.get().joined == dt.datetime(2026, 3, 12, 15, tzinfo=dt.UTC)
    assert came(held) == [("Ana Ribera", 60, 50)]

    say_times(report=report, by=network.secretary, zone="UTC")

    assert AttendanceInterval.objects.get().joined == dt.datetime(2026, 3, 12, 10, tzinfo=dt.UTC)


def test_a_date_that_is_both_d_m_and_m_d_is_decided_by_the_meetings_day_or_by_a_person(receive, held, network):
    row = "Ana Ribera,,03/12/2026 10:00,03/12/2026 11:00,60,Riberas"
    report = receive(row)

    assert (report.asks, report.order) == (["zone"], "month first")

    held.date = None
    held.save(update_fields=["date_start", "date_end"])
    other = receive(row, row.replace("Ana Ribera", "Rose Hill"))

    assert (other.asks, other.order) == (["order", "zone"], "")
    say_times(report=other, by=network.secretary, order="day first", zone="UTC")
    assert other.rows.get(name="Ana Ribera").intervals.get().joined == dt.datetime(2026, 12, 3, 10, tzinfo=dt.UTC)
    say_times(report=other, by=network.secretary, order="month first", zone="UTC")
    assert other.rows.get(name="Ana Ribera").intervals.get().joined == dt.datetime(2026, 3, 12, 10, tzinfo=dt.UTC)


def test_a_report_without_days_asks_for_the_day_and_goes_on_past_midnight(receive, held, network):
    report = receive(
        "Ana,Ribera,ana@ribera.example.org,1 hr 2 min,11:30 PM,12:32 AM",
        head="First name,Last name,Email,Duration,Time joined,Time exited",
    )

    assert report.asks == ["day", "zone"]
    say_times(report=report, by=network.secretary, day=dt.date(2026, 3, 12), zone="UTC")

    stay = AttendanceInterval.objects.get()
    assert (stay.joined, stay.left) == (
        dt.datetime(2026, 3, 12, 23, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 13, 0, 32, tzinfo=dt.UTC),
    )


def test_a_list_of_who_registered_is_refused_for_it_says_nothing_of_who_came(held, network):
    path = "tests/formats/attendance/zoom_registration_en.csv"
    with open(path, "rb") as file, pytest.raises(NotHere):
        receive_report(meeting=held, data=file.read(), by=network.secretary)

    assert not AttendanceImport.objects.exists()
