"""The board of a room as markup, the same for everybody in it: made once for each beat of its pulse and each language, and
kept in this process, packed; at most one every two seconds. What is one's own is not in it: the browser keeps its marks."""

import gzip
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from plaza.live.domain.board import board_of
from plaza.live.models import Room

MOST: Final = 64
# Seconds. In a lively room something changes several times in each; one that was made so lately is handed out all the same.
AFRESH = 2.0


@dataclass(frozen=True, slots=True)
class KeptBoard:
    number: int
    made_at: float
    body: bytes
    packed: bytes


_kept: OrderedDict[tuple[int, str], KeptBoard] = OrderedDict()
_lock: Final = threading.Lock()


def etag_of(room: int, number: int) -> str:
    # Weak, as a proxy that packs answers would make it.
    return f'W/"{room}.{number}"'


def kept_board(room: int, number: int, language: str) -> KeptBoard:
    """`number` was read before, so what changes meanwhile makes the next one. One at a time makes it: the others wait for
    that one instead of making their own."""
    key = (room, language)
    with _lock:
        found = _kept.get(key)
        if found is None or (found.number != number and time.monotonic() - found.made_at >= AFRESH):
            board = board_of(Room.objects.select_related("meeting").get(pk=room), language)
            body = render_to_string("live/parts/board.html", {"board": board}).encode()
            found = KeptBoard(number, time.monotonic(), body, gzip.compress(body, 6))
            _kept[key] = found
            _kept.move_to_end(key)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return found


def state_answer(request: HttpRequest, room: int, number: int, language: str) -> HttpResponse:
    """Nothing but a few headers for who has seen this already."""
    seen = parse_etags(request.headers.get("If-None-Match", ""))
    board = None if etag_of(room, number) in seen else kept_board(room, number, language)
    etag = etag_of(room, board.number if board else number)
    if board is None or etag in seen:
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(board.packed if is_packed else board.body)
        patch_vary_headers(response, ["Accept-Encoding"])
        if is_packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def forget() -> None:
    """As in a new process."""
    with _lock:
        _kept.clear()
