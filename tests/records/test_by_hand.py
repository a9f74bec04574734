"""Records kept by hand: their pages, their deeds, what they leave in the history."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core import history
from plaza.core.models import Origin, Translation
from plaza.core.records import record_kinds
from plaza.core.translations import translate
from plaza.directory.domain.gazetteer import load_gazetteer
from plaza.directory.models import City, Membership, Organization, Person
from plaza.knowledge.models import Work
from plaza.meetings.models import Appearance, Meeting, Series, Session


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def page(kind, record=None):
    return f"/es/workspace/records/{kind}/{record.pk if record else 'new'}/"


def as_it_stands(kind, record, /, **others):
    """What the form of a record sends when nobody touches it, but for `others`."""
    columns = [column for column in record_kinds[kind].columns if not column.is_fixed]
    sent = {}
    for column in columns:
        value = column.get(record)
        sent[column.name] = column.field().prepare_value(value) if value is not None else ""
    return sent | others


KINDS = [
    "cities", "people", "posts", "organisations", "works", "series", "meetings", "sessions", "appearances", "organisers",
    "indicators", "indicator-values",
]  # fmt: skip


def test_these_are_the_records_that_are_kept(network):
    assert sorted(record_kinds) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_visitor_signs_in_and_a_member_finds_nothing(network, client, kind):
    for path in (f"/es/workspace/records/{kind}/", f"/es/workspace/records/{kind}/new/",
                 f"/es/workspace/records/{kind}/sheet/", f"/es/workspace/records/{kind}/export.csv"):  # fmt: skip
        client.logout()
        assert client.get(path).status_code == 302
        client.force_login(network.member)
        assert client.get(path).status_code == 404
    assert list(record_kinds[kind].visible_to(network.member)) == []


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_the_kinds_are_listed_with_their_numbers(network, secretary, language):
    answer = secretary.get(f"/{language}/workspace/records/")

    assert {kind.name: count for kind, count in answer.context["kinds"]} == {
        "cities": 3, "people": 4, "posts": 4, "organisations": 0, "works": 3, "series": 0, "meetings": 3,
        "sessions": 3, "appearances": 4, "organisers": 0, "indicators": 0, "indicator-values": 0,
    }  # fmt: skip


def test_a_person_is_made(network, secretary):
    answer = secretary.post(page("people"), {"name": "  Marta   Lejana ", "language": "es"}, follow=True)

    made = Person.objects.get(name="Marta Lejana")
    assert (made.language, made.slug) == ("es", "marta-lejana")
    assert [(entry.verb, entry.by) for entry in history.of(made)] == [("enrolled", network.secretary)]
    assert "Marta Lejana" in answer.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\0b"])
def test_what_cannot_be_a_name_comes_back_with_what_was_typed(network, secretary, name):
    before = Person.objects.count()

    answer = secretary.post(page("people"), {"name": name, "language": "es"})

    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.text
    assert Person.objects.count() == before


def test_a_correction_writes_what_changed_and_says_so(network, secretary):
    ana = network.people["Ana Ribera"]

    secretary.post(page("people", ana), {"name": "Ana Ribera Sosa", "language": "es"})

    ana.refresh_from_db()
    assert (ana.name, ana.name_sort, ana.slug) == ("Ana Ribera Sosa", "ana ribera sosa", "ana-ribera")
    assert [(entry.verb, entry.details) for entry in history.of(ana)][-1] == ("corrected", {"fields": ["name"]})


@pytest.mark.parametrize("kind", ["cities", "people", "posts", "works", "meetings", "sessions", "appearances"])
def test_a_record_that_nobody_touched_stays_as_it_was(network, secretary, kind):
    record = record_kinds[kind].visible_to(network.secretary).first()
    told = history.of(record_kinds[kind].told_by(record)).count()
    jobs = ProcrastinateJob.objects.count()

    answer = secretary.post(page(kind, record), as_it_stands(kind, record))

    assert answer.status_code == 302
    assert history.of(record_kinds[kind].told_by(record)).count() == told
    assert ProcrastinateJob.objects.count() == jobs


def test_a_meeting_is_changed_and_found_anew(network, secretary):
    meeting = network.meetings["river"]
    jobs = ProcrastinateJob.objects.filter(task_name="plaza.search.tasks.index_meeting").count()
    sent = as_it_stands(
        "meetings", meeting, title="El río avisa", date="2026-03", places="riberas; Porto Mar, Ecuador",
        title_pt="O rio avisa", kind="workshop",
    )  # fmt: skip

    assert secretary.post(page("meetings", meeting), sent).status_code == 302

    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.title, meeting.kind, meeting.date.precision, str(meeting.date.end)) == (
        "El río avisa", "workshop", "month", "2026-03-31",
    )  # fmt: skip
    assert sorted(city.slug for city in meeting.places.all()) == ["porto-mar", "riberas"]
    assert (meeting.words("title", "pt").text, meeting.words("title", "pt").origin) == ("O rio avisa", Origin.HUMAN)
    assert set(history.of(meeting).last().details["fields"]) == {"title", "date", "places", "title_pt", "kind"}
    assert ProcrastinateJob.objects.filter(task_name="plaza.search.tasks.index_meeting").count() == jobs + 1


def test_a_change_that_search_does_not_read_indexes_nothing(network, secretary):
    meeting = network.meetings["river"]
    jobs = ProcrastinateJob.objects.count()

    secretary.post(page("meetings", meeting), as_it_stands("meetings", meeting, number="7"))

    assert Meeting.objects.get(pk=meeting.pk).number == 7
    assert ProcrastinateJob.objects.count() == jobs


def test_the_words_of_a_machine_stay_a_machines_until_somebody_changes_them(network, secretary):
    meeting = network.meetings["river"]
    for language, text in (("pt", "O rio"), ("fr", "Le fleuve")):
        translate(subject=meeting, field="title", language=language, text=text, origin=Origin.MACHINE, by=None)
    meeting = Meeting.objects.get(pk=meeting.pk)

    assert "traducción automática" in secretary.get(page("meetings", meeting)).text
    secretary.post(page("meetings", meeting), as_it_stands("meetings", meeting, title_fr="La rivière"))

    assert {row.language: (row.text, row.origin) for row in meeting.translations.all()} == {
        "pt": ("O rio", "machine"), "fr": ("La rivière", "human"),
    }  # fmt: skip


def test_two_who_change_two_fields_undo_nothing_of_each_other(network, secretary):
    ana = network.people["Ana Ribera"]
    shown = {"initial-name": "Ana Ribera", "initial-language": "es"}
    Person.objects.filter(pk=ana.pk).update(language="pt")  # somebody else, while the page stands open

    secretary.post(page("people", ana), shown | {"name": "Ana R. Sosa", "language": "es"})

    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana R. Sosa", "pt")
    assert 'name="initial-language" value="pt"' in secretary.get(page("people", ana)).text


def test_an_emptied_translation_is_taken_away(network, secretary):
    meeting = network.meetings["river"]
    translate(subject=meeting, field="title", language="pt", text="O rio", origin=Origin.HUMAN, by=None)

    secretary.post(page("meetings", meeting), as_it_stands("meetings", Meeting.objects.get(pk=meeting.pk), title_pt=""))

    assert not Translation.objects.exists()


def test_a_translation_into_its_own_language_is_refused(network, secretary):
    meeting = network.meetings["river"]

    answer = secretary.post(page("meetings", meeting), as_it_stands("meetings", meeting, title_es="Otro"))

    assert answer.status_code == 422
    assert not Translation.objects.exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [("date", "31/02/2026"), ("date", "ayer"), ("places", "Atlántida"), ("kind", "party"), ("series", "Nada"),
     ("number", "-1"), ("topics", "x"), ("title", ""), ("date", "2026-13"), ("date", "2026-03-12/2026-03-01")],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_written(network, secretary, field, text):
    meeting = network.meetings["river"]

    answer = secretary.post(
        page("meetings", meeting),
        as_it_stands("meetings", meeting, **{field: text, "number": text} if field == "number" else {field: text}),
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Meeting.objects.get(pk=meeting.pk).title == meeting.title


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2026-03-12", "2026-03-12"), ("12/03/2026", "2026-03-12"), ("12 de marzo de 2026", "2026-03-12"),
     ("12 mars 2026", "2026-03-12"), ("março de 2026", "2026-03"), ("2026-03?", "2026-03?"), ("2026", "2026"),
     ("2026-03-12/2026-03-14", "2026-03-12/2026-03-14"), ("2026-04/2026-06", "2026-04/2026-06"),
     ("2026-03-12 00:00:00", "2026-03-12")],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it_and_shown_as_it_is_read(text, shown):
    from plaza.core.record_fields import When

    value = When().clean(text)

    assert When().shown(value) == shown
    assert When().clean(shown) == value


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


def test_the_history_of_a_record_stands_below_it(network, secretary):
    ana = network.people["Ana Ribera"]
    secretary.post(page("people", ana), {"name": "Ana R.", "language": "es"})

    text = secretary.get(page("people", ana)).text

    assert "Sofía" in text.split("<h2>")[1]


def test_words_choose_among_the_records(network, secretary):
    answer = secretary.get("/es/workspace/records/people/", {"q": "joão"})

    assert [row.name for row, _ in answer.context["rows"]] == ["João Mar"]


@pytest.mark.parametrize("path", ["nothing/", "people/99999/", "people/export.pdf", "changes/9/", "sheets/9/"])
def test_what_is_not_there_is_not_found(network, secretary, path):
    assert secretary.get(f"/es/workspace/records/{path}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_costs_the_same_for_few_records_and_for_many(network, secretary, kind, django_assert_max_num_queries):
    def grow(times):
        for number in range(times):
            person = Person.objects.create(name=f"P{number}", slug=f"p{kind}-{times}-{number}")
            city = City.objects.create(slug=f"c-{times}-{number}", names={"es": f"C{number}"}, name_sort="c",
                                       search_names="c", country_id="EC")  # fmt: skip
            Organization.objects.create(name="O", slug=f"o-{times}-{number}", city=city, country_id="EC")
            Series.objects.create(title="S", slug=f"s-{times}-{number}", language="es")
            meeting = Meeting.objects.create(title="M", slug=f"m-{times}-{number}", language="es")
            meeting.places.add(city)
            session = meeting.sessions.create(number=1, language="es")
            session.appearances.create(person=person, city=city)
            Work.objects.create(title="W", slug=f"w-{times}-{number}", language="es", kind="notes")
            post = city.posts.create(label="X", language="es")
            post.memberships.create(person=person)

    counts = []
    for times in (3, 27):
        grow(times)
        secretary.get(f"/es/workspace/records/{kind}/")
        with django_assert_max_num_queries(12) as asked:
            secretary.get(f"/es/workspace/records/{kind}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
