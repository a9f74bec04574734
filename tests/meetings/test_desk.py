"""The desk of meetings: from a draft to a programme that everybody reads, by forms alone."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plaza.core import history
from plaza.directory.domain.people import appoint
from plaza.meetings.domain.doors import Door, desk_doors, doors
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.domain.states import move_meeting
from plaza.meetings.models import Meeting, Session
from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import Topic


def desk(name, *values):
    return reverse(f"meetings:{name}", args=values)


def test_a_secretary_takes_a_draft_to_a_public_programme_by_forms_alone(network, client):
    client.force_login(network.secretary)
    client.post(desk("add"), {"title": "Foro del agua", "language": "es", "kind": "forum"})
    meeting = Meeting.objects.get(slug="foro-del-agua")
    hours = {"timezone": "America/Bogota", "first_day": "2027-03-12", "first_hour": "09:00", "last_hour": "12:30"}
    client.post(desk("hours", meeting.slug), hours)
    client.post(
        desk("places", meeting.slug), {"which": "room", "name_es": "Sala A", "name_pt": "Sala A", "seats": "80"}
    )
    values = {
        "title": "Ríos",
        "kind": "panel",
        "day": "2027-03-12",
        "starts": "09:00",
        "ends": "10:30",
        "language": "es",
    }
    room = meeting.rooms.get()
    answer = client.post(desk("new-session", meeting.slug), values | {"room": room.pk, "interpretation": ["pt", "en"]})
    number = meeting.sessions.get(title="Ríos").number
    client.post(answer["Location"], {"deed": "stage", "person": "Ana Ribera", "role": "panelist"})
    client.logout()
    assert client.get(f"/es/meetings/{meeting.slug}/programme/").status_code == 404

    client.force_login(network.secretary)
    client.post(desk("move", meeting.slug), {"to": "announced"})
    client.logout()
    page = client.get(f"/es/meetings/{meeting.slug}/programme/").text
    shown = [
        word in page for word in ("Ríos", "09:00–10:30", "Sala A", "Português, English", "Ana Ribera", "Alcaldesa")
    ]

    assert shown == [True] * 6
    meeting.refresh_from_db()
    assert (str(meeting.date_start), meeting.hours) == ("2027-03-12", "09:00–12:30 (Bogotá)")
    assert client.get(f"/pt/meetings/{meeting.slug}/sessions/{number}/").status_code == 200
    verbs = ["added", "hours set", "room added", "session changed", "put on stage", "changed", "meeting announced"]
    assert [entry.verb for entry in history.of(meeting)] == verbs


def test_the_desk_answers_on_all_its_pages_and_tells_what_is_missing(summit, network, client):
    client.force_login(network.secretary)
    slug = summit.meeting.slug
    for name in ("work-on", "texts", "about", "hours", "zone", "places", "organise", "new-session"):
        assert client.get(desk(name, slug)).status_code == 200, name
    for session in Session.objects.filter(meeting=summit.meeting):
        assert client.get(desk("edit-session", slug, session.number)).status_code == 200
    page = client.get(desk("desk")).text
    assert "Cumbre de los ríos" in page


def test_what_a_meeting_is_about_is_said_at_its_desk_by_the_topics_names(summit, network, client):
    client.force_login(network.secretary)
    load_topics()
    first, second = Topic.objects.leaves()[:2]
    said = {"kind": "summit", "visibility": "public", "topics": f"{first.called}; {second.code}"}

    assert client.post(desk("about", summit.meeting.slug), said).status_code == 302
    assert set(summit.meeting.topics.all()) == {first, second}
    wrong = client.post(desk("about", summit.meeting.slug), said | {"topics": "Ninguno Así"})
    assert (wrong.status_code, "Ninguno Así" in wrong.text, summit.meeting.topics.count()) == (422, True, 2)


def test_the_first_session_added_takes_the_place_of_the_empty_one(network, client):
    client.force_login(network.secretary)
    client.post(desk("add"), {"title": "Foro", "language": "es", "kind": "forum"})
    for title in ("Ríos", "Calles"):
        client.post(desk("new-session", "foro"), {"title": title, "kind": "talk", "language": "es"})

    assert list(Session.objects.filter(meeting__slug="foro").values_list("number", "title")) == [
        (1, "Ríos"),
        (2, "Calles"),
    ]


def test_a_session_gets_the_post_that_somebody_held_on_its_day(summit, network, client):
    """Rose Hill was superintendent until the summit's second day."""
    hill = network.people["Rose Hill"].memberships.get()
    hill.end = dt.date(2027, 10, 5)
    hill.save()
    appoint(
        person=network.people["Rose Hill"], label="Mayor", language="en", city=network.cities["Hillside"],
        start=dt.date(2027, 10, 6), by=None,
    )  # fmt: skip
    client.force_login(network.secretary)
    for title in ("Buses de noche", "Sirenas"):
        address = desk("edit-session", "cumbre", summit.sessions[title].number)
        client.post(address, {"deed": "stage", "person": "Rose Hill", "role": "moderator"})

    posts = [
        summit.sessions[title].appearances.get(role="moderator").affiliation for title in ("Buses de noche", "Sirenas")
    ]
    assert posts == ["Markets superintendent", "Mayor"]


