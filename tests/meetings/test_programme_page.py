"""The programme as readers see it: by day, hour and room, in two zones, narrowed; light, and cheap for 300 sessions."""

import gzip
import json
import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plaza.core.models import Origin
from plaza.core.translations import translate
from plaza.directory.domain.people import enrol
from plaza.directory.domain.roles import entrust
from plaza.directory.models import City
from plaza.meetings.choices import MeetingStatus, SessionKind
from plaza.meetings.domain.changes import change_session
from plaza.meetings.domain.parts import InsideItself, modules_of, put_inside
from plaza.meetings.domain.places import add_room
from plaza.meetings.domain.programme import add_meeting
from plaza.meetings.domain.programme_page import programme_of
from plaza.meetings.domain.states import move_meeting
from plaza.meetings.models import Appearance, Meeting, Session
from tests.meetings.conftest import at

# Titles that do not pack as if they were one.
WORDS = (
    "agua río ciudad mercado calle bus sirena barrio puente escuela basura suelo clima deuda bono "
    "alcaldía plan mujer joven puerto lluvia calor sombra árbol vivienda ladera energía red dato mapa "
    "salud parque plaza feria taller museo radio cuidado crédito presupuesto voto consulta norma archivo frontera "
    "migrante memoria música bicicleta vereda túnel "
)
PAGE = "/es/meetings/cumbre/programme/"


@pytest.fixture
def announced(summit):
    move_meeting(meeting=summit.meeting, to="announced", by=None)
    return summit


def drawn(programme):
    """Each day as a table: for each row its hour, then each cell: titles, rows, columns."""
    return [
        [
            (
                f"{row.starts:%H:%M}",
                [(" + ".join(slot.title.text for slot in c.items), c.rows, c.columns) for c in row.cells],
            )
            for row in day.table.rows
        ]
        for day in programme.days
    ]


def test_a_day_is_a_grid_of_rooms_and_hours_with_what_is_for_all_across_it(summit):
    summit.add("Almuerzo", 5, "12:00", "14:00", kind=SessionKind.BREAK)

    assert drawn(programme_of(summit.meeting)) == [
        [
            ("09:00", [("Apertura", 1, 2)]),
            ("10:00", [("El río crece", 2, 1), ("Buses de noche", 1, 1)]),
            ("11:00", [("Mercados", 1, 1)]),
            ("12:00", [("Almuerzo", 1, 2)]),
        ],
        [("09:00", [("Sirenas", 1, 1)])],
    ]


def test_a_room_that_is_taken_twice_shows_both(summit):
    change_session(session=summit.sessions["Mercados"], room=summit.rooms["Sala Azul"], by=None)

    assert drawn(programme_of(summit.meeting))[0][1:] == [
        ("10:00", [("El río crece", 1, 1), ("Buses de noche", 1, 1)]),
        ("11:00", [("Mercados", 1, 1), ("", 1, 1)]),
    ]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("?day=2027-10-06", {"Sirenas"}),
        ("?track={Agua}", {"Apertura", "El río crece", "Sirenas"}),
        ("?language=pt", {"Buses de noche"}),
        (
            "?day=mañana&track=x&language=tlh&zone=../etc",
            {"Apertura", "El río crece", "Buses de noche", "Mercados", "Sirenas"},
        ),
    ],
)
def test_readers_narrow_it_by_day_track_and_language(announced, client, asked, titles):
    tracks = {name: row.pk for name, row in announced.tracks.items()}
    page = client.get(PAGE + asked.format(**tracks)).text

    assert {title for title in announced.sessions if title in page} == titles


def test_hours_stand_in_the_meetings_zone_and_in_the_one_a_reader_chose(announced, client):
    page = client.get(f"{PAGE}?zone=America/Sao_Paulo").text
    far = client.get(f"{PAGE}?zone=Asia/Tokyo").text

    assert ("<b>09:00–10:30</b>" in page, "(São Paulo 11:00–12:30)" in page) == (True, True)
    assert "Tokyo 6 de octubre, 00:00–02:00" in far


def test_a_member_sees_the_hours_of_her_city_without_asking(announced, network, client):
    City.objects.filter(slug="porto-mar").update(timezone="America/Recife")
    entrust(user=network.member, city=network.cities["Porto Mar"], by=None)
    client.force_login(network.member)

    assert "(Recife 11:00–12:30)" in client.get(PAGE).text


def test_a_session_that_was_cancelled_is_struck_through_and_called_so(announced, client):
    change_session(session=announced.sessions["Sirenas"], is_cancelled=True, by=None)
    page = client.get("/en/meetings/cumbre/programme/").text

    assert re.search(r"<s>.*Sirenas.*</s></a> <span class=\"chip gap\">cancelled</span>", page)


def test_titles_rooms_and_tracks_are_in_the_readers_language(announced, client):
    for subject, field in ((announced.sessions["Sirenas"], "title"), (announced.rooms["Sala Azul"], "name")):
        translate(subject=subject, field=field, language="fr", text=f"fr {field}", origin=Origin.HUMAN, by=None)
    page = client.get("/fr/meetings/cumbre/programme/").text

    assert ("fr title" in page, "fr name" in page, "Sirenas</" in page) == (True, True, False)


