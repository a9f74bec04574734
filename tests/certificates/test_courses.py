"""A course: its cohort, its modules, who completed it and what is missing to the others."""

import csv
import io

import pytest
from django.db.models import Q
from python_calamine import CalamineWorkbook

from plaza.attendance.domain.receiving import receive_report
from plaza.attendance.domain.registered import registered_for
from plaza.attendance.models import AttendanceRow
from plaza.certificates.domain.candidates import roll_of
from plaza.certificates.domain.rules import has_been_held, set_rule
from plaza.certificates.models import Certificate
from plaza.meetings.models import Meeting
from plaza.registration.domain.desks import open_registration
from plaza.registration.models import RegistrationDesk
from tests.attendance.conftest import report_of
from tests.certificates.conftest import all_issued, row_of, with_place

HERE = "/es/workspace/meetings/curso/course/"
DAYS = (2, 9, 16)


@pytest.fixture
def attended(course, network):
    """`attended({"Inês Souza": (90, 70, None)})`: minutes in each of the three modules, by the address in the course."""

    def attended(people):
        for number, day in enumerate(DAYS):
            rows = [
                row_of(name, minutes[number], email, day=day)
                for name, (email, *minutes) in people.items()
                if minutes[number] is not None
            ]
            if rows:
                module = Meeting.objects.get(slug=f"modulo-{number + 1}")
                receive_report(meeting=module, data=report_of(*rows), name="reporte.csv", by=network.secretary)

    return attended


@pytest.fixture
def cohort(course, attended, network):
    with_place(course, "Inês Souza", "ines@example.org")
    with_place(course, "=Luiz", "luiz@example.org")
    with_place(course, "Ema Reis", "ema@example.org")
    attended({
        "Inês Souza": ("ines@example.org", 90, 70, None),
        "=Luiz": ("luiz@example.org", 30, 85, None),
        "Marta Lejana": ("marta@example.org", 90, 90, 90),
    })  # fmt: skip
    set_rule(meeting=course, by=network.secretary, modules=2)
    return course


def test_who_attended_so_many_of_its_modules_long_enough_completed_it(cohort):
    roll = roll_of(cohort)

    assert ([module.slug for module in roll.modules], roll.needed, list(roll.wanted.values())) == (
        ["modulo-1", "modulo-2", "modulo-3"], 2, [68, 68, 68],
    )  # fmt: skip
    assert [(each.name, [part.minutes for part in each.parts], each.done, each.qualifies) for each in roll.people] == [
        ("=Luiz", [30, 85, None], 1, False),
        ("Ema Reis", [None, None, None], 0, False),
        ("Inês Souza", [90, 70, None], 2, True),
    ]


def test_its_certificate_says_the_modules_and_the_hours_of_all_of_them(cohort, network, client):
    (row,) = all_issued(cohort, network)

    assert (row.name, row.modules, row.all_modules, row.length, row.seconds) == ("Inês Souza", 2, 3, 16200, 9600)
    page = client.get(f"/en/certificates/{row.code}/").text
    for words in (
        "2 of 3 modules",
        "4 h 30 min",
        "2 h 40 min",
        "March 2 to 16, 2026",
        "Curso de alerta temprana",
    ):
        assert words in page


def test_all_of_its_modules_are_asked_where_nothing_else_was_said(cohort, network):
    set_rule(meeting=cohort, by=network.secretary, modules=None)

    assert (roll_of(cohort).needed, roll_of(cohort).due) == (3, [])


def test_a_cancelled_module_is_asked_of_nobody(cohort, network):
    set_rule(meeting=cohort, by=network.secretary, modules=None)
    Meeting.objects.filter(slug="modulo-3").update(status="cancelled")

    assert [each.name for each in roll_of(cohort).due] == ["Inês Souza"]


def test_who_is_checked_in_at_the_door_of_a_module_attended_it(cohort):
    module = Meeting.objects.get(slug="modulo-3")
    with_place(module, "Luiz", "luiz@example.org", checked_in=True)

    luiz = next(each for each in roll_of(cohort).people if each.name == "=Luiz")
    assert ([part.at_door for part in luiz.parts], luiz.qualifies) == ([False, False, True], True)


def test_a_registration_in_the_course_tells_who_came_to_its_modules(course, network):
    """Her person and her city are known in the module by what she said for the course."""
    ana = network.people["Ana Ribera"]
    with_place(course, "Ana R.", "ana@example.org", person=ana, city=network.cities["Riberas"], sector="public")
    module = Meeting.objects.get(slug="modulo-1")
    receive_report(meeting=module, data=report_of(row_of("Ana Ribera", 90, "ana@example.org", day=2)), name="r.csv",
                   by=network.secretary)  # fmt: skip

    row = AttendanceRow.objects.get()
    assert (row.match, row.person, row.city.slug) == ("address", ana, "riberas")
    assert [each.done for each in roll_of(course).people] == [1]
    # What was said for the module itself counts first; a part of what is no course has only its own.
    with_place(module, "Ana of the module", "ana@example.org")
    assert registered_for(module)["ana@example.org"].name == "Ana of the module"
    Meeting.objects.filter(pk=course.pk).update(kind="summit")
    assert set(registered_for(Meeting.objects.get(slug="modulo-2"))) == set()


