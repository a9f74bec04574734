"""Serving a file by ranges, so that a player can open in the middle (RFC 9110 §14)."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

ONE_RANGE: Final = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
BLOCK: Final = 64 * 1024


def serve_file(request: HttpRequest, file: "File[bytes]", *, media_type: str) -> HttpResponseBase:
    """The whole file, or the one range asked for (206); 416 for a range outside of it.

    Several ranges in one request are answered with the whole, as the standard allows.
    """
    size = file.size
    asked = ONE_RANGE.match(request.headers.get("Range", ""))
    if asked is None or asked.groups() == ("", ""):
        response: HttpResponseBase = FileResponse(file.open("rb"), content_type=media_type)
        response["Accept-Ranges"] = "bytes"
        return response
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return refused
    opened = file.open("rb")
    opened.seek(start)
    response = StreamingHttpResponse(_blocks(opened, end - start + 1), status=206, content_type=media_type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _blocks(file: "BinaryIO | File[bytes]", count: int) -> Iterator[bytes]:
    with file:
        while count > 0:
            block = file.read(min(BLOCK, count))
            if not block:
                return
            count -= len(block)
            yield block
