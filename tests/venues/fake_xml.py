"""A BigBlueButton server's answers, in the XML of its documentation."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

DEVICE = {
    "isPresenter": "false",
    "isListeningOnly": "false",
    "hasJoinedVoice": "false",
    "hasVideo": "false",
    "clientType": "HTML5",
    "customdata": "",
}


class Raw(str):
    """Markup already."""


def yes(value):
    return "true" if value else "false"


def tags(values):
    return "".join(
        f"<{name}>{value if isinstance(value, Raw) else escape(value)}</{name}>" for name, value in values.items()
    )


def xml(values, code="SUCCESS"):
    return f"<response>{tags({'returncode': code} | values)}</response>"


def facts_of(meeting, parent=False):
    joined = bool(meeting.attendees)
    return {
        "meetingID": meeting.asked["meetingID"],
        "internalMeetingID": meeting.internal,
        **({"parentMeetingID": "bbb-none"} if parent else {}),
        "attendeePW": meeting.passwords[0],
        "moderatorPW": meeting.passwords[1],
        "createTime": str(meeting.created),
        "voiceBridge": "70757",
        "dialNumber": "613-555-1234",
        "createDate": datetime.fromtimestamp(meeting.created / 1000, UTC).strftime("%a %b %d %H:%M:%S UTC %Y"),
        "hasUserJoined": yes(joined),
        "duration": meeting.asked.get("duration", "0"),
        "hasBeenForciblyEnded": "false",
    }


def told_of(meeting):
    inside = [each for each in meeting.attendees.values() if each.is_in]
    facts = facts_of(meeting)
    people = "".join(
        f"<attendee>{tags({'userID': each.key, 'fullName': each.name, 'role': each.role, **DEVICE})}</attendee>"
        for each in inside
    )
    return {
        "meetingName": meeting.asked["name"],
        **facts,
        "running": yes(bool(inside)),
        "recording": "false",
        "startTime": str(meeting.created),
        "endTime": "0",
        "participantCount": str(len(inside)),
        "listenerCount": "0",
        "voiceParticipantCount": "0",
        "videoCount": "0",
        "maxUsers": "0",
        "moderatorCount": str(sum(each.role == "MODERATOR" for each in inside)),
        "attendees": Raw(people),
        "metadata": Raw(tags(meeting.meta)),
        "isBreakout": "false",
    }


def recording(each):
    playback = tags({"type": each["type"], "url": each["url"], "processingTime": "7177", "length": each["length"]})
    values = {
        **{name: each[name] for name in ("recordID", "meetingID")},
        "internalMeetingID": each["recordID"],
        "name": each["name"],
        "isBreakout": "false",
        "published": yes(each["state"] == "published"),
        **{name: each[name] for name in ("state", "startTime", "endTime")},
        "participants": "3",
        "metadata": Raw(""),
        "playback": Raw(f"<format>{playback}</format>"),
    }
    return f"<recording>{tags(values)}</recording>"