def test_the_cohort_is_a_table_that_says_what_is_missing(cohort, client, network):
    client.force_login(network.secretary)
    page = client.get(HERE.replace("/es/", "/en/")).text

    assert "1 of: Módulo 1; Módulo 3" in page
    assert "2 of: Módulo 1; Módulo 2; Módulo 3" in page
    assert page.count("<tr>") == 4
    assert client.get("/es/workspace/meetings/modulo-1/course/").status_code == 404


def test_the_table_costs_the_same_twelve_queries_at_most_for_few_people_and_for_many(
    cohort, attended, client, network, django_assert_max_num_queries
):
    client.force_login(network.secretary)
    attended({"Ana Ribera": ("", 90, 90, 90)})
    client.get(HERE)
    with django_assert_max_num_queries(12) as few:
        client.get(HERE)
    for number in range(20):
        with_place(cohort, f"Person {number}", f"p{number}@example.org", city=network.cities["Riberas"])
    with django_assert_max_num_queries(12) as many:
        client.get(HERE)

    assert len(many) == len(few)


def test_the_cohort_as_a_sheet_has_no_live_cell(cohort, client, network):
    client.force_login(network.secretary)
    table = list(csv.reader(io.StringIO(client.get(f"{HERE}sheet.csv").content.decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{HERE}sheet.xlsx").content))

    assert [row[0] for row in table[1:]] == ["'=Luiz", "Ema Reis", "Inês Souza"]
    assert table[3][3:11] == ["90", "sí", "70", "sí", "", "no", "2", "sí"]
    assert [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]] == ["=Luiz", "Ema Reis", "Inês Souza"]
    assert client.get(f"{HERE}sheet.ods").status_code == 404
    assert client.get("/es/workspace/meetings/curso/certificates/sheet.csv").status_code == 200


def test_the_desk_of_a_course_asks_in_how_many_modules_and_no_more_than_there_are(cohort, client, network):
    client.force_login(network.secretary)
    desk = "/es/workspace/meetings/curso/certificates/"
    rule = {"deed": "rule", "amount": "50", "measure": "share", "modules": "4"}

    assert list(client.post(desk, rule).context["form"].errors) == ["modules"]
    assert client.post(desk, {**rule, "modules": "1"}).status_code == 302
    assert sorted(each.name for each in roll_of(cohort).due) == ["=Luiz", "Inês Souza"]
    assert "curso/course/" in client.get("/es/workspace/meetings/curso/").text


def test_its_page_shows_its_modules_in_order_and_a_module_leads_to_its_registration(course, client):
    Meeting.objects.filter(Q(pk=course.pk) | Q(parent=course)).update(status="announced", date_end="2099-01-01")
    open_registration(meeting=Meeting.objects.get(pk=course.pk), by=None)
    page = client.get("/en/meetings/curso/").text

    modules = page.partition("<h2>Modules</h2>")[2].partition("</ol>")[0]
    assert [f"Módulo {number}" in part for number, part in enumerate(modules.split("<li>")[1:], start=1)] == [True] * 3
    assert "Its parts" not in page
    module = client.get("/en/meetings/modulo-1/").text
    assert ("Register for the course" in module, "/en/meetings/curso/register/" in module) == (True, True)
    # A desk of the module's own stands before that of the course.
    RegistrationDesk.objects.create(meeting=Meeting.objects.get(slug="modulo-1"), language="es")
    assert "Register for the course" not in client.get("/en/meetings/modulo-1/").text


def test_a_course_without_modules_says_how_they_are_added(course, client, network):
    Meeting.objects.filter(parent=course).update(parent=None)
    client.force_login(network.secretary)

    assert "has no modules yet" in client.get(HERE.replace("/es/", "/en/")).text
    assert not Certificate.objects.exists()


def test_who_registered_for_the_course_may_get_a_certificate_of_one_module_too(cohort, network):
    module = Meeting.objects.get(slug="modulo-1")
    own = with_place(module, "Inês of the module", "ines@example.org")

    assert [(each.name, each.minutes, each.qualifies) for each in roll_of(module).people] == [
        ("=Luiz", 30, False), ("Ema Reis", None, False), ("Inês of the module", 90, True),
    ]  # fmt: skip
    (row,) = all_issued(module, network)
    assert (row.registration, row.modules) == (own, None)


def test_a_course_without_a_date_of_its_own_is_over_when_its_modules_are(course):
    Meeting.objects.filter(pk=course.pk).update(status="announced", date_start=None, date_end=None, date_precision="")
    whole = Meeting.objects.get(pk=course.pk)
    assert has_been_held(whole)

    last = Meeting.objects.get(slug="modulo-3")
    Meeting.objects.filter(pk=last.pk).update(starts_at="2099-01-01T10:00Z", ends_at="2099-01-01T12:00Z")
    assert not has_been_held(whole)
    Meeting.objects.filter(parent=course).update(parent=None)
    assert not has_been_held(whole)
