"""A BigBlueButton server on loopback: it speaks the real protocol, and shares no line with the adapter that it tests.
What holds it to the truth stands in test_fake_is_true.py: a client of others, the vector and the examples of its documentation.

Who joins is there at once, and stays until `leave`, `end_now` or a call of `end`. `clock` is the server's, in seconds."""

import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from tests.venues.fake_account import analytics_of, post_over_http, token
from tests.venues.fake_xml import Raw, facts_of, recording, tags, told_of, xml, yes

SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"
HASHES = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
CHECKSUM = ("checksumError", "You did not pass the checksum security check")
NO_MEETING = ("notFound", "We could not find a meeting with that meeting ID")


class Refusal(Exception):
    def __init__(self, key, message):
        super().__init__(key)
        self.key, self.message = key, message


@dataclass
class Stay:
    joined: float
    left: float | None = None


@dataclass
class Attendee:
    internal: str
    key: str
    name: str
    role: str
    stays: list[Stay] = field(default_factory=list)

    @property
    def is_in(self):
        return self.stays[-1].left is None


@dataclass
class Meeting:
    asked: dict[str, str]
    created: int
    passwords: tuple[str, str]
    attendees: dict[str, Attendee] = field(default_factory=dict)
    ended: int = 0

    @property
    def internal(self):
        return f"{hashlib.sha1(self.asked['meetingID'].encode()).hexdigest()}-{self.created}"

    @property
    def meta(self):
        return {name[5:].lower(): value for name, value in self.asked.items() if name.startswith("meta_")}


