"""EMAIL_URL: where letters are handed over, read from one address."""

from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

MailServer: TypeAlias = dict[str, Any]

PORTS: Final = {"starttls": 587, "implicit": 465, "none": 25}
NEARBY: Final = ("localhost", "127.0.0.1", "::1")


def mail_server(url: str) -> MailServer | None:
    """As Django's SMTP backend takes it; None where nothing is set. ValueError says in a sentence what is wrong, and
    never shows the address, for a password is in it."""
    if not url:
        return None
    wanted = "this must be an address such as smtp://user:password@mail.example.org:587?tls=starttls"
    try:
        parts = urlsplit(url)
        port, query = parts.port, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ValueError(wanted) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.fragment:
        raise ValueError(wanted)
    tls = query.pop("tls", "implicit" if parts.scheme == "smtps" else "starttls")
    if query or tls not in PORTS:
        raise ValueError("tls is starttls, implicit or none, and nothing else stands after the question mark")
    if parts.password and tls == "none" and parts.hostname not in NEARBY:
        raise ValueError("a password is not sent to another machine without TLS: tls=starttls or tls=implicit")
    return {
        "host": parts.hostname,
        "port": port or PORTS[tls],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": tls == "starttls",
        "use_ssl": tls == "implicit",
    }
