"""How the encoder process is spoken to, over a unix socket: a length, a JSON head, raw float32.

question: {"encoder": name, "role": …, "texts": […], "languages": […]}
answer:   {"rows": n, "dimensions": d} and n·d float32, or {"absent": reason}
question: the same for passages, with {"stretches": [[[start, end], …], …]}
answer:   the same, after the rows of the passages those of all their stretches
question: {"identify": text}
answer:   {"language": code or null}
question: {"translate": text with its names marked, "language": code}
answer:   {"translated": {code: text, …}} or {"absent": reason}
"""

import json
import socket
import struct
from typing import Any, Final

import numpy as np

from plaza.retrieval.encoders.base import EncoderAbsent, Vectors

LENGTH: Final = struct.Struct("!II")
LARGEST: Final = 64 * 1024 * 1024


def send(connection: socket.socket, head: dict[str, Any], vectors: Vectors | None = None) -> None:
    encoded = json.dumps(head).encode()
    body = b"" if vectors is None else np.ascontiguousarray(vectors, dtype=np.float32).tobytes()
    connection.sendall(LENGTH.pack(len(encoded), len(body)) + encoded + body)


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    """One message. EOFError when the other side has gone; EncoderAbsent for one too large to be ours."""
    head_length, body_length = LENGTH.unpack(_exactly(connection, LENGTH.size))
    if head_length + body_length > LARGEST:
        raise EncoderAbsent("a message of the encoder process is too large")
    head = json.loads(_exactly(connection, head_length))
    return head, _exactly(connection, body_length)


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = connection.recv(min(count - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)
