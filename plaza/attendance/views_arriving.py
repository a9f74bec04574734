"""The door for a video server's own account of who was there."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from plaza.attendance.domain.arriving import MOST_BYTES, OfNoMeeting, take_in
from plaza.core import rate
from plaza.core.plain import row_number
from plaza.formats.refusal import Refused
from plaza.venues.configured import bigbluebutton
from plaza.venues.signing import is_signed

# Of strangers who try tokens: whose token is right is never kept waiting, its script tries once.
TRIED = rate.Limit("tokens of a video server", burst=20, every=30)


# The server's token is what lets in; answers are for its log, in English. Its script looks at the status and tries once.
@csrf_exempt
@never_cache
@require_POST
def from_video_server(request: HttpRequest) -> HttpResponse:
    server = bigbluebutton()
    if server is None:
        return _said(404, "No BigBlueButton server is set for this installation.")
    if not is_signed(request.headers.get("Authorization", ""), server.secret):
        if not rate.take(TRIED, rate.address_block(request)):
            return _said(429, "Too many tokens that are not signed with the secret of the server: wait some minutes.")
        return _said(401, "The token is not signed with the secret of the server, or has ended.")
    if row_number(request.headers.get("Content-Length")) > MOST_BYTES:
        return _said(413, "The report is too large: at most 10 MB.")
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return _said(413, "The report is too large: at most 10 MB.")
    try:
        take_in(body)
    except OfNoMeeting:
        return _said(404, "There is no meeting with a room of that meeting_id here.")
    except Refused as reason:
        return _said(422, str(reason.why))
    return _said(200, "Received.")


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