def test_texts_are_kept_in_four_languages_with_their_gaps_and_origins(summit, network, client):
    client.force_login(network.secretary)
    client.post(desk("texts", "cumbre"), {"title_es": "Cumbre", "title_pt": "Cúpula", "summary_fr": "Trois jours."})
    form = client.get(desk("texts", "cumbre")).context["form"]

    cells = {cell.field.name: (cell.origin, cell.is_gap) for row in form.rows() for cell in row["cells"]}
    assert cells == {
        "title_es": ("source", False), "title_pt": ("human", False), "title_en": ("", True), "title_fr": ("", True),
        "summary_es": ("", True), "summary_pt": ("", True), "summary_en": ("", True), "summary_fr": ("human", False),
    }  # fmt: skip
    assert client.post(desk("texts", "cumbre"), {"title_es": ""}).status_code == 422


def test_a_move_that_cannot_be_is_said_and_nothing_moves(summit, network, client):
    client.force_login(network.secretary)
    for to in ("archived", "nowhere", ""):
        client.post(desk("move", "cumbre"), {"to": to})

    assert Meeting.objects.get(slug="cumbre").status == "draft"


def test_the_home_page_tells_the_hour_of_what_comes(summit, network, client):
    move_meeting(meeting=summit.meeting, to="announced", by=None)

    assert "09:00 (Quito)" in client.get("/es/").text


def test_doors_of_other_rooms_stand_on_the_page_and_at_the_desk(summit, network, client, monkeypatch):
    monkeypatch.setattr(doors, "_items", {"x": lambda meeting, user: [Door("Inscribirse", "/x/", "3 lugares", True)]})
    monkeypatch.setattr(desk_doors, "_items", {"x": lambda meeting, user: [Door("Inscritos", "/y/", "12")]})
    client.force_login(network.secretary)

    assert (
        'class="button" href="/x/">Inscribirse</a> <span class="soft">3 lugares'
        in client.get("/es/meetings/cumbre/").text
    )
    assert 'href="/y/">Inscritos <span class="soft">12' in client.get(desk("work-on", "cumbre")).text


def test_the_desk_costs_the_same_for_5_sessions_and_for_50(summit, network, client):
    client.force_login(network.secretary)
    client.get(desk("work-on", "cumbre"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(desk("work-on", "cumbre"))
        counts.append(len(queries))
        for n in range(45):
            session = summit.add(f"Taller {n}", 6, "11:00", "11:30", "Sala Verde", track=summit.tracks["Agua"])
            put_on_stage(session=session, person=network.people["Luis Prado"], by=None)

    assert counts[0] == counts[1]


def test_a_session_does_not_lose_its_title_with_its_language(summit, network, client):
    client.force_login(network.secretary)
    session = summit.sessions["Sirenas"]
    address = desk("edit-session", "cumbre", session.number)
    values = {"deed": "save", "kind": "talk", "language": "pt", "title_es": "Sirenas"}
    assert (client.post(address, values).status_code, summit.session("Sirenas").title) == (422, "Sirenas")

    client.post(address, values | {"title_pt": "Sirenes"})

    after = summit.session("Sirenas")
    assert (after.language, after.title, after.words("title", "es").text) == ("pt", "Sirenes", "Sirenas")
