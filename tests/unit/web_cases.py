"""A small internet for tests of fetching: real servers on loopback that misbehave, behind names and public addresses.

Names are resolved and connections made by the arguments that fetching takes, so a test can say that `post.example` has
a public address while its server really runs on this computer. Waiting moves the clock on and takes no time.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from firsthand.fetch import Fetched, Fetcher, FetchRefused, Known, Policy, Web, parse_address
from firsthand.records import Refusal

PUBLIC = "93.184.215.14"
START = datetime.fromisoformat("2031-02-03T04:05:06+00:00")
QUICK = Policy(pause_s=2.0, seconds=5.0, idle_s=2.0, size_limit_bytes=256 * 1024)

TLS = ssl.create_default_context()

Answer = bytes | Callable[[socket.socket], None]


def page(text: str, *fields: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole answer with its length."""
    body = f"<!doctype html><html><head><title>Cameras</title></head><body><p>{text}</p></body></html>".encode()
    return answer(body, *fields, status=status, kind=kind)


def answer(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """An answer with its length stated truly, unless `fields` state it."""
    length = () if any(f.lower().startswith(("content-length", "transfer-")) for f in fields) else (len(body),)
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields, *(f"Content-Length: {each}" for each in length)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def onward(address: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(b"", f"Location: {address}", status=status)


@dataclass
class Server:
    """A server on loopback that gives the answers it was told, or 404; several for a path are given in turn."""

    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    asked: list[str] = field(default_factory=list)
    """Requests as they came, heads and all."""
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    tls: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for each in self.asked if (path := each.split(" ")[1]) != "/robots.txt"]

    def says(self, path: str, *answers: Answer) -> None:
        self.answers[path] = list(answers)

    def close(self) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)  # wakes whoever waits in accept
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(plain,), daemon=True).start()

    def _answer(self, plain: socket.socket) -> None:
        with suppress(OSError), plain:
            line = self.tls.wrap_socket(plain, server_side=True) if self.tls is not None else plain
            with line:
                request = b""
                while b"\r\n\r\n" not in request and (more := line.recv(65_536)):
                    request += more
                if not request:
                    return
                self.asked.append(request.decode("latin-1"))
                known = self.answers.get(self.asked[-1].split(" ")[1], [])
                said = known.pop(0) if len(known) > 1 else known[0] if known else answer(b"", status="404 Not Found")
                if callable(said):
                    said(line)
                else:
                    line.sendall(said)
                with suppress(OSError):
                    line.shutdown(socket.SHUT_WR)


@dataclass
class Town:
    """Names, addresses, servers and a clock."""

    server: Server = field(default_factory=Server)
    names: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """What each name resolves to, in turn; every other name resolves to `PUBLIC`."""
    connected: list[tuple[str, int]] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    tls: ssl.SSLContext = TLS

    def resolve(self, host: str, port: int) -> tuple[str, ...]:
        turns = self.names.get(host, [(PUBLIC,)])
        found = turns.pop(0) if len(turns) > 1 else turns[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return found

    def connect(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((ip, port))
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=seconds)

    def wait(self, seconds: float) -> None:
        self.waited.append(round(seconds, 1))

    def ticks(self) -> float:
        return time.monotonic() + sum(self.waited)

    def now(self) -> str:
        return (START + timedelta(seconds=round(sum(self.waited)))).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def web(self) -> Web:
        return Web(
            resolve=self.resolve, connect=self.connect, tls=self.tls, now=self.now, ticks=self.ticks, wait=self.wait
        )

    def fetcher(self, policy: Policy = QUICK, *given: tuple[str, int]) -> Fetcher:
        return Fetcher(web=self.web, policy=policy, given=frozenset(given))

    def fetch(
        self, address: str, policy: Policy = QUICK, known: Mapping[str, Known] | None = None
    ) -> Fetched | Refusal:
        """What asking for an address comes to, by a fetcher that has asked for nothing before."""
        try:
            asked = parse_address(address)
        except FetchRefused as why:
            return why.at(address)
        return self.fetcher(policy, asked.place).fetch(asked, known or {})

    def fetched(self, address: str, policy: Policy = QUICK, known: Mapping[str, Known] | None = None) -> Fetched:
        """The same, where a page must come of it."""
        found = self.fetch(address, policy, known)
        assert isinstance(found, Fetched), found
        assert found.refusal is None, found.refusal
        return found

    def refused(self, address: str, policy: Policy = QUICK) -> Refusal:
        """The same, where a refusal must come of it: it names the address, the reason and the way out."""
        found = self.fetch(address, policy)
        refusal = found.refusal if isinstance(found, Fetched) else found
        assert refusal is not None
        assert refusal.path == address
        assert refusal.reason.endswith(".")
        assert refusal.remedy.endswith(".")
        return refusal
