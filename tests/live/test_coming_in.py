"""Who comes into a room: those who have a place, and those who moderate; the others are told how."""

import datetime as dt
import time

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from plaza.live.access import HEADER, LASTS, SALT, Ticket, cookie_of, read_ticket
from plaza.live.domain import asking, polls, rooms
from plaza.meetings.models import Meeting
from plaza.registration.choices import RegistrationState
from plaza.registration.domain import deciding, desks
from plaza.registration.domain.links import token_of
from plaza.registration.domain.registering import Given, register
from plaza.registration.models import Registration
from tests.live.conftest import ROOM, STATE, looks, questions, ticket

pytestmark = pytest.mark.django_db


def board_of(answer):
    return 'id="board"' in answer.text


def test_a_visitor_is_told_how_to_get_in(room, client, desk, network):
    page = client.get(ROOM)
    assert (page.status_code, board_of(page)) == (200, False)
    assert "/sign-in/" in page.text
    assert "/es/meetings/river/register/" in page.text  # the waiting list
    desks.close_registration(meeting=room.meeting, by=network.secretary)
    assert "/es/meetings/river/register/" not in client.get(ROOM).text

    assert client.post(ROOM, {"deed": "ask", "words": "¿?", "language": "es"}).status_code == 200
    assert client.get(STATE).status_code == 403
    assert questions() == []


def test_a_link_used_after_cancelling_opens_nothing_and_says_why(comes, people, client):
    ines, before = comes(people[0]), looks(people[0])
    assert board_of(ines.get(ROOM))
    deciding.cancel(registration=people[0])

    again = ines.get(ROOM)
    asked = ines.post(ROOM, {"deed": "ask", "words": "¿?", "language": "es"})
    assert "Your registration was cancelled" in ines.get(ROOM.replace("/es/", "/en/")).text
    assert (board_of(again), board_of(asked), questions()) == (False, False, [])
    assert looks(people[0], before["ETag"]).status_code == 403
    assert "/live/" not in client.get(f"/es/registration/{token_of(people[0])}/").text


def test_only_who_has_a_place_comes_in(comes, people):
    row, let_in = people[3], []
    luz = comes(row)
    for state in RegistrationState:
        is_offered, is_seated = state == RegistrationState.OFFERED, state == RegistrationState.CONFIRMED
        now = timezone.now()
        Registration.objects.filter(pk=row.pk).update(
            state=state, offered_until=now if is_offered else None, seated_at=now if is_seated else None
        )
        let_in += [state] * (board_of(luz.get(ROOM)) + (looks(row).status_code != 403))

    assert let_in == [RegistrationState.CONFIRMED] * 2


def test_who_registered_with_her_account_needs_no_link(room, desk, network, client):
    client.force_login(network.member)
    assert not board_of(client.get(ROOM))
    desks.set_up(meeting=room.meeting, by=network.secretary, seats=20)
    register(desk=desk, given=Given(name="Otávio", email="member@example.org", language="pt"), by=network.member)

    assert board_of(client.get(ROOM))
    door = client.get("/es/meetings/river/")
    assert ROOM in door.text


def test_the_door_stands_on_the_meetings_page_while_the_room_is_open(room, client, people, network):
    mine = f"/es/registration/{token_of(people[0])}/"
    assert ROOM in client.get("/es/meetings/river/").text
    assert f"{mine}live/" in client.get(mine).text
    rooms.close_room(meeting=room.meeting, by=network.secretary)

    assert ROOM not in client.get("/es/meetings/river/").text


def test_a_private_meeting_has_a_room_only_for_who_is_in_it(room, comes, people, client):
    Meeting.objects.update(visibility="private")

    assert client.get(ROOM).status_code == 404
    assert board_of(comes(people[0]).get(ROOM))


def test_the_secret_of_the_link_stands_on_no_page_of_the_room(comes, people):
    page = comes(people[0]).get(ROOM).text

    assert token_of(people[0]) not in page
    assert "noindex" in page


def test_a_ticket_that_we_did_not_make_opens_nothing(room, client):
    texts = ("", "x", "x" * 10_000, signing.dumps([1, 1, 0]), "1:2:3")
    shapes = ("room", [1], [1, 2, 3, 4], {"meeting": room.meeting_id}, ["a", "b", "c"], None, [[], {}, ""])
    for forged in (*texts, *(signing.dumps(shape, salt=SALT) for shape in shapes)):
        client.cookies[cookie_of(room.meeting)] = forged
        seen = board_of(client.get(ROOM)), client.get(STATE, headers={HEADER: forged}).status_code
        assert (forged, *seen) == (forged, False, 403)


def test_a_ticket_holds_for_one_meeting_and_half_a_day(people, client, other_room, monkeypatch):
    other = other_room.meeting
    good = ticket(people[0])
    assert client.get(STATE.replace("river", "buses"), headers={HEADER: good}).status_code == 403
    forged = Ticket(other.pk, people[0].pk).signed()  # as if we had made one for the wrong meeting
    assert client.get(STATE.replace("river", "buses"), headers={HEADER: forged}).status_code == 403

    assert read_ticket(good) == Ticket(people[0].meeting_id, people[0].pk)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + LASTS + 1)
    assert read_ticket(good) is None


