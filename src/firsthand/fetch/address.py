"""Web addresses, read strictly: one reading for one text, so that what is checked is what is asked for.

Programs differ in how they read odd addresses, and attacks live on the difference. What browsers repair is refused
here: names before the host, numbers that are no plain IPv4 address, control characters, other schemes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urljoin

from firsthand.fetch.refused import FetchRefused

_USUAL_PORTS = {"http": 80, "https": 443}
_MAX_CHARACTERS = 2_000
"""As many as the reader of web archives keeps of an address."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,20}):", re.IGNORECASE)
_REST = re.compile(r"//([^/?#]+)([^#]*)(?:#.*)?")
_HOST_AND_PORT = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([^:\[\]]+))(?::([0-9]{1,5}))?", re.IGNORECASE)
_NAME = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$")
"""What some programs take for an IPv4 address in octal, in hexadecimal, or with parts left out (WHATWG URL)."""
_TO_ENCODE = re.compile(r'[^\x21-\x7e]|["<>\\^`{|}]')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class WebAddress:
    """An http or https address without its fragment."""

    scheme: str
    host: str
    """In ASCII and lower case, without a dot at its end; an IPv6 address without brackets."""
    port: int
    target: str
    """Path and query as they are sent."""

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port

    @property
    def has_usual_port(self) -> bool:
        """Whether the port is the scheme's own."""
        return self.port == _USUAL_PORTS[self.scheme]

    @property
    def authority(self) -> str:
        """Host and port as an address and the `Host` field write them, the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.has_usual_port else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def text(self) -> str:
        """The address in one writing."""
        return self.origin + self.target

    def joined(self, reference: str) -> WebAddress:
        """Where a reference in a page or a redirect at this address leads; raises `FetchRefused`."""
        try:
            return parse_address(urljoin(self.text, reference.strip(" ")))
        except ValueError as fault:
            raise _odd(f"it names {reference[:80]!r}, which is no address") from fault


def is_web_address(text: str) -> bool:
    """Whether a name on a command line is meant as an address to fetch."""
    return text.lower().startswith(("http://", "https://"))


def parse_address(text: str) -> WebAddress:
    """The address that `text` is.

    Raises `FetchRefused` with `odd-address`, `other-scheme` or `login-in-address`.

    >>> parse_address("HTTPS://Post.Example:443/a b?c=d#e").text
    'https://post.example/a%20b?c=d'
    """
    if len(text) > _MAX_CHARACTERS:
        raise _odd(f"it has over {_MAX_CHARACTERS:,} characters")
    if _CONTROL.search(text):
        raise _odd("it holds control characters")
    opening = _SCHEME.match(text.strip(" "))
    scheme = opening[1].lower() if opening is not None else ""
    if opening is None or scheme not in _USUAL_PORTS:
        what = f"It is an address of the kind {scheme}:" if scheme else "It is no whole address"
        raise FetchRefused("other-scheme", f"{what}; only http and https are fetched.", _GIVE_ANOTHER)
    rest = _REST.fullmatch(text.strip(" "), opening.end())
    if rest is None:
        raise _odd("it names no host")
    host, port = _host_and_port(rest[1])
    path = rest[2] if rest[2].startswith("/") else f"/{rest[2]}"
    target = _TO_ENCODE.sub(_percent, path)
    return WebAddress(scheme=scheme, host=host, port=port or _USUAL_PORTS[scheme], target=target)


def parse_place(text: str) -> tuple[str, int]:
    """Host and port as `HOST:PORT` names them, both given; raises `FetchRefused`."""
    host, port = _host_and_port(text)
    if port is None:
        raise _odd("it names no port")
    return host, port


def _host_and_port(authority: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise FetchRefused(
            "login-in-address",
            "It holds a name or password before the host, which attacks use to hide the host.",
            "Give the address without the part up to the @.",
        )
    found = _HOST_AND_PORT.fullmatch(authority)
    if found is None:
        raise _odd("its host cannot be read")
    port = int(found[3]) if found[3] else None
    if port is not None and not 1 <= port <= 65_535:
        raise _odd("there is no such port")
    return (_ipv6(found[1]) if found[1] else _host(found[2])), port


def _ipv6(text: str) -> str:
    try:
        return str(IPv6Address(text))
    except ValueError as fault:
        raise _odd("its host is no IPv6 address") from fault


def _host(text: str) -> str:
    try:
        # Full-width digits and dots become plain ones here, so they are judged as what they stand for.
        host = text.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as fault:
        raise _odd("its host is no name") from fault
    if not _NAME.fullmatch(host):
        raise _odd("its host is no name")
    if _ENDS_IN_NUMBER.search(host):
        try:
            return str(IPv4Address(host))
        except ValueError as fault:
            raise _odd("its host is a number that programs read in different ways") from fault
    return host


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogateescape"))


_GIVE_ANOTHER = "Give the page's http or https address, or save the page and add the file."


def _odd(why: str) -> FetchRefused:
    return FetchRefused("odd-address", f"It is not a plain web address: {why}.", _GIVE_ANOTHER)
