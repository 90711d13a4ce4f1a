"""What sites ask of robots (RFC 9309): which addresses are open to us, and how long to wait between requests."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from firsthand.fetch.address import WebAddress
from firsthand.fetch.policy import ROBOT
from firsthand.fetch.refused import FetchRefused

MAX_ROBOTS_BYTES = 500 * 1024
"""Read of a file, as many as RFC 9309 asks for at least; what stands behind them is passed over."""
MAX_ROBOTS_ANSWER_BYTES = 2 * 1024 * 1024
"""A file over this is no rules for robots."""
_SAVE = "Ask the publisher, or save the page with a browser and add the file."
_SERVER_ERROR, _CLIENT_ERROR, _TOO_MANY = 500, 400, 429


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site."""

    where: str
    """Address of its robots.txt."""
    answer: str
    """What the server answered when asked for it, such as `200`."""
    file: Protego | None
    """None when there are no rules."""

    @classmethod
    def of(cls, where: str, status: int, body: bytes) -> Rules:
        """The rules that an answer gives. Raises `FetchRefused` where it gives none (5xx, 429): then all is closed."""
        if status >= _SERVER_ERROR or status == _TOO_MANY:
            raise robots_unreachable(where, f"the server answered {status}")
        if status >= _CLIENT_ERROR:  # there is none, so everything is open
            return cls(where, str(status), None)
        text = body[:MAX_ROBOTS_BYTES].decode("utf-8", "replace")
        return cls(where, str(status), Protego.parse(text))

    def check(self, address: WebAddress) -> str:
        """Raises `FetchRefused` with `robots-forbids` unless the address is open; else says so, for the record."""
        if self.file is not None and not self.file.can_fetch(address.text, ROBOT):
            raise FetchRefused("robots-forbids", f"{self.where} asks robots not to fetch it.", _SAVE)
        return f"allowed by {self.where} ({self.answer})"

    @property
    def delay_s(self) -> float:
        """Seconds between two requests that the site asks for; 0 when it asks for none."""
        found = self.file.crawl_delay(ROBOT) if self.file is not None else None
        return max(float(found), 0.0) if found is not None else 0.0


def robots_unreachable(where: str, why: str) -> FetchRefused:
    """Rules that cannot be had forbid everything, as RFC 9309 says."""
    return FetchRefused(
        "robots-unreachable",
        f"Whether robots may fetch it cannot be known: {where}: {why}.",
        "Try again later; or save the page with a browser and add the file.",
    )
