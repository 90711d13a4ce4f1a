"""Asks one question of a person's own model, on a server that speaks OpenAI's chat protocol.

It speaks only to the address that the person gave: no redirect is followed, no proxy is used, nothing in a page or in
an answer can name another address. What comes back is bounded in time and size and is only ever read as a list of
strings. See https://platform.openai.com/docs/api-reference/chat.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from firsthand.records import Refusal

ANSWER_LIMIT_BYTES = 256 * 1024
"""A question is about 6,000 characters; an answer that copies all of them is a twentieth of this."""
_MOST_QUOTES = 400
_MOST_TOKENS = 4096
_THOUGHT = re.compile(r"^.*</think>", re.DOTALL)
"""Models that reason aloud do so before the answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelServer:
    """Where a model answers, and by which name. The key, if it needs one, is never written anywhere."""

    address: str
    """Such as `http://127.0.0.1:11434/v1`, without a name or password in it."""
    model: str
    key: str | None = None
    seconds: float = 120.0
    """Wall clock for one answer, from connecting to its last byte."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked: what to do, and the text to do it to."""

    task: str
    text: str


def refuse_address(server: ModelServer, *, elsewhere: bool) -> Refusal | None:
    """Why an address cannot be, or should not be, asked (`llm-address`); None where it may be.

    One on another computer may be asked only where `elsewhere` allows it.
    """
    parts = urlsplit(server.address)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or parts.query or parts.fragment:
        remedy = "Give the server's base address, such as http://127.0.0.1:11434/v1"
        return _refused(server, "llm-address", "This is no address of a model server.", remedy)
    if parts.username is not None or parts.password is not None:
        reason = "An address with a name or password in it would be written down."
        remedy = "Give the key in the environment variable FIRSTHAND_LLM_KEY."
        return Refusal(path=parts.hostname, code="llm-address", reason=reason, remedy=remedy)
    if not elsewhere and not _is_here(parts.hostname):
        reason = "The server is on another computer, so the documents' texts would leave this one."
        return _refused(server, "llm-address", reason, "If you mean that, say so with --elsewhere.")
    return None


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ask(server: ModelServer, question: Question) -> tuple[str, ...] | Refusal:
    """The quotes that the model answers with, in its order; or why there is no answer that can be used.

    Codes: `llm-unreachable`, `llm-slow`, `llm-status`, `llm-cut-off`, `llm-too-large`, `llm-not-json`,
    `llm-other-model`, `llm-not-as-asked`. The refusal's path is the server's address.
    """
    answered = _post(server, _body(server, question))
    if isinstance(answered, Refusal):
        return answered
    try:
        reply = json.loads(answered)
    except (ValueError, RecursionError):
        return _refused(
            server, "llm-not-json", "The answer is no whole JSON.", "Check that the address is a chat server."
        )
    return _quotes(server, reply)


def _body(server: ModelServer, question: Question) -> bytes:
    body = {
        "model": server.model,
        "messages": [{"role": "system", "content": question.task}, {"role": "user", "content": question.text}],
        "temperature": 0,
        "max_tokens": _MOST_TOKENS,
        "stream": False,
    }
    return json.dumps(body).encode()


def _post(server: ModelServer, body: bytes) -> bytes | Refusal:
    parts = urlsplit(server.address)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if server.key is not None:
        headers["Authorization"] = f"Bearer {server.key}"
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, server.seconds)
    overdue = threading.Event()
    try:
        connection.connect()
        with _ended_after(server.seconds, connection.sock, overdue):
            connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
            response = connection.getresponse()
            content = response.read(ANSWER_LIMIT_BYTES + 1)
    except (OSError, http.client.HTTPException) as fault:
        return _no_answer(server, fault, late=overdue.is_set())
    finally:
        connection.close()
    if overdue.is_set():
        return _slow(server)
    if response.status != 200:
        reason = f"The server answered with status {response.status}."
        remedy = "Check the address (most end in /v1), the model's name, and what the server's own log says."
        return _refused(server, "llm-status", reason, remedy)
    if len(content) > ANSWER_LIMIT_BYTES:
        reason = f"The answer is larger than {ANSWER_LIMIT_BYTES // 1024} KiB."
        return _refused(server, "llm-too-large", reason, "Use another model, or look at what the server sends.")
    if response.length:
        return _cut_off(server)
    return content


def _connection(scheme: str, host: str, port: int | None, seconds: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


@contextmanager
def _ended_after(seconds: float, connected: socket.socket, overdue: threading.Event) -> Iterator[None]:
    """Ends the connection when time is up: a server that sends a byte now and then never times out by itself."""

    def end() -> None:
        overdue.set()
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _quotes(server: ModelServer, reply: object) -> tuple[str, ...] | Refusal:
    named = reply.get("model") if isinstance(reply, dict) else None
    if isinstance(named, str) and named != server.model:
        reason = f"It was answered by {named[:100]!r}, not by {server.model!r}."
        return _refused(server, "llm-other-model", reason, "Give the name that the server knows the model by.")
    found = _listed(reply)
    if found is None or len(found) > _MOST_QUOTES:
        reason = "The answer does not hold the list of quotes that was asked for."
        return _refused(server, "llm-not-as-asked", reason, "Use a model that follows instructions, or try again.")
    # Half a surrogate pair is no text and could not be written down; it can stand in no document either.
    return tuple(each.encode("utf-8", "replace").decode() for each in found)


def _listed(reply: object) -> list[str] | None:
    """The texts in `{"quotes": [...]}`, which the reply's first choice holds as text, whatever stands around it."""
    try:
        said = _THOUGHT.sub("", reply["choices"][0]["message"]["content"])  # type: ignore[index]  # checked below
        found = json.loads(said[said.index("{") : said.rindex("}") + 1])["quotes"]
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(isinstance(each, str) for each in found) else None


def _no_answer(server: ModelServer, fault: Exception, *, late: bool) -> Refusal:
    if late or isinstance(fault, TimeoutError):
        return _slow(server)
    if isinstance(fault, http.client.HTTPException | ConnectionResetError | BrokenPipeError):
        return _cut_off(server)
    reason = f"The server could not be reached: {getattr(fault, 'strerror', None) or fault}."
    return _refused(server, "llm-unreachable", reason, "Start it, or correct the address; then give the command again.")


def _slow(server: ModelServer) -> Refusal:
    reason = f"No whole answer came within {server.seconds:g} seconds."
    return _refused(server, "llm-slow", reason, "Allow more with --seconds, or use a smaller model.")


def _cut_off(server: ModelServer) -> Refusal:
    return _refused(
        server, "llm-cut-off", "The answer ended before it was whole.", "Look at the server's log; try again."
    )


def _refused(server: ModelServer, code: str, reason: str, remedy: str) -> Refusal:
    return Refusal(path=server.address, code=code, reason=reason, remedy=remedy)
