"""The one door out. Everything Plaza fetches goes through `fetch`, `look` where only the answer counts, `download` where
it is large; a service that the host configured, through `post` and `ask`.

No address inside: each host is resolved here, every address it resolves to must be public, and the connection is made to
the very address that was examined (a name that changes its answer between the look and the call gains nothing). Redirects
are followed by hand, each examined anew. Only the origin that the host configured may be inside, for `post` and `ask`
alone, which follow nothing.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Final, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx2
from django.utils.translation import gettext_noop

from plaza.core.intime import Trace, within

Answer = TypeVar("Answer")

TIMEOUT_SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 5
MOST_BYTES: Final = 20 * 1024 * 1024
MOST_LETTERS: Final = 2000  # of an address
AGENT: Final = "Plaza (network of cities; reads pages a person named)"


class NotFetched(Exception):
    """Nothing came back. `why` is a whole English sentence, a msgid for the person's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


NOT_AN_ADDRESS: Final = gettext_noop("This is not a web address: it must begin with http:// or https://.")
TOO_LONG: Final = gettext_noop("This address is too long: at most 2,000 letters.")
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


@dataclass(frozen=True, slots=True)
class Heard:
    """What a server answered, whatever it was. `url` is where the answer came from; `moved_to` the same where nothing
    but permanent redirects led there; `retry_after` as the server wrote it."""

    url: str
    status: int
    media_type: str
    data: bytes
    moved_to: str
    retry_after: str


def web_address(words: str) -> str:
    """An address as it may be kept and asked: http or https, a host, nobody's password. Raises NotFetched."""
    words = words.strip()
    if len(words) > MOST_LETTERS:
        raise NotFetched(TOO_LONG)
    if not words.isprintable() or any(letter.isspace() for letter in words):
        raise NotFetched(NOT_AN_ADDRESS)
    _origin(words)
    return words


def host_of(url: str) -> str:
    """Whom a request to `url` is put to: the name in small letters, and the port where it is an unusual one."""
    scheme, host, port = _origin(url)
    return host.lower() if port == {"http": 80, "https": 443}[scheme] else f"{host.lower()}:{port}"


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


def look(url: str, *, most_bytes: int = 0, seconds: float = TIMEOUT_SECONDS) -> Heard:
    """Asks lightly and hangs up: the answer of whoever stands at the end of the redirects, and at most `most_bytes` of
    what it says; more is not an error. All is over within `seconds`. Raises NotFetched where nobody answers."""

    def ask(trace: Trace) -> Heard:
        # A polite server sends a few bytes; of one that sends all, no more than one block is read.
        asked = {} if most_bytes else {"Range": "bytes=0-0"}
        with _followed(url, headers=asked, seconds=seconds, trace=trace) as (response, last, only_permanent):
            return Heard(
                url=last,
                status=response.status_code,
                media_type=_media_type(response),
                data=_beginning(response, most_bytes),
                moved_to=last if only_permanent and last != url else "",
                retry_after=response.headers.get("retry-after", "")[:100],
            )

    return _in_time(seconds, ask)


def download(url: str, into: BinaryIO, *, most_bytes: int, seconds: float) -> Fetched:
    """Writes what stands at a public address to `into`, block by block; `data` stays empty. All is over within
    `seconds`. Raises NotFetched, and then `into` may hold a part."""

    def ask(trace: Trace) -> Fetched:
        with _followed(url, headers={}, seconds=TIMEOUT_SECONDS, trace=trace) as (response, last, _):
            if response.status_code != 200:
                raise NotFetched(REFUSED)
            size = 0
            try:
                for chunk in response.iter_raw():
                    size += len(chunk)
                    if size > most_bytes:
                        raise NotFetched(TOO_LARGE)
                    into.write(chunk)
            except httpx2.HTTPError as error:
                raise NotFetched(NO_ANSWER) from error
            promised = response.headers.get("content-length", "")
            if promised.isdigit() and int(promised) != size:
                raise NotFetched(NO_ANSWER)
            return Fetched(url=last, status=200, media_type=_media_type(response), data=b"")

    return _in_time(seconds, ask)


def _in_time(seconds: float, ask: Callable[[Trace], Answer]) -> Answer:
    try:
        return within(seconds, ask)
    except TimeoutError as error:
        raise NotFetched(NO_ANSWER) from error


