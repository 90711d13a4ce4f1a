"""A model server of our own on loopback, which answers as it is told and can misbehave in every way we know of."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request: what was asked, and the ways to answer it."""

    server: ModelServerOfOurOwn
    body: dict[str, Any]

    def do_POST(self) -> None:
        """Notes the question and answers as the server was told to."""
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(self)
        self.server.answer(self)

    def log_message(self, *_: object) -> None:
        """Says nothing on the tests' stderr."""

    @property
    def text(self) -> str:
        """The text that was sent to be marked."""
        return str(self.body["messages"][1]["content"])

    def reply(self, body: bytes, *, status: int = 200, length: int | None = None, **headers: str) -> None:
        """Sends a body; `length` is the one it claims to have."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def say(self, content: object, *, model: str | None = None) -> None:
        """Sends a chat answer whose text is `content`; what is no text is sent as JSON."""
        text = content if isinstance(content, str) else json.dumps(content)
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        self.reply(json.dumps({"model": model or self.body["model"], "choices": [choice]}).encode())


class ModelServerOfOurOwn(ThreadingHTTPServer):
    """Counts what it was asked."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.answer = answer
        self.asked: list[Asked] = []

    @property
    def address(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        """A caller that hangs up is what some tests are about."""


@contextmanager
def model_server(answer: Answer) -> Iterator[ModelServerOfOurOwn]:
    """A running server, stopped at the end."""
    server = ModelServerOfOurOwn(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def quoting(*quotes: str) -> Answer:
    """Answers every question with these quotes."""
    return lambda asked: asked.say({"quotes": list(quotes)})


def every_line(asked: Asked) -> None:
    """Answers with every line of the text, as a model does that marks everything."""
    asked.say({"quotes": [line for line in asked.text.splitlines() if line]})


def dripping(asked: Asked) -> None:
    """Sends a byte now and then, so that no single wait is ever long."""
    asked.send_response(200)
    asked.send_header("Content-Length", "100000")
    asked.end_headers()
    for _ in range(100):
        asked.wfile.write(b" ")
        asked.wfile.flush()
        time.sleep(0.05)


def babbling(asked: Asked) -> None:
    """Sends what is no HTTP."""
    asked.wfile.write(b"hello\r\n\r\n")


def elsewhere(address: str) -> Answer:
    """Sends the caller on to another address."""
    return lambda asked: asked.reply(b"", status=307, Location=address)


MISBEHAVES: dict[str, tuple[Answer, str]] = {
    "an error": (lambda asked: asked.reply(b"boom", status=500), "llm-status"),
    "no such model": (lambda asked: asked.reply(b'{"error": "model not found"}', status=404), "llm-status"),
    "another model": (lambda asked: asked.say({"quotes": []}, model="another"), "llm-other-model"),
    "truncated JSON": (lambda asked: asked.reply(b'{"model": "m", "choices": [{"mess'), "llm-not-json"),
    "a body cut off": (lambda asked: asked.reply(b'{"model": ', length=5000), "llm-cut-off"),
    "no HTTP": (babbling, "llm-cut-off"),
    "hanging up": (lambda asked: asked.connection.shutdown(2), "llm-cut-off"),
    "no bytes of text": (lambda asked: asked.reply(b"\xff\xfe\x00"), "llm-not-json"),
    "deep nesting": (lambda asked: asked.reply(b"[" * 100_000), "llm-not-json"),
    "a huge answer": (lambda asked: asked.say("x" * 1_000_000), "llm-too-large"),
    "prose": (lambda asked: asked.say("I found three statements for you!"), "llm-not-as-asked"),
    "a cut-off list": (lambda asked: asked.say('{"quotes": ["Port Authority us'), "llm-not-as-asked"),
    "numbers": (lambda asked: asked.say({"quotes": [1, 2]}), "llm-not-as-asked"),
    "no choices": (lambda asked: asked.reply(b'{"choices": []}'), "llm-not-as-asked"),
    "a list alone": (lambda asked: asked.reply(b"[]"), "llm-not-as-asked"),
    "ten thousand quotes": (lambda asked: asked.say({"quotes": ["a"] * 10_000}), "llm-not-as-asked"),
    "dripping": (dripping, "llm-slow"),
    "silence": (lambda _: time.sleep(2), "llm-slow"),
}
"""Every way of answering wrongly, with the code it is refused by."""