@dataclass
class Fake:
    """`says`: an answer to every call in place of its own: status and bytes. `slow`: seconds before it answers."""

    port: int = 0
    secret: str = SECRET
    clock: Callable[[], float] = time.time
    post: Callable[[str, dict[str, str], bytes], int] = post_over_http
    meetings: dict[str, Meeting] = field(default_factory=dict)
    over: list[Meeting] = field(default_factory=list)
    recordings: list[dict[str, str]] = field(default_factory=list)
    sessions: dict[str, Attendee] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    says: tuple[int, bytes] | None = None
    slow: float = 0

    @property
    def url(self):
        """As `bbb-conf --secret` prints it."""
        return f"http://127.0.0.1:{self.port}/bigbluebutton/"

    def called(self, name):
        return [asked for call, asked in self.calls if call == name]

    # What people do in the room.

    def leave(self, key):
        for meeting in self.meetings.values():
            for each in meeting.attendees.values():
                if each.key == key and each.is_in:
                    each.stays[-1].left = self.clock()

    def end_now(self, meeting_id):
        """The last moderator ends it for all: everybody is out, and the server tells who asked to be told."""
        meeting = self.meetings.pop(meeting_id)
        self.over.append(meeting)
        meeting.ended = int(self.clock() * 1000)
        for each in meeting.attendees.values():
            if each.is_in:
                each.stays[-1].left = self.clock()
        return self.tell(meeting)

    def tell(self, meeting, **headers):
        """What post_events_analytics_callback.rb sends."""
        url = meeting.meta.get("analytics-callback-url")
        if url is None or (meeting.asked.get("meetingKeepEvents") != "true" and meeting.asked.get("record") != "true"):
            return None
        body = json.dumps(analytics_of(meeting)).encode()
        told = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token({'exp': int(time.time()) + 24 * 3600}, self.secret)}",
            "User-Agent": "BigBlueButton Analytics Callback",
        }
        return self.post(url, told | headers, body)

    def publish_recording(self, meeting_id, address, minutes=57):
        meeting = next(each for each in [*self.over, *self.meetings.values()] if each.asked["meetingID"] == meeting_id)
        self.recordings.append(
            {
                "recordID": meeting.internal,
                "meetingID": meeting_id,
                "name": meeting.asked["name"],
                "state": "published",
                "startTime": str(meeting.created),
                "endTime": str(meeting.created + minutes * 60_000),
                "type": "presentation",
                "url": address,
                "length": str(minutes),
            }
        )

    # What programs ask.

    def answer(self, call, query, form):
        asked = dict(parse_qsl(form or query, keep_blank_values=True))
        self.calls.append((call, asked))
        deed = {
            "create": self.create, "join": self.join, "end": self.end, "isMeetingRunning": self.is_running,
            "getMeetingInfo": self.info, "getMeetings": self.all_meetings, "getRecordings": self.find_recordings,
        }.get(call)  # fmt: skip
        if deed is None:
            raise Refusal("unsupportedRequest", "This request is not supported.")
        self.check(call, form or query, asked.get("checksum", ""))
        return deed(asked)

    def check(self, call, query, given):
        bare = "&".join(part for part in query.split("&") if not part.startswith("checksum="))
        kind = HASHES.get(len(given))
        if kind is None or hashlib.new(kind, (call + bare + self.secret).encode()).hexdigest() != given:
            raise Refusal(*CHECKSUM)

    def create(self, asked):
        meeting_id = asked.get("meetingID", "").strip()
        if not meeting_id:
            raise Refusal("missingParamMeetingID", "You must specify a meeting ID for the meeting.")
        if not 2 <= len(meeting_id) <= 256 or "," in meeting_id:
            raise Refusal("validationError", "Meeting ID must be between 2 and 256 characters, without commas")
        if not 2 <= len(asked.get("name", "")) <= 64:
            raise Refusal("validationError", "Meeting name must be between 2 and 64 characters")
        if any(ord(letter) < 32 and letter not in "\n\t" for value in asked.values() for letter in value):
            raise Refusal("validationError", "Parameters may not have control characters")
        passwords = (asked.get("attendeePW", ""), asked.get("moderatorPW", ""))
        old = self.meetings.get(meeting_id)
        if old is not None and passwords != old.passwords:
            raise Refusal("idNotUnique", "A meeting already exists with that meeting ID.  Please use a different one.")
        is_new = old is None
        if is_new:
            given = tuple(each or secrets.token_hex(4) for each in passwords)
            old = self.meetings[meeting_id] = Meeting(asked, int(self.clock() * 1000), given)
        warning = {
            "messageKey": "" if is_new else "duplicateWarning",
            "message": "" if is_new else "This conference was already in existence and may currently be in progress.",
        }
        return xml(facts_of(old, parent=True) | warning)

    def join(self, asked):
        """Gives the address of the room in the place of XML."""
        if not asked.get("fullName", "").strip():
            raise Refusal("missingParamFullName", "You must specify a name for the attendee who will be joining.")
        meeting = self.meetings.get(asked.get("meetingID", "").strip())
        if meeting is None:
            raise Refusal("invalidMeetingIdentifier", "The meeting ID that you supplied did not match any meetings")
        if "createTime" in asked and asked["createTime"] != str(meeting.created):
            raise Refusal("mismatchCreateTimeParam", "The createTime parameter mismatches with the current meeting.")
        role = asked.get("role", "").upper()
        if role not in ("MODERATOR", "VIEWER"):
            by_password = dict(zip(meeting.passwords, ("VIEWER", "MODERATOR"), strict=True))
            role = by_password.get(asked.get("password", ""), "")
        if not role:
            raise Refusal(
                "invalidPassword", "The password supplied is neither the attendee nor the moderator password."
            )
        internal = f"w_{secrets.token_hex(6)}"
        key = asked.get("userID") or internal
        here = meeting.attendees.setdefault(key, Attendee(internal, key, asked["fullName"].strip(), role))
        here.role = role
        if not here.stays or not here.is_in:
            here.stays.append(Stay(self.clock()))
        session = secrets.token_hex(8)
        self.sessions[session] = here
        there = f"http://127.0.0.1:{self.port}/client/BigBlueButton.html?{urlencode({'sessionToken': session})}"
        if asked.get("redirect") != "false":
            return there
        return xml(
            {
                "messageKey": "successfullyJoined",
                "message": "You have joined successfully.",
                "meeting_id": meeting.internal,
                "user_id": internal,
                "auth_token": secrets.token_hex(6),
                "session_token": session,
                "url": there,
            }
        )

    def end(self, asked):
        meeting = self.meetings.get(asked.get("meetingID", ""))
        if meeting is None:
            raise Refusal(*NO_MEETING)
        if "password" in asked and asked["password"] != meeting.passwords[1]:
            raise Refusal("invalidPassword", "You must supply the moderator password for this call.")
        threading.Thread(target=self.end_now, args=[asked["meetingID"]]).start()
        return xml(
            {
                "messageKey": "sentEndMeetingRequest",
                "message": "A request to end the meeting was sent.  Please wait a few seconds, and then use the "
                "getMeetingInfo or isMeetingRunning API calls to verify that it was ended",
            }
        )

    def is_running(self, asked):
        meeting = self.meetings.get(asked.get("meetingID", ""))
        running = meeting is not None and any(each.is_in for each in meeting.attendees.values())
        return xml({"running": yes(running)})

    def info(self, asked):
        meeting = self.meetings.get(asked.get("meetingID", ""))
        if meeting is None:
            raise Refusal(*NO_MEETING)
        return xml(told_of(meeting))

    def all_meetings(self, asked):
        told = "".join(f"<meeting>{tags(told_of(each))}</meeting>" for each in self.meetings.values())
        return xml({"meetings": Raw(told)} | ({} if told else {"messageKey": "noMeetings"}))

    def find_recordings(self, asked):
        wanted, states = asked.get("meetingID", ""), asked.get("state", "published,unpublished").split(",")
        found = [
            each
            for each in self.recordings
            if (not wanted or each["meetingID"] in wanted.split(",")) and each["state"] in states
        ]
        if not found:
            none = {"messageKey": "noRecordings", "message": "There are no recordings for the meeting(s)."}
            return xml({"recordings": Raw("")} | none)
        return xml({"recordings": Raw("".join(recording(each) for each in found))})
