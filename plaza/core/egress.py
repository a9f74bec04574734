"""The one door out. Everything Plaza fetches goes through `fetch`; a service that the host configured, through `post`.

No address inside: each host is resolved here, every address it resolves to must be public, and the
connection is made to the very address that was examined (a name that changes its answer between
the look and the call gains nothing). Redirects are followed by hand, each examined anew. Only the
origin that the host configured may be inside, for `post` alone, which follows nothing.
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx2
from django.utils.translation import gettext_noop

from plaza.core.intime import Trace, within

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
    addresses = _addresses(host, port)
    if not addresses or not all(_is_public(address) for address in addresses):
        raise NotFetched(NOT_PUBLIC)
    return addresses


def _addresses(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(NOT_FOUND) from error
    return [str(answer[4][0]) for answer in answers]


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


def post(url: str, data: bytes, *, inside: str, headers: Mapping[str, str], seconds: float, most_bytes: int) -> Fetched:
    """What a service answers, whatever its status; a redirect is handed back like any other answer.

    The host configured the origin of `inside`, so this one may be in a private network, and no other. All is over
    within `seconds`, also where a name is not resolved or the answer comes byte by byte. Raises NotFetched.
    """
    try:
        return within(seconds, lambda trace: _post(url, data, inside, headers, seconds, most_bytes, trace))
    except TimeoutError as error:
        raise NotFetched(NO_ANSWER) from error


def _post(
    url: str, data: bytes, inside: str, headers: Mapping[str, str], seconds: float, most_bytes: int, trace: Trace
) -> Fetched:
    scheme, host, port = _origin(url)
    addresses = (_addresses if _origin(inside) == (scheme, host, port) else public_addresses)(host, port)
    verify = _trusted() if scheme == "https" else False  # plain HTTP has nothing to verify
    with httpx2.Client(timeout=seconds, trust_env=False, follow_redirects=False, verify=verify) as client:
        for address in addresses:
            request = _request(client, "POST", url, address, headers=headers, content=data)
            request.extensions["trace"] = trace
            try:
                response = client.send(request, stream=True)
            except httpx2.ConnectError:
                continue  # localhost is two addresses, and a service listens at one of them
            except httpx2.HTTPError as error:
                raise NotFetched(NO_ANSWER) from error
            return _fetched(url, response, most_bytes)
    raise NotFetched(NO_ANSWER)


@cache
def _trusted() -> ssl.SSLContext:
    """Made once: it takes some 20 ms."""
    return httpx2.create_ssl_context(trust_env=False)


def _ask(client: httpx2.Client, url: str, most_bytes: int) -> Fetched | str:
    """One request to an examined address; the next address to ask if it redirects."""
    _, host, port = _origin(url)
    request = _request(client, "GET", url, public_addresses(host, port)[0])
    try:
        response = client.send(request, stream=True)
    except httpx2.HTTPError as error:
        raise NotFetched(NO_ANSWER) from error
    if response.is_redirect:
        response.close()
        return urljoin(url, response.headers.get("location", ""))
    if response.status_code >= 400:
        response.close()
        raise NotFetched(REFUSED)
    return _fetched(url, response, most_bytes)


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, name and port."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise NotFetched(NOT_AN_ADDRESS) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise NotFetched(NOT_AN_ADDRESS)
    return parts.scheme, parts.hostname, port


def _request(
    client: httpx2.Client,
    method: str,
    url: str,
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
) -> httpx2.Request:
    """To the examined address, and no other, in the name of the host."""
    parts = urlsplit(url)
    _, host, port = _origin(url)
    literal = f"[{address}]" if ":" in address else address
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return client.build_request(
        method,
        f"{parts.scheme}://{literal}:{port}{path}",
        headers={"Host": parts.netloc, "User-Agent": AGENT, "Accept-Encoding": "identity", **(headers or {})},
        content=content,
        # TLS still proves the name, not the address.
        extensions={"sni_hostname": host},
    )


def _fetched(url: str, response: httpx2.Response, most_bytes: int) -> Fetched:
    body = bytearray()
    try:
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > most_bytes:
                raise NotFetched(TOO_LARGE)
    except httpx2.HTTPError as error:
        raise NotFetched(NO_ANSWER) from error
    finally:
        response.close()
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return Fetched(url=url, status=response.status_code, media_type=media_type, data=bytes(body))
