"""One request and its answer over a connection of its own, byte for byte and within limits.

Nothing is reused or shared: a page that is evidence came over a connection that asked for nothing else. h11 reads the
answer as the standard says (RFC 9112); this module owns the socket, so it knows every byte, and every limit holds for
whatever a server does.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import h11

from firsthand.fetch.address import WebAddress
from firsthand.fetch.network import Web, checked_ips
from firsthand.fetch.policy import Policy
from firsthand.fetch.refused import FetchRefused

_RECEIVE_BYTES = 16 * 1024
_HEAD_END = re.compile(rb"\n\r?\n")
_MAX_INTERIM_ANSWERS = 8
_HEAD_TOO_LARGE = 431
"""How h11 marks a head over the limit."""
_LATER = "Try again later; if it stays so, save the page with a browser and add the file."
_SAVE = "Save the page with a browser and add the file."


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A request and the whole answer to it."""

    address: WebAddress
    at: str
    """When it was asked, UTC, ISO 8601, to the second."""
    ip: str
    """The checked address that was connected to."""
    request: bytes
    """As sent."""
    response: bytes
    """As received from the status line to the last byte of the body; interim answers left out."""
    status: int
    fields: Mapping[str, str]
    """By lower-case name, the first of each."""
    body: bytes
    """Without the transfer encoding; a content encoding is still on it."""
    took_s: float
    robots: str = ""
    """What allowed it, for the record: such as `allowed by https://post.example/robots.txt (200)`."""

    @property
    def head_bytes(self) -> int:
        """Length of the response up to its body."""
        end = _HEAD_END.search(self.response)
        return end.end() if end is not None else len(self.response)


def exchange(
    address: WebAddress, more: Sequence[tuple[str, str]], *, web: Web, policy: Policy, given: frozenset[tuple[str, int]]
) -> Exchange:
    """Asks for `address` with the further fields `more`, of a computer that was checked.

    Raises `FetchRefused`: what `checked_ips` does, `not-reached`, `tls`, `too-slow`, `too-large`, `head-too-large`,
    `cut-off` or `broken-answer`.
    """
    at, started = web.now(), web.ticks()
    ips = checked_ips(address, web.resolve, given=given, permitted=policy.permitted)
    connection = _connected(address, ips, web, policy, started + policy.seconds)
    with connection.socket:
        request, answer = _ask(connection, address, more, policy)
    return Exchange(
        address=address,
        at=at,
        ip=connection.ip,
        request=request,
        response=answer.response,
        status=answer.status,
        fields=answer.fields,
        body=bytes(answer.body),
        took_s=web.ticks() - started,
    )


@dataclass(kw_only=True, slots=True)
class _Connection:
    """A socket that keeps what it received, and to its limits."""

    socket: socket.socket
    ip: str
    web: Web
    policy: Policy
    deadline: float
    received: bytearray = field(default_factory=bytearray)
    ended: bool = False

    def left_s(self) -> float:
        """Seconds until the deadline, no more than a server may be silent; raises `FetchRefused` after it."""
        left = self.deadline - self.web.ticks()
        if left <= 0:
            raise _too_slow()
        return min(left, self.policy.idle_s)

    def send(self, content: bytes) -> None:
        """Sends all of it."""
        try:
            self.socket.settimeout(self.left_s())
            self.socket.sendall(content)
        except TimeoutError as fault:
            raise _too_slow() from fault
        except OSError as fault:
            raise _cut_off("while the request was sent") from fault

    def receive(self) -> bytes:
        """The next bytes; empty at the end."""
        try:
            self.socket.settimeout(self.left_s())
            content = self.socket.recv(_RECEIVE_BYTES)
        except TimeoutError as fault:
            raise _too_slow() from fault
        except OSError as fault:
            raise _cut_off("before the answer was whole") from fault
        self.ended = not content
        self.received += content
        if len(self.received) > self.policy.size_limit_bytes + self.policy.head_limit_bytes:
            raise _too_large(self.policy)
        return content


def _connected(address: WebAddress, ips: Sequence[str], web: Web, policy: Policy, deadline: float) -> _Connection:
    """A connection to the first of the checked addresses that answers."""
    refused = _not_reached("no address answered")
    for ip in ips:
        left = deadline - web.ticks()
        if left <= 0:
            raise _too_slow()
        try:
            plain = web.connect(ip, address.port, min(left, policy.idle_s))
        except OSError as fault:
            refused = _not_reached(str(fault.strerror or fault))
            continue
        return _Connection(
            socket=_secured(plain, address, web) if address.scheme == "https" else plain,
            ip=ip,
            web=web,
            policy=policy,
            deadline=deadline,
        )
    raise refused


