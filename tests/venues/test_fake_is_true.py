"""What holds the fake to the truth: a client of others (bbbctl, by one who runs such servers), and the documentation."""

import hashlib
import urllib.request

import bbbctl
import pytest

from plaza.venues.signing import checksum
from tests.venues.fake import SECRET, Fake
from tests.venues.fake_account import analytics_of
from tests.venues.fake_served import served

# docs.bigbluebutton.org/development/api, "Usage".
DOCUMENTED = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
DOCUMENTED_SUM = "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17"
# The same page, "getMeetingInfo": the elements of its example, and of an attendee in it.
OF_A_MEETING = {
    *("returncode", "meetingName", "meetingID", "internalMeetingID", "createTime", "createDate", "voiceBridge"),
    *("dialNumber", "attendeePW", "moderatorPW", "running", "duration", "hasUserJoined", "recording"),
    *("hasBeenForciblyEnded", "startTime", "endTime", "participantCount", "listenerCount", "voiceParticipantCount"),
    *("videoCount", "maxUsers", "moderatorCount", "attendees", "metadata", "isBreakout"),
}
OF_AN_ATTENDEE = {
    *("userID", "fullName", "role", "isPresenter", "isListeningOnly", "hasJoinedVoice", "hasVideo", "clientType"),
    "customdata",
}
OF_A_CREATION = {
    *("returncode", "meetingID", "internalMeetingID", "parentMeetingID", "attendeePW", "moderatorPW", "createTime"),
    *("voiceBridge", "dialNumber", "createDate", "hasUserJoined", "duration", "hasBeenForciblyEnded", "messageKey"),
    "message",
}
OF_A_RECORDING = {
    *("recordID", "meetingID", "internalMeetingID", "name", "isBreakout", "published", "state", "startTime", "endTime"),
    *("participants", "metadata", "playback"),
}


@pytest.fixture
def fake():
    with served(Fake()) as fake:
        yield fake


@pytest.fixture
def client(fake):
    return bbbctl.BBBApiClient(f"{fake.url}api", fake.secret)


def names(element):
    return {each.tag for each in element}


def test_the_documented_checksum_is_taken_by_the_fake_and_made_by_us(fake):
    there = f"{fake.url}api/create?{DOCUMENTED}&checksum={DOCUMENTED_SUM}"
    with urllib.request.urlopen(there) as answer:
        said = answer.read()

    assert SECRET == "639259d4-9dd8-4b25-bf01-95f9567eaf4b"
    assert hashlib.sha1(f"create{DOCUMENTED}{SECRET}".encode()).hexdigest() == DOCUMENTED_SUM
    assert checksum("create", DOCUMENTED, SECRET, "sha1") == DOCUMENTED_SUM
    assert b"<returncode>SUCCESS</returncode><meetingID>abc123</meetingID>" in said


def test_a_client_of_others_creates_joins_looks_and_ends(fake, client):
    first = client.createMeeting("room-1", "A room", attendeePW="ap", moderatorPW="mp", meta_presenter="joe")
    again = client.createMeeting("room-1", "A room", attendeePW="ap", moderatorPW="mp")
    with urllib.request.urlopen(client.getJoinLink("room-1", "Inês Souza", role="viewer", userID="u1")) as room:
        seen = room.read().decode()
    info = client.getMeetingInfo("room-1")
    people = info.findall("attendees/attendee")

    assert (names(first), names(again)) == (OF_A_CREATION, OF_A_CREATION)
    assert first.findtext("createTime") == again.findtext("createTime")
    assert again.findtext("messageKey") == "duplicateWarning"
    assert ">Inês Souza<" in seen
    assert (names(info), names(people[0])) == (OF_A_MEETING, OF_AN_ATTENDEE)
    assert [(each.findtext("userID"), each.findtext("role")) for each in people] == [("u1", "VIEWER")]
    assert info.findtext("metadata/presenter") == "joe"
    assert [each.findtext("meetingID") for each in client.getMeetings()] == ["room-1"]

    fake.publish_recording("room-1", "https://bbb.example.org/playback/presentation/2.3/x")
    found = client.getRecordings(meetingID="room-1", state="published")
    ended = client.end("room-1")

    assert [names(each) for each in found] == [OF_A_RECORDING]
    assert ended.findtext("messageKey") == "sentEndMeetingRequest"


@pytest.mark.parametrize(
    ("ask", "key"),
    [
        (lambda client: client.getMeetingInfo("none"), "notFound"),
        (lambda client: client.end("none"), "notFound"),
        (lambda client: client.createMeeting("a,b", "A room"), "validationError"),
        (lambda client: client.createMeeting("room", "x" * 65), "validationError"),
        (lambda client: client.createMeeting("here", "Here", attendeePW="other", moderatorPW="mp"), "idNotUnique"),
        (
            lambda client: client.call("join", meetingID="none", fullName="A", redirect="false"),
            "invalidMeetingIdentifier",
        ),
        (lambda client: client.call("join", meetingID="here", fullName="A", redirect="false"), "invalidPassword"),
        (lambda client: client.call("join", meetingID="here", redirect="false"), "missingParamFullName"),
        (
            lambda client: client.call(
                "join", meetingID="here", fullName="A", role="VIEWER", createTime=1, redirect="false"
            ),
            "mismatchCreateTimeParam",
        ),
        (lambda client: bbbctl.BBBApiClient(client.api, "another").getMeetings(), "checksumError"),
    ],
)
def test_what_the_real_server_refuses_the_fake_refuses(client, ask, key):
    client.createMeeting("here", "Here", attendeePW="ap", moderatorPW="mp")

    with pytest.raises(bbbctl.ApiError) as refusal:
        ask(client)

    assert refusal.value.tree.findtext("messageKey") == key


def test_the_account_it_sends_has_the_form_of_the_servers_own_script(fake, client):
    """post_events_analytics_callback.rb of the server and the gem bbbevents, as their logs show it."""
    client.createMeeting("room", "A room", attendeePW="ap", moderatorPW="mp", meetingKeepEvents="true")
    client.call("join", meetingID="room", fullName="Inês", role="VIEWER", userID="u1", redirect="false")
    fake.end_now("room")
    account = analytics_of(fake.over[0])

    assert list(account) == ["version", "meeting_id", "internal_meeting_id", "data"]
    assert set(account["data"]) == {"metadata", "duration", "start", "finish", "attendees", "files", "polls"}
    assert set(account["data"]["attendees"][0]) == {
        *("ext_user_id", "name", "moderator", "joins", "leaves", "duration", "recent_talking_time", "engagement"),
    }
    assert len("2025-02-03T13:48:54.000+02:00") == len(account["data"]["start"])