def test_who_leaves_is_out_and_who_was_erased_too(comes, people):
    ines, marta = comes(people[0]), comes(people[1])
    ines.post(ROOM, {"deed": "leave"})
    people[1].delete()

    assert (board_of(ines.get(ROOM)), board_of(marta.get(ROOM))) == (False, False)


def test_a_meeting_without_a_room_has_no_such_page(client, people):
    assert (Client().get(ROOM).status_code, client.get(STATE).status_code) == (404, 403)


def ends(days, hours=None, **changed):
    """The meeting ended so long ago: by its date, and by its hour where it has one."""
    now = timezone.now()
    end = now - dt.timedelta(hours=hours) if hours is not None else None
    day = (now - dt.timedelta(days=days)).date()
    starts = end - dt.timedelta(hours=2) if end else None
    Meeting.objects.filter(slug="river").update(starts_at=starts, ends_at=end, date_start=day, date_end=day, **changed)


@pytest.mark.parametrize(
    ("ended", "is_open"),
    [
        ({"days": 2, "hours": 20}, True),
        ({"days": 2, "hours": 49}, False),
        ({"days": 1}, True),  # an evening in the Americas, of which the day is over here
        ({"days": 2}, False),
        ({"days": -1, "hours": -30, "status": "cancelled"}, False),
        ({"days": -1, "hours": -30, "status": "postponed"}, False),
    ],
    ids=["20 hours ago", "49 hours ago", "yesterday", "two days ago", "cancelled", "postponed"],
)
def test_a_room_that_nobody_closed_ends_after_the_day_after_its_meeting_or_with_one_called_off(
    room, asks, people, comes, client, network, ended, is_open
):
    question = asks(people[0], "¿Quién avisa?")
    poll = polls.save_poll(
        room=room, poll=None, takes_several=False, shows_while_open=True, by=None, language="es", question="¿Sí?",
        choices="Sí\nNo",
    )  # fmt: skip
    polls.open_poll(poll=poll, by=None)
    marta = comes(people[1])
    ends(**ended)

    plain = {"Accept": "text/plain"}
    said = [marta.post(ROOM, {"deed": "ask", "words": "¿Y ahora?", "language": "es"}).status_code]
    for press in ({"second": question.pk}, {"take-back": question.pk}, {"vote": poll.pk, f"choice-{poll.pk}": "0"}):
        said.append(marta.post(ROOM, press, headers=plain).status_code)

    assert said == ([302, 200, 200, 200] if is_open else [409, 409, 409, 409])
    assert (ROOM in client.get("/es/meetings/river/").text) == is_open
    assert "¿Quién avisa?" in marta.get(ROOM).text
    client.force_login(network.secretary)
    desk = client.get(f"{ROOM}moderate/").text
    assert ('value="close"' in desk, 'value="open"' in desk) == (is_open, False)
    if not is_open:
        with pytest.raises(rooms.MeetingOver):
            rooms.open_room(meeting=Meeting.objects.get(slug="river"), by=None)
        with pytest.raises(asking.RoomClosed):
            asking.second(question=question, by=people[2])


def test_who_registered_for_a_course_comes_into_the_rooms_of_its_modules(people, room, other_room, network, client):
    course, module = room.meeting, other_room.meeting
    page, state = ROOM.replace("river", "buses"), STATE.replace("river", "buses")
    link = f"/es/registration/{token_of(people[0])}/"
    visitor = Client()
    Meeting.objects.filter(pk=module.pk).update(parent=course, visibility="public")
    enter = f"{link}live/?module=buses"
    # A part of what is no course has its own people.
    assert (visitor.get(enter).status_code, enter in client.get(link).text) == (404, False)
    Meeting.objects.filter(pk=course.pk).update(kind="course")

    assert enter in client.get(link).text
    assert visitor.get(enter)["Location"] == page
    assert board_of(visitor.get(page))
    visitor.post(page, {"deed": "ask", "words": "¿Quién avisa?", "language": "es"})
    assert questions() == [("¿Quién avisa?", "asked", 0)]
    mine = {HEADER: Ticket(module.pk, people[0].pk).signed()}
    assert Client().get(state, headers=mine).status_code == 200
    Registration.objects.filter(pk=people[0].pk).update(user=network.member)
    client.force_login(network.member)
    assert (board_of(client.get(page)), page in client.get("/es/meetings/buses/").text) == (True, True)
    deciding.cancel(registration=people[0])
    assert Client().get(state, headers=mine).status_code == 403
    assert not board_of(client.get(page))


@pytest.mark.parametrize("bad", ["nothing", "river", "x" * 5000, "\0"])
def test_a_link_opens_the_room_of_no_other_meeting(people, room, other_room, client, bad):
    Meeting.objects.filter(pk=room.meeting_id).update(kind="course")

    assert client.get(f"/es/registration/{token_of(people[0])}/live/", {"module": bad}).status_code == 404


def test_a_link_that_stands_goes_before_the_accounts_cancelled_registration(people, comes, network):
    Registration.objects.filter(pk=people[1].pk).update(user=network.member)
    deciding.cancel(registration=people[1])
    browser = comes(people[0])
    browser.force_login(network.member)

    seen = browser.get(ROOM)

    assert (board_of(seen), "<bdi>Inês Souza</bdi>" in seen.text, 'value="leave"' in seen.text) == (True, True, True)
