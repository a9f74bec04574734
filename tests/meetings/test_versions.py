"""What people were told of a programme: changes in words, told once; and the way of a meeting from state to state."""

import threading

import pytest
from django.db import connection
from django.utils.translation import override

from plaza.core import history
from plaza.directory.domain.told_of_people import tell_of
from plaza.directory.models import Person, Profile
from plaza.meetings.choices import MOVES, MeetingStatus
from plaza.meetings.domain.balance import balance_of
from plaza.meetings.domain.changes import (
    OnTheProgramme,
    add_session,
    change_meeting,
    change_session,
    remove_session,
    take_off_stage,
)
from plaza.meetings.domain.differences import differences
from plaza.meetings.domain.places import NameTaken, add_room, change_place, remove_place
from plaza.meetings.domain.programme import put_on_stage
from plaza.meetings.domain.states import NotAllowed, move_meeting
from plaza.meetings.domain.told import in_words
from plaza.meetings.domain.versions import snapshot_of, tell_changes, untold, when_told
from plaza.meetings.models import ProgrammeVersion
from tests.meetings.conftest import ZONE, at

HEAD = {
    "title": "A",
    "status": "announced",
    "timezone": ZONE,
    "mode": "",
    "venue": "",
    "starts_at": None,
    "ends_at": None,
}
SESSION = {
    "number": 1, "title": "Ríos", "starts_at": "2027-10-05T15:00:00+00:00", "ends_at": "2027-10-05T16:00:00+00:00",
    "room": "Azul", "language": "es", "interpretation": [], "is_cancelled": False, "people": [1, 2],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def snapshot(**sessions):
    return {"meeting": HEAD, "sessions": {key.lstrip("_"): SESSION | values for key, values in sessions.items()}}


@pytest.mark.parametrize(
    ("before", "after", "whats"),
    [
        (snapshot(_1={}), snapshot(_1={}), []),
        (snapshot(_1={}), snapshot(_1={"room": "Verde"}), ["room"]),
        (snapshot(_1={}), snapshot(_1={"starts_at": "2027-10-05T14:00:00+00:00", "room": ""}), ["hours", "room"]),
        (snapshot(_1={}), snapshot(_1={"people": [1, 3]}), ["people replaced"]),
        (snapshot(_1={}), snapshot(_1={"people": [2, 1]}), []),
        (snapshot(_1={}), snapshot(_1={"people": [1]}), ["people gone"]),
        (snapshot(_1={}), snapshot(_1={"people": [1, 2, 3]}), ["people come"]),
        (snapshot(_1={}), snapshot(_1={"is_cancelled": True, "room": "Verde"}), ["cancelled"]),
        (snapshot(_1={"is_cancelled": True}), snapshot(_1={}), ["not cancelled"]),
        (snapshot(_1={"is_cancelled": True}), snapshot(), []),
        (snapshot(_1={}), snapshot(_2={}), ["added", "removed"]),
        (snapshot(_1={}), snapshot(_1={}, _2={"is_cancelled": True}), []),
        (snapshot(_1={}), snapshot(_1={"number": 7}), []),
    ],
)  # fmt: skip
def test_the_difference_of_two_programmes_is_what_somebody_who_comes_must_know(before, after, whats):
    assert [change["what"] for change in differences(before, after)] == whats


@pytest.mark.parametrize(
    ("before", "after", "whats"),
    [
        ("announced", "registration-open", []),
        ("registration-open", "live", []),
        ("registration-open", "cancelled", ["meeting status"]),
        ("postponed", "announced", ["meeting status"]),
        ("cancelled", "postponed", ["meeting status"]),
    ],
)
def test_that_registration_opens_is_no_news_and_that_it_is_off_or_on_again_is(before, after, whats):
    was, is_now = ({"meeting": HEAD | {"status": state}, "sessions": {}} for state in (before, after))
    assert [change["what"] for change in differences(was, is_now)] == whats


@pytest.fixture
def announced(summit):
    move_meeting(meeting=summit.meeting, to="announced", by=None)
    summit.meeting.refresh_from_db()
    return summit


@pytest.fixture
def heard(monkeypatch):
    versions = []
    monkeypatch.setattr(when_told, "_items", {"test": versions.append})
    return versions


def test_changes_are_said_in_words_and_told_once(announced, network, heard):
    meeting, sessions = announced.meeting, announced.sessions
    change_session(session=sessions["Sirenas"], room=announced.rooms["Sala Verde"], by=None)
    change_session(session=sessions["Mercados"], starts_at=at(6, "11:00"), ends_at=at(6, "12:00"), by=None)
    change_session(session=sessions["Apertura"], is_cancelled=True, by=None)
    take_off_stage(appearance=sessions["El río crece"].appearances.get(), by=None)
    put_on_stage(session=sessions["El río crece"], person=network.people["Luis Prado"], by=None)

    assert sorted(in_words(untold(meeting), ZONE)) == [
        "In “El río crece”, Luis Prado in place of Ana Ribera.",
        "“Apertura” was cancelled.",
        "“Mercados” has another hour: Oct. 6, 2027, 11:00–12:00 (before: Oct. 5, 2027, 11:00–12:00).",
        "“Sirenas” has another room: Sala Verde (before: Sala Azul).",
    ]
    version = tell_changes(meeting=meeting, by=network.secretary)
    assert (version.number, len(version.changes), heard) == (2, 4, [version.pk])
    assert (untold(meeting), tell_changes(meeting=meeting, by=network.secretary), heard) == ([], None, [version.pk])


def test_changes_name_sessions_and_rooms_as_the_reader_calls_them(announced, django_assert_num_queries):
    meeting, sirens, green = announced.meeting, announced.sessions["Sirenas"], announced.rooms["Sala Verde"]
    change_place(place=green, name_pt="Sala Verde-Mar", by=None)
    change_session(session=sirens, title_pt="Sirenes", room=green, by=None)
    change_session(session=announced.sessions["Mercados"], is_cancelled=True, by=None)
    changes = untold(meeting)

    with override("pt"), django_assert_num_queries(4):
        assert sorted(in_words(changes, ZONE)) == [
            "“Mercados” foi cancelada.",
            "“Sirenes” muda de sala: Sala Verde-Mar (antes: Sala Azul).",
        ]
    change_session(session=sirens, title="Alarmas", by=None)
    with override("pt"):  # what it was called then is nobody's translation of what it is called now
        assert "“Sirenas” muda de sala: Sala Verde-Mar (antes: Sala Azul)." in in_words(changes, ZONE)


def test_what_was_changed_and_changed_back_is_told_to_nobody(announced, heard):
    for room in ("Sala Verde", "Sala Azul"):
        change_session(session=announced.sessions["Sirenas"], room=announced.rooms[room], by=None)

    assert (tell_changes(meeting=announced.meeting, by=None), heard) == (None, [])


@pytest.mark.django_db(transaction=True)
def test_two_who_press_the_button_at_once_tell_it_once(announced, heard):
    change_session(session=announced.sessions["Sirenas"], is_cancelled=True, by=None)

    def press():
        tell_changes(meeting=announced.meeting, by=None)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (announced.meeting.versions.count(), len(heard)) == (2, 1)


def test_nothing_is_told_of_a_draft(summit, heard):
    change_session(session=summit.sessions["Sirenas"], is_cancelled=True, by=None)

    assert (untold(summit.meeting), tell_changes(meeting=summit.meeting, by=None), heard) == ([], None, [])


def test_two_records_of_a_person_that_become_one_change_no_programme(announced, network):
    other = Person.objects.create(slug="ana-r", name="Ana R.")
    announced.sessions["El río crece"].appearances.update(person=other)
    Person.objects.filter(pk=network.people["Ana Ribera"].pk).update(merged_into=other)

    assert untold(announced.meeting) == []


def test_a_version_names_nobody(announced, network):
    kept = str(ProgrammeVersion.objects.values_list("snapshot", "changes").get())

    assert [name for name in network.people if name in kept] == []
    assert str(network.people["Ana Ribera"].pk) in kept


def test_a_snapshot_costs_the_same_for_one_session_and_for_many(summit, django_assert_num_queries):
    with django_assert_num_queries(2):
        snapshot_of(summit.meeting)


def test_every_state_has_its_moves_and_none_leads_to_itself():
    assert set(MOVES) == set(MeetingStatus)
    assert [state for state, to in MOVES.items() if state in to] == []


def test_a_move_that_is_not_allowed_is_refused_and_one_that_is_stands_in_the_history(announced, network):
    with pytest.raises(NotAllowed):
        move_meeting(meeting=announced.meeting, to="archived", by=network.secretary)
    move_meeting(meeting=announced.meeting, to="postponed", by=network.secretary, why="El río creció.")

    entry = history.of(announced.meeting).last()
    assert (entry.verb, entry.by, entry.why) == ("meeting postponed", network.secretary, "El río creció.")
    assert move_meeting(meeting=announced.meeting, to="postponed", by=network.secretary) is False


def test_a_cancelled_meeting_says_so_on_its_page_and_is_told(announced, client):
    move_meeting(meeting=announced.meeting, to="cancelled", by=None)

    assert "<strong>Cancelled</strong>" in client.get("/en/meetings/cumbre/").text
    announced.meeting.refresh_from_db()
    assert [change["what"] for change in untold(announced.meeting)] == ["meeting status"]


def test_a_session_people_were_told_of_is_not_taken_away(announced):
    with pytest.raises(OnTheProgramme):
        remove_session(session=announced.sessions["Sirenas"], by=None)


def test_a_meeting_has_one_room_of_a_name_and_its_sessions_stay_without_it(summit):
    with pytest.raises(NameTaken):
        add_room(meeting=summit.meeting, name="sala azul", by=None)
    with pytest.raises(NameTaken):
        change_place(place=summit.rooms["Sala Verde"], name="Sala Azul", by=None)
    remove_place(place=summit.rooms["Sala Azul"], by=None)

    assert summit.session("Sirenas").room is None


def test_numbers_of_sessions_follow_each_other(summit):
    numbers = [add_session(meeting=summit.meeting, language="es", by=None).number for _ in range(2)]

    assert numbers[1] == numbers[0] + 1


def test_a_meeting_keeps_what_it_is_and_where(summit):
    values = {"mode": "mixed", "venue": "Casa del Río", "interpretation": ["pt", "en"], "is_own": False}

    assert change_meeting(meeting=summit.meeting, by=None, **values) == ["mode", "venue", "interpretation", "is_own"]


def test_the_balance_counts_each_person_once_and_says_what_nobody_said(summit, network, django_assert_num_queries):
    put_on_stage(session=summit.sessions["Sirenas"], person=network.people["Ana Ribera"], by=None)
    put_on_stage(session=summit.sessions["Sirenas"], person=network.people["Luis Prado"], by=None)
    for name, gender in (("Ana Ribera", "woman"), ("João Mar", "man")):
        Profile.objects.create(person=network.people[name], gender=gender)

    with django_assert_num_queries(2):
        found = balance_of(summit.meeting)
    told = [[(each.label, each.count, each.percent) for each in shares if each.count] for shares in (
        found.genders, found.sectors, found.countries,
    )]  # fmt: skip
    assert (found.people, told) == (
        4,
        [
            [("woman", 1, 25), ("man", 1, 25), ("not said", 2, 50)],
            [("public sector", 3, 75), ("not said", 1, 25)],
            [("Ecuador", 3, 75), ("not known", 1, 25)],
        ],
    )


def test_nobody_declares_the_gender_of_another(network):
    ana = network.people["Ana Ribera"]
    tell_of(person=ana, by=network.secretary, gender="woman", website="https://example.org/")
    assert (ana.profile.gender, ana.profile.gender_for) == ("", "nobody")

    ana.user = network.member
    ana.save()
    tell_of(person=ana, by=network.member, gender="woman")
    assert Profile.objects.get(person=ana).gender == "woman"
