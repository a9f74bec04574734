"""Records kept by hand: what is made, corrected and translated, what is refused, what the history keeps."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core import history
from plaza.core.models import Origin, Translation
from plaza.core.record_fields import When
from plaza.core.records import record_kinds
from plaza.core.translations import translate
from plaza.directory.models import Person
from plaza.meetings.models import Meeting
from tests.records.forms import as_it_stands, page


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
    value = When().clean(text)

    assert When().shown(value) == shown
    assert When().clean(shown) == value


def test_the_history_of_a_record_stands_below_it(network, secretary):
    ana = network.people["Ana Ribera"]
    secretary.post(page("people", ana), {"name": "Ana R.", "language": "es"})

    text = secretary.get(page("people", ana)).text

    assert "Sofía" in text.split("<h2>")[1]
