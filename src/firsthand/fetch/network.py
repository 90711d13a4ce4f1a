"""Which computers may be asked, and the sockets to them: a name is resolved once, and what was checked is connected to.

The rules are stricter than `ipaddress.is_global`, which takes several ways into private networks for public (NAT64,
6to4, multicast, site-local). In doubt an address is private.
"""

from __future__ import annotations

import errno
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from firsthand.fetch.address import WebAddress
from firsthand.fetch.refused import FetchRefused

Resolve = Callable[[str, int], Sequence[str]]
"""The IP addresses of a host, for a port; raises `OSError` when there are none."""
Connect = Callable[[str, int, float], socket.socket]
"""A connection to an IP address and port, within so many seconds; raises `OSError`."""

_RESOLVE_S = 15.0
"""Resolvers give a name up after some ten seconds."""
_NOT_PUBLIC_4 = tuple(
    map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/4", "240.0.0.0/4"))
)  # IETF assignments, 6to4 relays, multicast, reserved: `is_global` lets parts of these pass
_PUBLIC_6 = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast; loopback, mapped IPv4, NAT64, unique and link-local lie outside it."""
_NOT_PUBLIC_6 = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)  # IETF assignments with Teredo, documentation, 6to4 (which holds an IPv4 address), documentation


@dataclass(frozen=True, kw_only=True, slots=True)
class Web:
    """The world outside, as arguments: the network, the clock, and waiting."""

    resolve: Resolve
    connect: Connect
    tls: ssl.SSLContext
    now: Callable[[], str]
    """UTC, ISO 8601, to the second."""
    ticks: Callable[[], float]
    """Seconds on a clock that never goes back."""
    wait: Callable[[float], None]
    """Waits so many seconds."""


def real_web(now: Callable[[], str]) -> Web:
    """The real network. No proxy is used, whatever the environment says: it would resolve names on our behalf."""
    tls = ssl.create_default_context()
    tls.set_alpn_protocols(["http/1.1"])
    return Web(resolve=resolve, connect=connect, tls=tls, now=now, ticks=time.monotonic, wait=time.sleep)


def resolve(
    host: str, port: int, *, ask: Callable[..., Sequence[tuple[Any, ...]]] = socket.getaddrinfo
) -> tuple[str, ...]:
    """The system's answer, each address once, in its order of preference; `TimeoutError` when it takes too long."""
    # The system sets no limit, and whoever runs a name's server decides how long it takes: so it is asked on the side.
    answers: queue.SimpleQueue[Sequence[tuple[Any, ...]] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask_aside() -> None:
        try:
            answers.put(ask(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as fault:
            answers.put(fault)

    threading.Thread(target=ask_aside, daemon=True).start()
    try:
        found = answers.get(timeout=_RESOLVE_S)
    except queue.Empty as fault:
        raise TimeoutError(errno.ETIMEDOUT, f"no answer within {_RESOLVE_S:g} seconds") from fault
    if isinstance(found, OSError | UnicodeError):
        raise found
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def connect(ip: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to an address that is a number, so nothing is resolved again."""
    return socket.create_connection((ip, port), timeout=seconds)


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the public internet, as far as its number tells.

    >>> [is_public(ip) for ip in ("8.8.8.8", "2a00:1450::1", "127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::808:808")]
    [True, True, False, False, False]
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)
    return _is_public_6(address)


def _is_public_6(address: IPv6Address) -> bool:
    return (
        address.scope_id is None
        and address in _PUBLIC_6
        and address.is_global
        and not any(address in network for network in _NOT_PUBLIC_6)
    )


def checked_ips(
    address: WebAddress, resolve: Resolve, *, given: Collection[tuple[str, int]], permitted: Collection[tuple[str, int]]
) -> tuple[str, ...]:
    """The IP addresses that may be connected to for `address`, at least one.

    `given` are hosts and ports that the user wrote, for ports other than the usual; `permitted` are those that the user
    permits wherever they lie. Raises `FetchRefused`: `other-port`, `no-such-host` or `private-address`.
    """
    is_permitted = address.place in permitted
    if not (address.has_usual_port or is_permitted or address.place in given):
        raise FetchRefused(
            "other-port",
            f"It names port {address.port}, where web pages do not usually lie, and nobody asked for that.",
            f"If you trust it, give the address itself, or --permit {address.host}:{address.port}.",
        )
    ips = _resolved(address, resolve)
    allowed = ips if is_permitted else tuple(ip for ip in ips if is_public(ip))
    if not allowed:
        raise FetchRefused(
            "private-address",
            f"Its host has the address {ips[0]}, which is in a private network or on this computer.",
            f"If it is a server of your own, permit it with --permit {address.host}:{address.port}.",
        )
    return allowed


def _resolved(address: WebAddress, resolve: Resolve) -> tuple[str, ...]:
    try:
        return (str(ip_address(address.host)),)
    except ValueError:
        pass  # a name
    try:
        found = tuple(resolve(address.host, address.port))
    except (OSError, UnicodeError) as fault:
        raise _no_such_host(getattr(fault, "strerror", None) or str(fault)) from fault
    if not found:
        raise _no_such_host("no address is known")
    return found


def _no_such_host(why: str) -> FetchRefused:
    return FetchRefused(
        "no-such-host",
        f"Its host could not be found: {why}.",
        "Check the spelling and the network, then give it again.",
    )
