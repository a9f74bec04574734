"""A calendar of another program: what it holds is proposed, and a person takes what she wants."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from plaza.core.models import HistoryEntry
from plaza.ingest.domain.calendars import WhyNotTaken, proposed_by, receive_calendar, take
from plaza.ingest.domain.ways_in import is_way_in, without_ways_in
from plaza.ingest.models import BroughtCalendar
from plaza.meetings.models import Meeting
from tests.formats.test_calendars import OWN
from tests.formats.test_calendars_hostile import calendar, event

pytestmark = pytest.mark.django_db
PATH = "/es/workspace/calendars/"
FORUM = (
    "UID:foro@example.org",
    "SUMMARY:Foro de riberas",
    "DTSTART;TZID=America/Bogota:20270910T090000",
    "DURATION:PT2H",
)


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


@pytest.fixture
def bring(network):
    def bring(*events, name="agenda.ics"):
        return receive_calendar(data=calendar(*events), name=name, by=network.secretary)

    return bring


@pytest.fixture
def take_all(network):
    def take_all(brought, zone=""):
        numbers = brought.events.values_list("number", flat=True)
        return take(calendar=brought, numbers=list(numbers), zone=zone, language="es", by=network.secretary)

    return take_all


def proposals(brought, zone=""):
    return proposed_by(brought, list(brought.events.all()), zone)


def upload(client, data, path=PATH, name="agenda.ics"):
    return client.post(path, {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_calendar_that_is_uploaded_makes_nothing_before_somebody_takes_it(secretary, network):
    before = Meeting.objects.count()
    page = upload(secretary, OWN.read_bytes())
    brought = BroughtCalendar.objects.get()

    assert ("Taller: sirenas y barrios" in page.text, "Reuniones de la red" in page.text) == (True, True)
    assert (Meeting.objects.count(), brought.events.count()) == (before, 5)

    secretary.post(f"{PATH}{brought.pk}/", {"take": ["2", "4"]})

    made = Meeting.objects.order_by("-pk")[:2]
    assert [(each.title, each.status, each.timezone) for each in made] == [
        ("Serie de conversaciones, otro día", "draft", "America/Bogota"),
        ("Serie de conversaciones", "draft", "America/Bogota"),
    ]
    assert made[0].starts_at == dt.datetime(2026, 9, 25, 20, tzinfo=dt.UTC)
    (told,) = HistoryEntry.objects.filter(verb="brought from a calendar", subject_id=made[0].pk)
    assert (told.by, told.details["uid"]) == (network.secretary, "serie@example.org")


@pytest.mark.parametrize("path", [PATH, f"{PATH}1/"])
def test_a_visitor_signs_in_and_a_member_finds_nothing(network, client, path):
    assert client.get(path).status_code == 302
    client.force_login(network.member)
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"PK\x03\x04zip", "BEGIN:VEVENT"), (b"", "BEGIN:VEVENT"), (b"x" * (10 * 1024 * 1024 + 1), "10 MB")],
    ids=["a zip", "empty", "too large"],
)
def test_a_file_that_is_no_calendar_is_told_in_a_sentence_and_nothing_is_kept(secretary, data, said):
    page = upload(secretary, data or b" ")

    assert (page.status_code, said in page.text, BroughtCalendar.objects.count()) == (422, True, 0)


def test_taken_twice_it_is_there_once(bring, take_all):
    brought = bring(event(*FORUM))
    (first,) = take_all(brought)

    assert take_all(brought) == []
    assert [each.here for each in proposals(brought)] == [first]


def test_two_events_without_a_name_that_say_the_same_become_one_draft(bring, take_all):
    brought = bring(event(*FORUM[1:]), event(*FORUM[1:], "LOCATION:Sala 2"))
    (meeting,) = take_all(brought)

    assert [each.here for each in proposals(brought)] == [meeting, meeting]


@pytest.mark.django_db(transaction=True)
def test_two_calendars_with_the_same_event_taken_at_once_make_one_draft(bring, take_all):
    one, other = bring(event(*FORUM)), bring(event(*FORUM, "SEQUENCE:1"), name="other.ics")
    together = Barrier(2)

    def taken(brought):
        together.wait(10)
        try:
            return take_all(brought)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        made = [each for meetings in people.map(taken, [one, other]) for each in meetings]

    assert (len(made), Meeting.objects.filter(title="Foro de riberas").count()) == (1, 1)


def test_the_same_event_at_another_hour_in_a_newer_calendar_moves_its_meeting_when_it_is_taken(bring, take_all):
    (meeting,) = take_all(bring(event(*FORUM)))
    newer = bring(event(*FORUM[:2], "DTSTART;TZID=America/Bogota:20270911T100000", "DURATION:PT2H", "SEQUENCE:1"))
    (each,) = proposals(newer)
    meeting.refresh_from_db()

    assert (each.here, each.may_be_taken, meeting.starts_at.day) == (meeting, True, 10)
    take_all(newer)
    meeting.refresh_from_db()
    assert meeting.starts_at == dt.datetime(2027, 9, 11, 15, tzinfo=dt.UTC)
    assert Meeting.objects.filter(title="Foro de riberas").count() == 1


def test_an_event_of_our_own_feed_is_the_meeting_it_came_from(bring, network, settings):
    meeting = network.meetings["river"]
    uid = f"UID:{meeting.uuid.hex}@127.0.0.1"

    assert [each.here for each in proposals(bring(event(uid, *FORUM[2:])))] == [meeting]


def test_a_meeting_of_that_day_with_nearly_the_same_title_is_shown_as_a_conflict(bring, take_all, secretary):
    (meeting,) = take_all(bring(event(*FORUM)))
    other = bring(event("UID:another", "SUMMARY:El foro de riberas", *FORUM[2:]), name="other.ics")

    assert [each.near for each in proposals(other)] == [[meeting]]
    assert f"/es/workspace/meetings/{meeting.slug}/" in secretary.get(f"{PATH}{other.pk}/").text


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["DTSTART:20270910T090000"], WhyNotTaken.NO_ZONE),
        (["DTSTART;TZID=Mars/Olympus:20270910T090000"], WhyNotTaken.NO_ZONE),
        (["DTSTART;TZID=America/Santiago:20270905T003000"], WhyNotTaken.SKIPPED),
        (["DTSTART;TZID=America/Santiago:20270403T233000"], WhyNotTaken.TWICE),
        ([FORUM[2], "STATUS:CANCELLED"], WhyNotTaken.CANCELLED),
    ],
)
def test_what_cannot_be_known_is_not_guessed_and_says_why(bring, take_all, secretary, lines, why):
    brought = bring(event("SUMMARY:Foro", *lines))

    assert (take_all(brought), [each.why_not for each in proposals(brought)]) == ([], [why])
    page = secretary.get(f"{PATH}{brought.pk}/")
    assert (page.status_code, 'name="take"' in page.text) == (200, False)


def test_hours_without_a_zone_are_taken_by_the_clocks_that_somebody_chose(bring, take_all):
    (meeting,) = take_all(bring(event("SUMMARY:Foro", "DTSTART:20270910T090000")), zone="America/Lima")

    assert (meeting.timezone, meeting.starts_at) == ("America/Lima", dt.datetime(2027, 9, 10, 14, tzinfo=dt.UTC))


UTC_EVENT = event("UID:g@google.example", "SUMMARY:Foro", "DTSTART:20270306T000000Z", "DTEND:20270306T020000Z")


def test_an_hour_of_utc_is_an_instant_and_the_page_asks_by_whose_clocks(bring, take_all, secretary):
    brought = bring(UTC_EVENT)
    page = secretary.get(f"{PATH}{brought.pk}/")

    assert (take_all(brought), [each.why_not for each in proposals(brought)]) == ([], [WhyNotTaken.UNIVERSAL])
    assert ('name="zone"><option' in page.text, 'name="take"' in page.text) == (True, False)
    (meeting,) = take_all(brought, zone="America/Bogota")
    assert (meeting.timezone, meeting.starts_at) == ("America/Bogota", dt.datetime(2027, 3, 6, tzinfo=dt.UTC))


def test_an_hour_of_utc_is_by_the_clocks_that_the_file_names_for_all_and_the_page_shows_them(
    take_all, secretary, network
):
    data = calendar(UTC_EVENT).replace(b"BEGIN:VEVENT", b"X-WR-TIMEZONE:America/Lima\r\nBEGIN:VEVENT")
    brought = receive_calendar(data=data, name="g.ics", by=network.secretary)
    page = secretary.get(f"{PATH}{brought.pk}/").text

    assert "5 de marzo de 2027, 19:00–21:00 (Lima)" in page
    assert '<option value="America/Lima" selected>' in page
    (meeting,) = take_all(brought)
    assert (meeting.timezone, meeting.starts_at) == ("America/Lima", dt.datetime(2027, 3, 6, tzinfo=dt.UTC))


def test_a_meeting_that_is_here_keeps_its_clocks_when_an_instant_of_utc_moves_it(bring, take_all):
    (meeting,) = take_all(bring(event(*FORUM)))
    take_all(bring(event(*FORUM[:2], "DTSTART:20270910T160000Z", "DURATION:PT2H")), zone="America/Lima")
    meeting.refresh_from_db()

    assert (meeting.timezone, meeting.starts_at.hour) == ("America/Bogota", 16)


def test_whole_days_become_days(bring, take_all):
    (meeting,) = take_all(bring(event("SUMMARY:Cumbre", "DTSTART;VALUE=DATE:20271014", "DTEND;VALUE=DATE:20271017")))

    assert (meeting.date_start, meeting.date_end, meeting.starts_at) == (
        dt.date(2027, 10, 14),
        dt.date(2027, 10, 16),
        None,
    )


def test_whole_days_do_not_move_a_meeting_that_has_hours_and_say_why(bring, take_all, secretary):
    (meeting,) = take_all(bring(event(*FORUM)))
    newer = bring(event(*FORUM[:2], "DTSTART;VALUE=DATE:20270920"))

    assert (take_all(newer), [each.why_not for each in proposals(newer)]) == ([], [WhyNotTaken.HAS_HOURS])
    meeting.refresh_from_db()
    assert (meeting.date_start, meeting.starts_at.day) == (dt.date(2027, 9, 10), 10)
    page = secretary.get(f"{PATH}{newer.pk}/").text
    assert ('name="take"' in page, f"/meetings/{meeting.slug}/" in page, "se mueve" in page) == (False, True, False)


def test_an_evening_is_of_the_day_that_the_clocks_there_show(bring, take_all):
    evening = ("DTSTART;TZID=America/Bogota:20270305T190000", "DURATION:PT2H")
    (meeting,) = take_all(bring(event("UID:a", "SUMMARY:Foro", *evening)))
    (again,) = proposals(bring(event("UID:b", "SUMMARY:Foro", *evening)))

    assert (meeting.date_start, again.span.date.start, again.near) == (
        dt.date(2027, 3, 5),
        dt.date(2027, 3, 5),
        [meeting],
    )


def test_the_way_into_a_room_online_is_not_taken_over(bring, take_all):
    brought = bring(
        event(
            *FORUM,
            "LOCATION:https://zoom.example/j/1?pwd=x",
            "DESCRIPTION:Sirenas.\\nhttps://zoom.example/j/1?pwd=x\\nBarrios.",
        )
    )
    (each,) = proposals(brought)

    (meeting,) = take_all(brought)

    assert (each.has_addresses, meeting.venue, meeting.summary) == (True, "", "Sirenas.\nBarrios.")


@pytest.mark.parametrize(
    "line",
    [
        "zoom.us/j/99900011122",
        "Entre por us02web.zoom.us/j/999?pwd=x",
        "meet.google.com/abc-defg-hij",
        "Meeting ID: 999 0001 1122",
        "Passcode: 4f7Qa",
        "  ID de reunión: 999 0001 1122",
        "Código de acceso: 4f7Qa",
        "ID da reunião: 999 0001 1122",
        "Senha de acesso: 4f7Qa",
        "ID de réunion : 999 0001 1122",
        "Code secret : 4f7Qa",
    ],
)
def test_a_line_that_opens_a_room_online_is_a_way_in(line):
    assert (is_way_in(line), without_ways_in(f"Sirenas.\n{line}\nBarrios.")) == (True, "Sirenas.\nBarrios.")


@pytest.mark.parametrize("line", ["Contraseñas seguras en la alcaldía", "Zoom a los barrios: sala 2", "Senhas da fila"])
def test_words_that_only_sound_like_a_way_in_stay(line):
    assert (is_way_in(line), without_ways_in(line)) == (False, line)


def test_a_number_of_a_room_online_is_no_place(bring, take_all):
    (meeting,) = take_all(bring(event(*FORUM, "LOCATION:zoom.us/j/999", "DESCRIPTION:Sirenas.\\nPasscode: 4f7Qa")))

    assert (meeting.venue, meeting.summary) == ("", "Sirenas.")


def test_markup_in_an_event_is_words(bring, secretary):
    brought = bring(event(*FORUM[:1], "SUMMARY:<script>alert(1)</script>", *FORUM[2:]))

    assert "<script>alert(1)" not in secretary.get(f"{PATH}{brought.pk}/").text


def test_what_recurs_for_years_is_proposed_so_far_and_the_rest_is_counted(bring, secretary):
    brought = bring(event(*FORUM, "RRULE:FREQ=WEEKLY;COUNT=520"))

    assert (brought.events.count(), brought.left_out) == (52, 468)
    assert "468" in secretary.get(f"{PATH}{brought.pk}/").text


def test_it_costs_the_same_for_three_events_and_for_thirty(bring, secretary, django_assert_max_num_queries):
    few, many = (
        bring(*(event(f"UID:{size}-{n}", f"SUMMARY:Foro {n}", FORUM[2]) for n in range(size)), name=f"{size}.ics")
        for size in (3, 30)
    )
    secretary.get(f"{PATH}{few.pk}/")
    with django_assert_max_num_queries(12) as one:
        secretary.get(f"{PATH}{few.pk}/")
    with django_assert_max_num_queries(12) as other:
        assert secretary.get(f"{PATH}{many.pk}/").text.count('name="take"') == 30
    assert len(one) == len(other)
