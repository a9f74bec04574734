"""Her meetings in her calendar: letters that bring them, a link to one and to all, and reminders she leaves with one click."""

import datetime as dt
import re

import icalendar
import pytest
import time_machine
import vobject

from plaza.mail.domain import outbox, sending
from plaza.mail.models import Leaver, Letter
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.changes import change_meeting
from plaza.meetings.domain.programme import add_meeting, put_on_stage
from plaza.meetings.domain.versions import note_first, tell_changes
from plaza.meetings.models import Meeting
from plaza.registration.domain import deciding, desks, telling, versions
from plaza.registration.domain.links import link_of, path_of
from plaza.registration.models import Registration, Telling
from tests.registration.conftest import at_nine, reloaded, somebody

pytestmark = pytest.mark.django_db
OWN = "/es/account/registrations/"
ADDRESS = re.compile(r'value="http://127\.0\.0\.1(/es/calendar/mine/\w+\.ics)"')


def sent(postbox, template):
    """The last letter of that kind, as the mail server got it."""
    row = Letter.objects.filter(template=f"registration/{template}").order_by("-pk").first()
    sending.send(row.pk)
    return postbox.letters[-1]


def attached(letter):
    """(how its attachment is called, read by one reader, read by another)."""
    (part,) = letter.iter_attachments()
    octets = part.get_payload(decode=True)
    assert (part.get_content_type(), part["Content-Type"].params["method"]) == ("text/calendar", "PUBLISH")
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    by_one = icalendar.Calendar.from_ical(octets).events[0]
    assert by_one.errors == []
    return part.get_filename(), by_one, vobject.readOne(octets.decode()).vevent


def event_of(client, address):
    return icalendar.Calendar.from_ical(client.get(address).content).events[0]


def test_the_letter_that_confirms_brings_the_meeting_as_two_readers_and_the_feed_tell_it(
    desk, meeting, network, postbox, client
):
    row = somebody(desk, 1, language="pt", city=network.cities["Porto Mar"])

    name, event, other = attached(sent(postbox, "confirmed"))

    assert name == "river.ics"
    assert (event.start, event.end) == (other.dtstart.value, other.dtend.value) == (meeting.starts_at, meeting.ends_at)
    assert event["dtstart"].params["tzid"] == "America/Bogota"
    feed = event_of(client, "/pt/calendar/network.ics")
    assert {key: event[key] for key in ("uid", "sequence", "summary", "status")} == {
        key: feed[key] for key in ("uid", "sequence", "summary", "status")
    }
    assert (str(event["url"]), str(event["organizer"])) == (link_of(row), "mailto:red@example.org")
    # A published event asks nobody (RFC 5546), and the way into the room is nobody else's.
    assert {"attendee", "attach", "conference"} & {key.lower() for key in event} == set()


