"""A headless Chromium driven over its debugging pipe: no driver program, no socket, no library.

The DevTools protocol is JSON, one message after the other, each ended by a zero byte; the browser reads from
descriptor 3 and writes to descriptor 4.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE_S = 60.0
"""A cold start on a busy two-core machine takes up to about 15 seconds."""


def found() -> str | None:
    """The browser on this machine's path, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One page of a running browser."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read = write, read
        self._buffer, self._next = b"", 0
        self.events: list[dict[str, Any]] = []
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.do(f"{domain}.enable")

    def do(self, method: str, **params: Any) -> Any:
        """Result of one command to the page."""
        return self._call(method, params, self._session)

    def open(
        self, path: Path, *, width: int = 1200, height: int = 900, scheme: Literal["light", "dark"] = "light"
    ) -> None:
        """Show a file in a window of that size; events of earlier pages are forgotten."""
        self.do(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        self.do("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.do("Page.navigate", url=path.as_uri())
        self._until(lambda event: event.get("method") == "Page.loadEventFired")

    def value(self, expression: str) -> Any:
        """What a JavaScript expression gives, as plain data."""
        answer = self.do("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def requests(self) -> list[str]:
        """Addresses that the page asked for, its own included."""
        return [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]

    def complaints(self) -> list[str]:
        """What the page wrote to the console and what the browser held against it."""
        wanted = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return [json.dumps(event["params"]) for event in self.events if event["method"] in wanted]

    def screenshot(self, *, whole: bool = True) -> bytes:
        """PNG of the page."""
        size = self.do("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        extra = {"clip": clip, "captureBeyondViewport": True} if whole else {}
        return base64.b64decode(self.do("Page.captureScreenshot", format="png", **extra)["data"])

    def pdf(self) -> bytes:
        """The page as its print style sheet lays it out."""
        answer = self.do("Page.printToPDF", preferCSSPageSize=True, printBackground=False, generateTaggedPDF=True)
        return base64.b64decode(answer["data"])

    def _call(self, method: str, params: dict[str, Any], session: str | None = None) -> Any:
        self._next += 1
        message = {"id": self._next, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self._write, json.dumps(message).encode() + b"\0")
        wanted = self._next
        answer = self._until(lambda event: event.get("id") == wanted)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _until(self, wanted: Any) -> dict[str, Any]:
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            message, mark, rest = self._buffer.partition(b"\0")
            if mark:
                self._buffer = rest
                event: dict[str, Any] = json.loads(message)
                if "method" in event:
                    self.events.append(event)
                if wanted(event):
                    return event
            elif select.select([self._read], [], [], 0.5)[0]:
                self._buffer += os.read(self._read, 1 << 20)
        raise TimeoutError("the browser did not answer")


@contextmanager
def browser(program: str, profile: Path) -> Iterator[Browser]:
    """A running browser that can reach no host, with a throw-away profile; stopped at the end."""
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    command = (
        f'exec "$0" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-extensions '
        f'--disable-background-networking --host-resolver-rules="MAP * ~NOTFOUND" --hide-scrollbars '
        f'--user-data-dir="$1" --remote-debugging-pipe about:blank 3<&{to_read} 4>&{from_write}'
    )
    running = subprocess.Popen(
        ["bash", "-c", command, program, str(profile)],
        pass_fds=(to_read, from_write),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read)
    os.close(from_write)
    try:
        yield Browser(to_write, from_read)
    finally:
        running.terminate()
        running.wait(timeout=20)
        os.close(to_write)
        os.close(from_read)
