"""The desk of meetings: from a draft to a programme that everybody reads, by forms alone."""

from django.urls import reverse

from plaza.core import history
from plaza.meetings.models import Meeting, Session


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
    verbs = ["added", "hours set", "room added", "session added", "put on stage", "changed", "meeting announced"]
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