def test_who_cancels_gets_it_cancelled_and_who_comes_back_gets_it_again(desk, meeting, postbox):
    row = somebody(desk, 1)
    _, first, _ = attached(sent(postbox, "confirmed"))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5)):
        deciding.cancel(registration=row)
        _, gone, _ = attached(sent(postbox, "cancelled"))
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=9)):
        somebody(desk, 1)
        _, again, _ = attached(sent(postbox, "confirmed"))

    assert [each["status"] for each in (first, gone, again)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert len({str(each["uid"]) for each in (first, gone, again)}) == 1
    # Which of them holds is told by the stamp where the meeting itself has not changed.
    assert first.DTSTAMP < gone.DTSTAMP < again.DTSTAMP


def test_who_waited_has_nothing_in_her_calendar_to_take_out(desk):
    for number in range(1, 5):
        somebody(desk, number)
    waiting = Registration.objects.get(number=4)

    deciding.cancel(registration=waiting)

    letters = Letter.objects.filter(to="p4@example.org")
    assert {letter.template: letter.attachments for letter in letters} == {
        "registration/waitlisted": [],
        "registration/cancelled": [],
    }


def test_a_change_and_the_end_of_a_meeting_move_what_is_in_her_calendar(desk, meeting, network, postbox):
    somebody(desk, 1)
    _, first, _ = attached(sent(postbox, "confirmed"))
    note_first(meeting=meeting, by=None)
    found = []
    for template, values in (
        ("changed", {"venue": "Casa del Río"}),
        ("called_off", {"status": MeetingStatus.CANCELLED}),
    ):
        change_meeting(meeting=meeting, by=network.secretary, **values)
        versions.tell_of_version(tell_changes(meeting=meeting, by=network.secretary).pk)
        found.append(attached(sent(postbox, template))[1])

    changed, off = found
    assert (changed["location"].startswith("Casa del Río"), changed["status"]) == (True, "CONFIRMED")
    assert (off["status"], off["uid"]) == ("CANCELLED", first["uid"])
    assert first["sequence"] < changed["sequence"] < off["sequence"]


def test_what_is_attached_is_the_same_after_the_line_broke(desk, postbox, network):
    somebody(desk, 1)
    letter = Letter.objects.get()
    postbox.answers = [postbox.DROP, "250 taken"]

    sending.send(letter.pk)
    letter.refresh_from_db()
    outbox.send_again(letter=letter, by=network.secretary)
    sending.send(letter.pk)

    one, other = postbox.letters
    assert one["Message-ID"] == other["Message-ID"] == letter.message_id
    octets = [next(each.iter_attachments()).get_payload(decode=True) for each in (one, other)]
    assert (octets[0] == octets[1], octets[0].endswith(b"END:VCALENDAR\r\n")) == (True, True)
    letter.refresh_from_db()
    assert (letter.text, letter.attachments) == ("", [])


@pytest.fixture
def reminded(desk, meeting):
    """Two with a place, and the letter that reminds the first of them."""
    somebody(desk, 1)
    somebody(desk, 2)
    with time_machine.travel(meeting.starts_at - dt.timedelta(hours=23), tick=False):
        telling.remind_due()
    return Letter.objects.get(template="registration/day", to="p1@example.org")


def test_one_click_in_a_reminder_stops_those_of_this_meeting_to_her_and_nothing_else(
    reminded, desk, meeting, network, client
):
    client.handler.enforce_csrf_checks = True
    link = reminded.headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1")
    looked = client.get(link).text
    assert (meeting.title in looked, Leaver.objects.count()) == (True, 0)

    for _ in range(2):
        assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert Leaver.objects.count() == 1
    other = add_meeting(title="Otra", language="es", kind=MeetingKind.WEBINAR, by=network.secretary)
    Meeting.objects.filter(pk=other.pk).update(
        status="announced", starts_at=at_nine(), ends_at=at_nine() + dt.timedelta(hours=1), timezone="America/Lima"
    )
    desks.set_up(meeting=reloaded(other), by=network.secretary)
    somebody(desks.open_registration(meeting=reloaded(other), by=network.secretary), 1)
    Telling.objects.all().delete()
    Letter.objects.filter(template="registration/day").delete()
    with time_machine.travel(meeting.starts_at - dt.timedelta(hours=23), tick=False):
        telling.remind_due()
    written = Letter.objects.filter(template="registration/day").order_by("to", "pk")
    assert [(row.to, row.subject.partition(": ")[2]) for row in written] == [
        ("p1@example.org", "Otra"),
        ("p2@example.org", meeting.title),
    ]
    assert Registration.objects.get(meeting=meeting, number=1).state == "confirmed"


def test_her_page_leads_to_the_reminders_she_left_and_back(reminded, client):
    row = Registration.objects.get(number=1)
    leave = r'href="http://127\.0\.0\.1(/es/letters/leave/[^"]+)"'
    client.post(re.search(leave, client.get(path_of(row)).text)[1])
    client.post(re.search(leave, client.get(path_of(row)).text)[1], {"again": "yes"})

    assert not Leaver.objects.exists()


def test_letters_that_tell_of_her_place_are_no_list(desk, reminded):
    deciding.cancel(registration=Registration.objects.get(number=1))

    told = Letter.objects.exclude(headers={}).values_list("template", flat=True)
    assert set(told) == {"registration/day"}
    assert {"registration/confirmed", "registration/cancelled"} <= set(
        Letter.objects.values_list("template", flat=True)
    )


def test_her_registration_is_one_event_for_whoever_has_its_link_and_costs_nothing_unchanged(desk, meeting, client):
    row = somebody(desk, 1)
    Meeting.objects.filter(pk=meeting.pk).update(visibility="members")
    address = f"{path_of(row)}calendar.ics"

    answer = client.get(address)

    assert address in client.get(path_of(row)).text
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("private, no-cache", "text/calendar; charset=utf-8")
    deciding.cancel(registration=row)
    after = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (after.status_code, b"STATUS:CANCELLED" in after.content) == (200, True)


def test_who_waits_has_no_event_yet(desk, client):
    rows = [somebody(desk, number) for number in range(1, 5)]

    assert [client.get(f"{path_of(row)}calendar.ics").status_code for row in rows] == [200, 200, 200, 404]


@pytest.fixture
def calendar_link(client, network):
    """Asked for by the member on her page; looking at it alone makes none."""

    def ask():
        client.force_login(network.member)
        assert client.post(OWN).status_code == 302
        link = ADDRESS.search(client.get(OWN).text)[1]
        client.logout()
        return link

    return ask


def test_her_calendar_holds_where_she_has_a_place_and_where_she_is_on_stage(
    desk, meeting, network, client, calendar_link
):
    somebody(desk, 1, email=network.member.email)
    somebody(desk, 2)
    Registration.objects.update(user=None)
    Registration.objects.filter(number=1).update(user=network.member)
    stage = add_meeting(
        title="Foro", language="es", kind=MeetingKind.FORUM, by=None, status=MeetingStatus.ANNOUNCED, date=meeting.date
    )
    Meeting.objects.filter(pk=stage.pk).update(
        starts_at=at_nine(), ends_at=at_nine() + dt.timedelta(hours=9), timezone="America/Lima"
    )
    person = network.people["Ana Ribera"]
    person.user = network.member
    person.save(update_fields=["user"])
    for number, title in enumerate(("Hers", "Another's", "Third"), start=2):
        session = stage.sessions.create(
            number=number, title=title, language="es",
            starts_at=at_nine() + dt.timedelta(hours=number), ends_at=at_nine() + dt.timedelta(hours=number + 1),
        )  # fmt: skip
        if title == "Hers":
            put_on_stage(session=session, person=person, by=None)
    elsewhere = add_meeting(
        title="Elsewhere", language="es", kind=MeetingKind.FORUM, by=None, status="announced", date=meeting.date
    )

    body = client.get(calendar_link()).content

    titles = [str(event["summary"]) for event in icalendar.Calendar.from_ical(body).events]
    assert sorted(titles) == sorted([meeting.title, "Foro", "Hers"])
    assert (elsewhere.title in titles, b"BEGIN:VTIMEZONE" in body) == (False, True)
    assert {event.summary.value for event in vobject.readOne(body.decode()).vevent_list} == set(titles)


def test_it_answers_304_until_her_meetings_change_and_costs_the_same_for_three_and_for_thirty(
    desk, network, client, calendar_link, django_assert_max_num_queries
):
    somebody(desk, 1, email=network.member.email)
    Registration.objects.update(user=network.member)
    link = calendar_link()
    with django_assert_max_num_queries(13) as few:
        first = client.get(link)
    assert client.get(link, headers={"if-none-match": first["ETag"]}).status_code == 304
    for number in range(30):
        each = add_meeting(
            title=f"Reunión {number}", language="es", kind=MeetingKind.WEBINAR, by=None, status="announced",
            date=desk.meeting.date,
        )  # fmt: skip
        desks.set_up(meeting=each, by=network.secretary)
        somebody(desks.open_registration(meeting=each, by=network.secretary), 1, email=network.member.email)
    Registration.objects.update(user=network.member)
    with django_assert_max_num_queries(13) as many:
        again = client.get(link, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content.count(b"BEGIN:VEVENT")) == (200, 31)
    assert len(many) == len(few)


@pytest.mark.parametrize(("spoken", "word"), [("es", "enlace"), ("pt", "link"), ("fr", "lien"), ("en", "link")])
def test_a_link_that_was_renewed_says_so_and_shows_nothing(calendar_link, client, spoken, word):
    old = calendar_link()
    new = calendar_link()

    gone = client.get(old.replace("/es/", f"/{spoken}/"))

    assert old != new
    assert (gone.status_code, gone["Content-Type"], word in gone.text) == (410, "text/plain; charset=utf-8", True)
    assert client.get(new).status_code == 200


def test_the_calendar_of_somebody_who_may_not_sign_in_any_more_is_gone(calendar_link, client, network):
    link = calendar_link()
    network.member.is_active = False
    network.member.save(update_fields=["is_active"])

    assert client.get(link).status_code == 410