def test_who_asked_not_to_be_named_is_not(announced, network, client):
    type(network.people["Ana Ribera"]).objects.filter(slug="ana-ribera").update(is_withdrawn=True)
    for page in (PAGE, "/es/meetings/cumbre/", "/es/meetings/cumbre/sessions/3/"):
        assert "Ribera<" not in client.get(page).text


def test_machines_read_the_meeting_with_its_sessions(announced, client):
    Meeting.objects.filter(pk=announced.meeting.pk).update(title="Cumbre </script><b>")
    found = re.search(r"<script type=\"application/ld\+json\">(.*?)</script>", client.get(PAGE).text)
    data = json.loads(found[1])

    assert (data["@type"], data["name"], data["startDate"]) == (
        "Event", "Cumbre </script><b>", "2027-10-05T09:00:00-05:00",
    )  # fmt: skip
    assert data["subEvent"][1] == {
        "@type": "Event", "name": "El río crece", "location": "Sala Azul",
        "startDate": "2027-10-05T10:00-05:00", "endDate": "2027-10-05T12:00-05:00",
    }  # fmt: skip


def test_parts_stand_on_both_pages_as_far_as_one_may_see_them(announced, network, client):
    part = add_meeting(title="Taller de sirenas", slug="taller", language="es", kind="workshop", by=None)
    put_inside(meeting=part, parent=announced.meeting, by=None)
    assert "Taller de sirenas" not in client.get("/es/meetings/cumbre/").text

    move_meeting(meeting=part, to="announced", by=None)
    assert "Taller de sirenas" in client.get("/es/meetings/cumbre/").text
    assert "Cumbre de los ríos" in client.get("/es/meetings/taller/").text
    Meeting.objects.filter(pk=announced.meeting.pk).update(status=MeetingStatus.DRAFT)
    assert "Cumbre de los ríos" not in client.get("/es/meetings/taller/").text


def test_a_meeting_is_no_part_of_itself_not_even_by_way_of_another(announced):
    part = add_meeting(title="Taller", language="es", kind="workshop", by=None)
    put_inside(meeting=part, parent=announced.meeting, by=None)

    for parent in (part, announced.meeting):
        with pytest.raises(InsideItself):
            put_inside(meeting=announced.meeting, parent=parent, by=None)


def test_the_modules_of_a_course_come_in_their_order(summit):
    for title, hour in (("Segundo", "12"), ("Primero", "10")):
        summit.add(title, 6, f"{hour}:00", f"{hour}:30", kind=SessionKind.MODULE)
    change_session(session=summit.sessions["Primero"], number=1000, by=None)

    assert [module.title for module in modules_of(summit.meeting)] == ["Segundo", "Primero"]


def fill(announced, network, count):
    """Up to `count` sessions over three days in ten rooms, three people in each."""
    rooms = [add_room(meeting=announced.meeting, name=f"Salón {n}", by=None) for n in range(10)]
    people = [enrol(name=f"Persona Número {n}", language="es", by=None) for n in range(60)]
    standing, lot = announced.meeting.sessions.count(), random.Random(7)
    rows = []
    for n in range(count - standing):
        day, slot = 5 + n % 3, n // 30
        begins = at(day, f"{9 + slot % 9:02d}:00")
        rows.append(
            Session(
                meeting=announced.meeting, number=1000 + n, language="es", room=rooms[n // 3 % 10],
                title=" ".join(lot.choices(WORDS.split(), k=7)).capitalize(), starts_at=begins, ends_at=begins.replace(minute=45),
                track=announced.tracks["Agua" if n % 2 else "Calles"], interpretation=["pt"] if n % 4 == 0 else [],
            )
        )  # fmt: skip
    cities = list(network.cities.values())
    Appearance.objects.bulk_create(
        Appearance(
            session=session, person=people[(n * 3 + k) % 60], city=cities[k], affiliation="Dirección de obras públicas"
        )
        for n, session in enumerate(Session.objects.bulk_create(rows))
        for k in range(3)
    )


def cost(client, page):
    client.get(page)  # what Django asks once a process
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page)
    return len(queries), len(gzip.compress(answer.content))


def test_300_sessions_cost_as_many_queries_as_30_and_weigh_little(announced, network, client):
    fill(announced, network, 30)
    few = {page: cost(client, page) for page in (PAGE, "/es/meetings/cumbre/")}
    fill_more(announced, network)
    many = {page: cost(client, page) for page in (PAGE, "/es/meetings/cumbre/")}

    assert Session.objects.filter(meeting=announced.meeting).count() == 300
    assert {page: n for page, (n, _) in few.items()} == {page: n for page, (n, _) in many.items()}
    assert (many[PAGE][0] <= 15, many["/es/meetings/cumbre/"][0] <= 12) == (True, True)
    assert (many[PAGE][1] <= 39_000, many["/es/meetings/cumbre/"][1] <= 8_000) == (True, True)


def fill_more(announced, network):
    Session.objects.filter(number__gte=1000).delete()
    announced.meeting.rooms.filter(name__startswith="Salón").delete()
    fill(announced, network, 300)
