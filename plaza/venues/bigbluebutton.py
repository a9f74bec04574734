"""BigBlueButton by its API, versions 2.4 to 3.0: https://docs.bigbluebutton.org/development/api"""

import datetime as dt
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

from lxml import etree

from plaza.core.egress import TOO_LARGE, NotFetched, ask
from plaza.core.languages import Language
from plaza.core.plain import plain_line, plain_text
from plaza.venues.answers import MOST_BYTES, number, read, word
from plaza.venues.signing import Hashing, checksum
from plaza.venues.venue import LONGEST_NAME, Found, Guest, Opened, Present, Role, Room, VenueDown, WhyDown

# A person waits for it.
SECONDS: Final = 8.0
# What the server takes as the name of a room.
SHORTEST, LONGEST = 2, 64
# A room that nobody is in has no information; the server says it in one of these.
NOT_OPEN: Final = ("notFound", "invalidMeetingIdentifier")
# What it plays best, first.
FORMATS: Final = ("video", "presentation", "screenshare", "podcast")
LOCALES: Final[Mapping[Language, str]] = {"es": "es", "pt": "pt-BR", "en": "en", "fr": "fr"}
_LATEST: Final = 4_102_444_800_000  # the year 2100


def api_of(url: str) -> str:
    """Where the API is, by what `bbb-conf --secret` prints (`https://bbb.example.org/bigbluebutton/`) or the host alone."""
    url = url.rstrip("/")
    if not urlsplit(url).path:
        url = f"{url}/bigbluebutton"
    return url if url.endswith("/api") else f"{url}/api"


@dataclass(frozen=True, slots=True)
class BigBlueButton:
    """One server. `url` is that of its API (`api_of`); the secret signs every call, and is in no address that we give out."""

    url: str
    secret: str = field(repr=False)
    hashing: Hashing = "sha256"

    def open(self, room: Room) -> Opened:
        """Of a room that is open the server says what it is; what was asked with it the first time stays."""
        asked = {
            "meetingID": room.key,
            "name": plain_line(room.name)[:LONGEST].strip().ljust(SHORTEST, "-"),
            "attendeePW": self._password(room.key, Role.VIEWER),
            "moderatorPW": self._password(room.key, Role.MODERATOR),
            "record": _yes(room.records),
            "autoStartRecording": "false",
            "allowStartStopRecording": _yes(room.records),
            "muteOnStart": "true",
            # Without its events the server has nothing to tell of who was there.
            "meetingKeepEvents": "true",
            "duration": str(room.minutes),
        }
        if room.welcome:
            asked["welcome"] = plain_text(room.welcome)
        if room.leads_back_to:
            asked["logoutURL"] = room.leads_back_to
        answer = self._call("create", asked | {f"meta_{name}": address for name, address in room.tells.items()})
        return Opened(since=number(answer, "createTime"))

    def address_for(self, room: str, guest: Guest, opened: Opened) -> str:
        """Signed here: the server is not asked. It lets nobody in whose room was closed and opened again."""
        asked = {
            "meetingID": room,
            "fullName": plain_line(guest.name)[:LONGEST_NAME] or guest.key,
            "userID": guest.key,
            "role": guest.role.value,
            "redirect": "true",
            "userdata-bbb_override_default_locale": LOCALES[guest.language],
        }
        return self._signed("join", asked | ({"createTime": str(opened.since)} if opened.since else {}))

    def end(self, room: str) -> None:
        """For everybody in it. Of a room that is not open, nothing is said."""
        try:
            self._call("end", {"meetingID": room, "password": self._password(room, Role.MODERATOR)})
        except VenueDown as reason:
            if reason.said not in NOT_OPEN:
                raise

    def present(self, room: str) -> Sequence[Present] | None:
        """By the key that each was let in with; who came by telephone has one of the server's."""
        try:
            answer = self._call("getMeetingInfo", {"meetingID": room})
        except VenueDown as reason:
            if reason.said in NOT_OPEN:
                return None
            raise
        if word(answer, "hasBeenForciblyEnded") == "true" or number(answer, "endTime"):
            return None
        return [_present(each) for each in answer.iterfind("attendees/attendee")]

    def recordings(self, room: str) -> Sequence[Found]:
        """Those that the server has published, with the address of the form that plays best."""
        answer = self._call("getRecordings", {"meetingID": room, "state": "published"})
        found = [_found(each) for each in answer.iterfind("recordings/recording") if word(each, "published") == "true"]
        return [each for each in found if each is not None]

    def try_out(self) -> None:
        """Whether it answers, and takes our secret. Raises VenueDown."""
        self._call("isMeetingRunning", {"meetingID": "plaza-check"})

    def _password(self, room: str, role: Role) -> str:
        """Older servers call a second `create` another meeting where these differ."""
        return hmac.digest(self.secret.encode(), f"{role}\0{room}".encode(), "sha256").hex()[:24]

    def _signed(self, call: str, asked: Mapping[str, str]) -> str:
        query = urlencode(asked)
        return f"{self.url}/{call}?{query}&checksum={checksum(call, query, self.secret, self.hashing)}"

    def _call(self, call: str, asked: Mapping[str, str]) -> etree._Element:
        try:
            answer = ask(self._signed(call, asked), inside=self.url, seconds=SECONDS, most_bytes=MOST_BYTES)
        except NotFetched as reason:
            raise VenueDown(WhyDown.ODD if reason.why == TOO_LARGE else WhyDown.SILENT, reason.why) from reason
        if answer.status != 200:
            raise VenueDown(WhyDown.SILENT if answer.status >= 500 else WhyDown.ODD, f"status {answer.status}")
        return read(answer.data)


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _present(each: etree._Element) -> Present:
    role = Role.MODERATOR if word(each, "role").upper() == Role.MODERATOR else Role.VIEWER
    return Present(word(each, "userID"), word(each, "fullName"), role)


def _found(each: etree._Element) -> Found | None:
    """By the format that plays best; None where it has no address of the web."""
    formats = {word(one, "type"): one for one in each.iterfind("playback/format")}
    kinds = sorted(formats, key=lambda kind: FORMATS.index(kind) if kind in FORMATS else len(FORMATS))
    for kind in kinds:
        address = word(formats[kind], "url")
        if urlsplit(address).scheme in ("http", "https"):
            began, ended = number(each, "startTime"), number(each, "endTime")
            minutes = number(formats[kind], "length") or max(0, ended - began) // 60_000
            return Found(word(each, "recordID"), address, min(minutes, 24 * 60), _moment(began))
    return None


def _moment(milliseconds: int) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC) if 0 < milliseconds < _LATEST else None
