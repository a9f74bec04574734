"""A real mail server on this machine, which answers as it is told."""

import email
import email.policy
import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller


class Postbox:
    """`answers` are given one after another, before the last is given for ever; DROP hangs up after the words."""

    DROP = "drop"

    def __init__(self):
        self.answers = ["250 taken"]
        self.received = []
        self.asked = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers[0].startswith("RCPT "):
            return self._next().removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        answer = self._next()
        if answer == self.DROP:
            self.received.append(envelope.content)
            server.transport.abort()
            return "250 never heard"
        if answer.startswith("250"):
            self.received.append(envelope.content)
        return answer

    def _next(self):
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def letters(self):
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.received]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    box.port = controller.port
    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": controller.port}
    settings.MAIL_FROM = ("Red de Ciudades, América 🌊", "red@example.org")
    yield box
    controller.stop()
