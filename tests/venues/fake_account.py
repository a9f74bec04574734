"""What a BigBlueButton server tells of a meeting of its own accord, once it is over, and the token that proves it."""

import base64
import hmac
import json
import urllib.error
import urllib.request
from datetime import UTC, datetime


def post_over_http(url, headers, body):
    """How the server's own script tells of a meeting; it looks at the status and tries once."""
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def analytics_of(meeting):
    """As the gem bbbevents tells it and the script of the server sends it on."""
    began, ended = meeting.created / 1000, meeting.ended / 1000
    return {
        "version": "1.0",
        "meeting_id": meeting.asked["meetingID"],
        "internal_meeting_id": meeting.internal,
        "data": {
            "metadata": {"meeting_name": meeting.asked["name"], "is_breakout": "false"},
            "duration": int(ended - began),
            "start": iso(began),
            "finish": iso(ended),
            "attendees": [
                {
                    "ext_user_id": each.key,
                    "name": each.name,
                    "moderator": each.role == "MODERATOR",
                    "joins": [iso(stay.joined) for stay in each.stays],
                    "leaves": [iso(stay.left) for stay in each.stays],
                    "duration": int(sum(stay.left - stay.joined for stay in each.stays)),
                    "recent_talking_time": "",
                    "engagement": {
                        "chats": 1, "talks": 0, "raisehand": 0, "emojis": 0, "poll_votes": 0, "talk_time": 0
                    },
                }
                for each in meeting.attendees.values()
            ],
            "files": [],
            "polls": [],
        },
    }  # fmt: skip


def iso(seconds):
    return datetime.fromtimestamp(int(seconds), UTC).isoformat(timespec="milliseconds")


def token(payload, secret, alg="HS512"):
    """A JSON Web Token, by RFC 7515 and 7519."""
    parts = [json.dumps({"typ": "JWT", "alg": alg}), json.dumps(payload)]
    signed = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    mac = (
        b""
        if alg == "none"
        else hmac.new(secret.encode(), signed, {"HS512": "sha512", "HS256": "sha256"}[alg]).digest()
    )
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()