def _secured(plain: socket.socket, address: WebAddress, web: Web) -> socket.socket:
    """TLS for the host's name, however its IP address was found: the certificate must be for that name."""
    try:
        return web.tls.wrap_socket(plain, server_hostname=address.host)
    except (OSError, ValueError) as fault:  # the second for names that no certificate can be for
        plain.close()
        why = getattr(fault, "verify_message", "") or getattr(fault, "reason", "") or "the connection ended"
        raise FetchRefused(
            "tls",
            f"No secure connection could be made: {why}.",
            "Check the address and this computer's certificates and clock; or save the page and add the file.",
        ) from fault


@dataclass(kw_only=True, slots=True)
class _Answer:
    """An answer while it comes in."""

    status: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    response: bytes = b""


def _ask(
    connection: _Connection, address: WebAddress, more: Sequence[tuple[str, str]], policy: Policy
) -> tuple[bytes, _Answer]:
    """Sends the request, receives the answer; the bytes sent, and the answer."""
    protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=policy.head_limit_bytes)
    fields = [
        ("Host", address.authority),
        ("User-Agent", policy.agent),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        # As it is: then the bytes that are kept are the page, and every quote leads back into them.
        ("Accept-Encoding", "identity"),
        *more,
        ("Connection", "close"),
    ]
    opening = protocol.send(h11.Request(method="GET", target=address.target, headers=fields)) or b""
    request = opening + (protocol.send(h11.EndOfMessage()) or b"")
    connection.send(request)
    answer = _Answer()
    try:
        _receive(answer, protocol, connection)
    except h11.RemoteProtocolError as fault:
        if fault.error_status_hint == _HEAD_TOO_LARGE and not answer.status:
            reason = f"The head of its answer is larger than {policy.head_limit_bytes // 1024} KiB."
            raise FetchRefused("head-too-large", reason, _SAVE) from fault
        if connection.ended:
            raise _cut_off("before the answer was whole") from fault
        raise FetchRefused("broken-answer", f"Its answer is not HTTP: {fault}.", _LATER) from fault
    return request, answer


def _receive(answer: _Answer, protocol: h11.Connection, connection: _Connection) -> None:
    """Fills in the final answer. Raises what h11 does over a broken one."""
    start = interim = 0
    while True:
        event = protocol.next_event()
        if event is h11.NEED_DATA:
            protocol.receive_data(connection.receive())
        elif isinstance(event, h11.InformationalResponse):
            start, interim = _consumed(protocol, connection), interim + 1
            if interim > _MAX_INTERIM_ANSWERS:
                raise h11.RemoteProtocolError("too many interim answers")
        elif isinstance(event, h11.Response):
            answer.status = event.status_code
            for name, value in event.headers:
                answer.fields.setdefault(name.decode("ascii").lower(), value.decode("latin-1"))
            if int(answer.fields.get("content-length", "0")) > connection.policy.size_limit_bytes:
                raise _too_large(connection.policy)
        elif isinstance(event, h11.Data):
            answer.body += event.data
        elif isinstance(event, h11.EndOfMessage):
            answer.response = bytes(connection.received[start : _consumed(protocol, connection)])
            return
        else:
            raise h11.RemoteProtocolError(f"unexpected {type(event).__name__}")


def _consumed(protocol: h11.Connection, connection: _Connection) -> int:
    """How many of the bytes received belong to what was read so far."""
    return len(connection.received) - len(protocol.trailing_data[0])


def _not_reached(why: str) -> FetchRefused:
    return FetchRefused("not-reached", f"Its server could not be reached: {why}.", _LATER)


def _cut_off(when: str) -> FetchRefused:
    return FetchRefused("cut-off", f"The connection ended {when}.", _LATER)


def _too_slow() -> FetchRefused:
    return FetchRefused("too-slow", "Its server was silent too long, or took too long in all.", _LATER)


def _too_large(policy: Policy) -> FetchRefused:
    reason = f"Its answer has more than {policy.size_limit_bytes / 1024**2:g} MiB."
    return FetchRefused("too-large", reason, "Save the article itself, as a page or a PDF, and add that.")
