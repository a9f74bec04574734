"""What each kind of record keeps to when it is kept by hand: posts, cities, organisations, works."""

import datetime as dt

from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.directory.domain.gazetteer import load_gazetteer
from plaza.directory.models import City, Membership, Organization
from plaza.knowledge.models import Work
from plaza.meetings.models import Appearance, Series, Session
from tests.records.forms import as_it_stands, page


def test_a_post_changes_and_keeps_those_who_held_it_before(network, secretary):
    held = Membership.objects.get(person=network.people["Ana Ribera"])
    other = Membership.objects.create(person=network.people["Luis Prado"], post=held.post, start=dt.date(2019, 1, 1))

    secretary.post(page("posts", held), as_it_stands("posts", held, label="Intendenta", start="2024-01-01"))

    held.refresh_from_db()
    assert (held.post.label, str(held.start)) == ("Intendenta", "2024-01-01")
    assert Membership.objects.get(pk=other.pk).post.label == "Alcaldesa"


def test_a_post_ends_no_earlier_than_it_begins_and_is_in_one_place(network, secretary):
    held = Membership.objects.get(person=network.people["Ana Ribera"])

    for wrong in ({"start": "2024-01-02", "end": "2024-01-01"}, {"city": ""}):
        assert secretary.post(page("posts", held), as_it_stands("posts", held, **wrong)).status_code == 422
    assert Membership.objects.get(pk=held.pk).start is None


def test_a_city_leaves_and_what_was_corrected_outlives_the_gazetteer(network, secretary):
    load_gazetteer()
    city = City.objects.get(slug="quito-ec")

    secretary.post(
        page("cities", city), as_it_stands("cities", city, name_fr="Quito (FR)", status="member", since="2020-05-01")
    )
    load_gazetteer()

    city = City.objects.get(slug="quito-ec")
    assert (city.names["fr"], city.network_membership.status, str(city.network_membership.since)) == (
        "Quito (FR)", "member", "2020-05-01",
    )  # fmt: skip
    answer = secretary.post(page("cities", city), as_it_stands("cities", city, status="invited"))
    assert answer.status_code == 422
    assert City.objects.get(slug="quito-ec").network_membership.status == "member"


def test_a_city_that_no_gazetteer_has_is_made(network, secretary):
    secretary.post(page("cities"), {"name_es": "Puerto Ñandú", "country": "Ecuador", "status": "", "population": "900"})

    made = City.objects.get(slug="puerto-nandu")
    assert (made.name_in("pt"), made.country_id, made.population) == ("Puerto Ñandú", "EC", 900)


def test_an_organisation_a_series_a_session_an_appearance_and_a_work_are_made(network, secretary):
    meeting = network.meetings["river"]
    secretary.post(
        page("organisations"), {"name": "Universidad del Río", "type": "80", "sector": "academia", "city": "Riberas"}
    )
    secretary.post(page("series"), {"title": "Ríos", "language": "es", "title_pt": "Rios"})
    secretary.post(page("sessions"), {"meeting": meeting.slug, "title": "Tarde", "language": "es"})
    secretary.post(
        page("appearances"), {"meeting": meeting.slug, "session": "2", "person": "Rose Hill", "role": "moderator"}
    )
    secretary.post(
        page("works"),
        {"title": "Actas", "kind": "notes", "language": "es", "visibility": "public", "is_published": "no"},
    )

    assert Organization.objects.get().city.slug == "riberas"
    assert Series.objects.get().words("title", "pt").text == "Rios"
    assert Session.objects.get(meeting=meeting, number=2).title == "Tarde"
    assert Appearance.objects.get(session__number=2).person.name == "Rose Hill"
    assert (Work.objects.get(kind="notes").title, Work.objects.get(kind="notes").is_published) == ("Actas", False)


def test_a_recording_is_made_elsewhere_and_stays_one(network, secretary):
    work = network.recordings["river"].work

    answer = secretary.post(
        page("works"),
        {"title": "X", "kind": "recording", "language": "es", "visibility": "public", "is_published": "no"},
    )
    assert answer.status_code == 422
    assert secretary.post(page("works", work), as_it_stands("works", work, kind="notes")).status_code == 422
    assert Work.objects.get(pk=work.pk).kind == "recording"


def test_a_recording_is_withdrawn_and_search_hears_of_it(network, secretary):
    work = network.recordings["river"].work

    secretary.post(page("works", work), as_it_stands("works", work, is_published="no"))

    work.refresh_from_db()
    assert (work.is_published, work.recording.state) == (False, "transcribed")
    assert ProcrastinateJob.objects.filter(task_name="plaza.search.tasks.index_recording").last().args == {
        "recording_id": work.recording.pk
    }