@contextmanager
def _followed(
    url: str, *, headers: Mapping[str, str], seconds: float, trace: Trace
) -> Iterator[tuple[httpx2.Response, str, bool]]:
    """The open answer at the end of the redirects, its address, and whether all redirects were permanent."""
    only_permanent = True
    with httpx2.Client(timeout=seconds, trust_env=False, follow_redirects=False, verify=_trusted()) as client:
        for _ in range(MOST_REDIRECTS + 1):
            _, host, port = _origin(url)
            request = _request(client, "GET", url, public_addresses(host, port)[0], headers=headers)
            request.extensions["trace"] = trace
            try:
                response = client.send(request, stream=True)
            except httpx2.HTTPError as error:
                raise NotFetched(NO_ANSWER) from error
            try:
                if not response.is_redirect:
                    yield response, url, only_permanent
                    return
            finally:
                response.close()
            only_permanent = only_permanent and response.status_code in (301, 308)
            url = _next(url, response)
    raise NotFetched(TOO_MANY_REDIRECTS)


def _beginning(response: httpx2.Response, most_bytes: int) -> bytes:
    body = bytearray()
    try:
        for chunk in response.iter_raw() if most_bytes else ():
            body += chunk
            if len(body) >= most_bytes:
                break
    except httpx2.HTTPError as error:
        raise NotFetched(NO_ANSWER) from error
    return bytes(body[:most_bytes])


def post(url: str, data: bytes, *, inside: str, headers: Mapping[str, str], seconds: float, most_bytes: int) -> Fetched:
    """What a service answers, whatever its status; a redirect is handed back like any other answer.

    The host configured the origin of `inside`, so this one may be in a private network, and no other. All is over
    within `seconds`, also where a name is not resolved or the answer comes byte by byte. Raises NotFetched.
    """
    return _served("POST", url, data, inside, headers, seconds, most_bytes)


def ask(url: str, *, inside: str, seconds: float, most_bytes: int) -> Fetched:
    """The same, of a service that is asked by its address alone."""
    return _served("GET", url, None, inside, {}, seconds, most_bytes)


def _served(
    method: str, url: str, data: bytes | None, inside: str, headers: Mapping[str, str], seconds: float, most_bytes: int
) -> Fetched:
    def serve(trace: Trace) -> Fetched:
        scheme, host, port = _origin(url)
        addresses = (_addresses if _origin(inside) == (scheme, host, port) else public_addresses)(host, port)
        verify = _trusted() if scheme == "https" else False  # plain HTTP has nothing to verify
        with httpx2.Client(timeout=seconds, trust_env=False, follow_redirects=False, verify=verify) as client:
            for address in addresses:
                request = _request(client, method, url, address, headers=headers, content=data)
                request.extensions["trace"] = trace
                try:
                    response = client.send(request, stream=True)
                except httpx2.ConnectError:
                    continue  # localhost is two addresses, and a service listens at one of them
                except httpx2.HTTPError as error:
                    raise NotFetched(NO_ANSWER) from error
                return _fetched(url, response, most_bytes)
        raise NotFetched(NO_ANSWER)

    return _in_time(seconds, serve)


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
        return _next(url, response)
    if response.status_code >= 400:
        response.close()
        raise NotFetched(REFUSED)
    return _fetched(url, response, most_bytes)


def _next(url: str, response: httpx2.Response) -> str:
    try:
        return urljoin(url, response.headers.get("location", ""))
    except ValueError as error:  # an address like http://[
        raise NotFetched(NOT_AN_ADDRESS) from error


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, name and port."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        host = parts.hostname or ""
        # Servers are asked for in letters of ASCII, whatever the people who named them write.
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError as error:
        raise NotFetched(NOT_AN_ADDRESS) from error
    if parts.scheme not in ("http", "https") or not host or parts.username:
        raise NotFetched(NOT_AN_ADDRESS)
    return parts.scheme, host, port


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
    named = parts.netloc if parts.netloc.isascii() else f"{host}:{port}"
    try:
        return client.build_request(
            method,
            f"{parts.scheme}://{literal}:{port}{path}",
            headers={"Host": named, "User-Agent": AGENT, "Accept-Encoding": "identity", **(headers or {})},
            content=content,
            # TLS still proves the name, not the address.
            extensions={"sni_hostname": host},
        )
    except httpx2.InvalidURL as error:
        raise NotFetched(NOT_AN_ADDRESS) from error


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
    return Fetched(url=url, status=response.status_code, media_type=_media_type(response), data=bytes(body))


def _media_type(response: httpx2.Response) -> str:
    return str(response.headers.get("content-type", "").split(";")[0].strip().lower()[:100])
