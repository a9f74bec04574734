"""The line to the mail server, and what an answer of it means."""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any, Final, Literal

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.utils.encoding import punycode

from plaza.core.plain import plain_line
from plaza.mail.domain.attached import parts_of
from plaza.mail.domain.paragraphs import paragraphs_of
from plaza.mail.domain.parts import parts
from plaza.mail.models import Letter

PATIENCE: Final = 30  # seconds, for each answer of the server
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """`later`: refused for now. `unknown`: the words were handed over, and no answer came."""

    kind: Literal["sent", "later", "refused", "unknown"]
    reason: str = ""


class _Line(smtplib.SMTP):
    """Knows whether it began to hand the words over: before that, nothing can have gone out."""

    has_begun = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        type(self).has_begun = self.has_begun = True
        return super().data(msg)


class _SecureLine(smtplib.SMTP_SSL):
    has_begun = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        type(self).has_begun = self.has_begun = True
        return super().data(msg)


class _Backend(EmailBackend):
    """Django's own, with a line that remembers; a class of its own for each letter, for Django drops the line."""

    def __init__(self, **server: Any) -> None:
        super().__init__(**server, timeout=PATIENCE, fail_silently=False)
        kind: type[smtplib.SMTP] = _SecureLine if self.use_ssl else _Line
        self._kind = type(kind.__name__, (kind,), {"has_begun": False})

    @property
    def connection_class(self) -> Any:
        return self._kind

    @property
    def has_begun(self) -> bool:
        return bool(self._kind.has_begun)  # type: ignore[attr-defined]


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """Text first, HTML second; both say the same."""
    name, address = settings.MAIL_FROM
    own = parts.get(letter.template)
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=own.text(letter.text) if own else letter.text,
        from_email=formataddr((plain_line(name), address)),
        to=[formataddr((letter.to_name, _as_ascii(letter.to)))],
        headers={
            "Message-ID": letter.message_id,
            "Content-Language": letter.language,
            # No machine answers it with a note of absence (RFC 3834).
            "Auto-Submitted": "auto-generated",
            **letter.headers,
        },
    )
    html = render_to_string(
        "mail/letter.html",
        {
            "letter": letter,
            "body": own.html(letter.text) if own else "",
            "paragraphs": [] if own else paragraphs_of(letter.text),
        },
    )
    message.attach_alternative(html, "text/html")
    for part in parts_of(letter):
        message.attach(part)
    return message


def _as_ascii(address: str) -> str:
    """A domain with accents as mail servers write it: `ana@xn--…`."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{punycode(domain)}"


def hand_over(letter: Letter) -> Outcome:
    """Talks to the server, and says what became of it. Raises nothing that a server can cause."""
    backend = _Backend(**(settings.MAIL_SERVER or {}))
    try:
        return _said_by(backend, letter)
    finally:
        # What goes wrong while saying goodbye says nothing of the letter.
        with suppress(smtplib.SMTPException, OSError):
            backend.close()


def _said_by(backend: _Backend, letter: Letter) -> Outcome:
    try:
        backend.open()
        backend.send_messages([message_of(letter)])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _answered(code, said)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError) as error:
        # The server's word on us, not on the letter: a host can mend it.
        return Outcome("later", f"{error.smtp_code} {_decoded(error.smtp_error)}"[:LONGEST_REASON])
    except smtplib.SMTPResponseException as error:
        return _answered(error.smtp_code, error.smtp_error)
    except ValueError as error:  # a header or an address that cannot be
        return Outcome("refused", _said(error))
    except (smtplib.SMTPException, OSError) as error:
        return Outcome("unknown" if backend.has_begun else "later", _said(error))
    return Outcome("sent")


def _answered(code: int, said: bytes | str) -> Outcome:
    reason = f"{code} {_decoded(said)}"[:LONGEST_REASON]
    return Outcome("refused" if 500 <= code < 600 else "later", reason)


def _decoded(said: bytes | str) -> str:
    return plain_line(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {plain_line(str(error))}"[:LONGEST_REASON]
