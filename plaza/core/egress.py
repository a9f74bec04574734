"""The one door out. Everything Plaza fetches goes through `fetch`.

No address inside: each host is resolved here, every address it resolves to must be public, and the
connection is made to the very address that was examined (a name that changes its answer between
the look and the call gains nothing). Redirects are followed by hand, each examined anew.
"""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx2
from django.utils.translation import gettext_noop

TIMEOUT_SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 5
MOST_BYTES: Final = 20 * 1024 * 1024
AGENT: Final = "Plaza (network of cities; reads pages a person named)"


class NotFetched(Exception):
    """Nothing came back. `why` is a whole English sentence, a msgid for the person's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


NOT_AN_ADDRESS: Final = gettext_noop("This is not a web address: it must begin with http:// or https://.")
NOT_PUBLIC: Final = gettext_noop("This address leads inside a private network; Plaza only fetches public pages.")
NOT_FOUND: Final = gettext_noop("No server answers by that name.")
NO_ANSWER: Final = gettext_noop("The server did not answer in time.")
TOO_MANY_REDIRECTS: Final = gettext_noop("The address sends us from place to place without end.")
TOO_LARGE: Final = gettext_noop("What stands at this address is too large to fetch.")
REFUSED: Final = gettext_noop("The server refused to hand over the page.")


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str
    status: int
    media_type: str
    data: bytes


def public_addresses(host: str, port: int) -> list[str]:
    """Every address of `host`, each of them public; NotFetched if one is not, or there is none."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(NOT_FOUND) from error
    addresses = [str(answer[4][0]) for answer in answers]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise NotFetched(NOT_PUBLIC)
    return addresses


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.split("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        # Forms that carry an IPv4 address inside are judged by it.
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if inner is not None:
            return _is_public(str(inner))
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed.is_global and not parsed.is_multicast


def fetch(url: str, *, most_bytes: int = MOST_BYTES) -> Fetched:
    """The body at a public http(s) address, at most `most_bytes` of it. Raises NotFetched."""
    with httpx2.Client(timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client:
        for _ in range(MOST_REDIRECTS + 1):
            answer = _ask(client, url, most_bytes)
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise NotFetched(TOO_MANY_REDIRECTS)


def _ask(client: httpx2.Client, url: str, most_bytes: int) -> Fetched | str:
    """One request to an examined address; the next address to ask if it redirects."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise NotFetched(NOT_AN_ADDRESS) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise NotFetched(NOT_AN_ADDRESS)

    address = public_addresses(parts.hostname, port)[0]
    literal = f"[{address}]" if ":" in address else address
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = client.build_request(
        "GET",
        f"{parts.scheme}://{literal}:{port}{path}",
        headers={"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "identity"},
        # TLS still proves the name, not the address.
        extensions={"sni_hostname": parts.hostname},
    )
    try:
        response = client.send(request, stream=True)
        try:
            if response.is_redirect:
                return urljoin(url, response.headers.get("location", ""))
            if response.status_code >= 400:
                raise NotFetched(REFUSED)
            body = bytearray()
            for chunk in response.iter_raw():
                body += chunk
                if len(body) > most_bytes:
                    raise NotFetched(TOO_LARGE)
        finally:
            response.close()
    except httpx2.HTTPError as error:
        raise NotFetched(NO_ANSWER) from error
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(url=url, status=response.status_code, media_type=media_type, data=bytes(body))
