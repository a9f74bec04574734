"""What cannot be in a programme is said at once."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from plaza.meetings.domain.changes import HoursOutOfOrder, OfAnotherMeeting, add_session, change_session
from plaza.meetings.domain.conflicts import Conflict, Kind, Slot, conflicts
from plaza.meetings.domain.desk import clashes_of
from plaza.meetings.domain.places import add_room
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.domain.programme_page import programme_of
from tests.meetings.conftest import at

START = dt.datetime(2027, 10, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def slot(session, begins, ends, room=None, *people):
    hour = dt.timedelta(hours=1)
    return Slot(session, START + begins * hour, START + ends * hour, room, frozenset(people))


def test_somebody_in_two_places_at_once():
    assert conflicts([slot(1, 9, 11, 1, 7), slot(2, 10, 12, 2, 7)]) == [Conflict(Kind.PERSON_TWICE, 1, 2, 7)]


def test_a_room_twice():
    assert conflicts([slot(1, 9, 11, 5), slot(2, 10, 12, 5)]) == [Conflict(Kind.ROOM_TWICE, 1, 2, 5)]


def test_what_ends_when_another_begins_is_no_conflict():
    assert conflicts([slot(1, 9, 10, 5, 7), slot(2, 10, 12, 5, 7)]) == []


def test_a_session_outside_the_hours_of_its_meeting_and_one_longer_than_a_day():
    bounds = (START + dt.timedelta(hours=9), START + dt.timedelta(hours=48))

    assert conflicts([slot(1, 8, 10), slot(2, 10, 40)], bounds) == [
        Conflict(Kind.OUTSIDE, 1),
        Conflict(Kind.TOO_LONG, 2),
    ]


def test_a_long_session_clashes_with_each_of_the_short_ones_it_covers():
    found = conflicts([slot(1, 9, 17, 5), slot(2, 10, 11, 5), slot(3, 12, 13, 5), slot(4, 17, 18, 5)])

    assert found == [Conflict(Kind.ROOM_TWICE, 1, 2, 5), Conflict(Kind.ROOM_TWICE, 1, 3, 5)]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.integers(1, 8), st.integers(1, 3), st.sets(st.integers(1, 4))), max_size=12
    )
)
def test_each_pair_that_overlaps_is_told_once_and_no_other(drawn):
    slots = [slot(n, begins, begins + long, room, *people) for n, (begins, long, room, people) in enumerate(drawn, 1)]
    expected = set()
    for first in slots:
        for other in slots:
            if first.session < other.session and first.starts_at < other.ends_at and other.starts_at < first.ends_at:
                pair = frozenset((first.session, other.session))
                expected |= {(Kind.ROOM_TWICE, pair, first.room)} if first.room == other.room else set()
                expected |= {(Kind.PERSON_TWICE, pair, person) for person in first.people & other.people}

    found = [(each.kind, frozenset((each.session, each.other)), each.what) for each in conflicts(slots)]
    assert (len(found), set(found)) == (len(expected), expected)


def test_the_desk_says_them_in_words_and_forgets_them_when_mended(summit, network):
    put_on_stage(session=summit.sessions["Buses de noche"], person=network.people["Ana Ribera"], by=None)
    change_session(session=summit.sessions["Mercados"], room=summit.rooms["Sala Azul"], by=None)
    said = [clash.sentence for clash in clashes_of(summit.meeting, programme_of(summit.meeting))]

    assert said == [
        "Ana Ribera is in two places at once: “Buses de noche” (10:00–11:00) and “El río crece” (10:00–12:00).",
        "The room Sala Azul is taken twice: “El río crece” (10:00–12:00) and “Mercados” (11:00–12:00).",
    ]

    change_session(session=summit.sessions["Buses de noche"], is_cancelled=True, by=None)
    change_session(session=summit.sessions["Mercados"], room=summit.rooms["Sala Verde"], by=None)
    assert clashes_of(summit.meeting, programme_of(summit.meeting)) == []


def test_a_session_does_not_take_the_room_of_another_meeting(summit, network):
    foreign = add_room(meeting=network.meetings["river"], name="Sala Roja", by=None)

    with pytest.raises(OfAnotherMeeting):
        change_session(session=summit.sessions["Sirenas"], room=foreign, by=None)
    with pytest.raises(OfAnotherMeeting):
        add_session(meeting=summit.meeting, language="es", room=foreign, by=None)
    assert summit.session("Sirenas").room == summit.rooms["Sala Azul"]


def test_the_room_of_another_meeting_sent_by_hand_is_refused_beside_the_field(summit, network, client):
    foreign = add_room(meeting=network.meetings["river"], name="Sala Roja", by=None)
    client.force_login(network.secretary)
    values = {"title": "X", "kind": "talk", "language": "es", "room": foreign.pk}
    answer = client.post("/es/workspace/meetings/cumbre/sessions/new/", values)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["room"])


@pytest.mark.parametrize("hours", [("10:00", "09:00"), ("10:00", "10:00"), ("10:00", None)])
def test_a_session_that_ends_before_it_begins_or_has_half_its_hours_is_refused(summit, hours):
    begins, ends = (at(6, clock) if clock else None for clock in hours)

    with pytest.raises(HoursOutOfOrder):
        change_session(session=summit.sessions["Sirenas"], starts_at=begins, ends_at=ends, by=None)
    assert summit.session("Sirenas").starts_at == at(6, "09:00")
