"""How far a fetch may go, and how it introduces itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from firsthand.fetch.refused import FetchRefused
from firsthand.version import VERSION

ROBOT = "firsthand"
"""The name that robots.txt files may speak of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Limits and manners of fetching."""

    contact: str = ""
    """A mail or web address, sent with every request, where a site's owner can reach whoever fetches."""
    permitted: frozenset[tuple[str, int]] = frozenset()
    """Hosts and ports that are fetched from although they lie in a private network: the user's own servers."""
    pause_s: float = 2.0
    """Least time between two requests to one host; a longer `Crawl-delay` of its robots.txt counts."""
    longest_wait_s: float = 120.0
    """Longest time that a server's wish to wait is heeded by waiting; beyond it the address is refused."""
    seconds: float = 60.0
    """Most that one address may take, its redirects included and polite waits left out."""
    idle_s: float = 20.0
    """Longest silence of a server."""
    size_limit_bytes: int = 30 * 1024 * 1024
    """Largest answer, as sent. The reader of web archives takes records of 32 MiB."""
    head_limit_bytes: int = 64 * 1024
    """Largest head of an answer."""
    redirects: int = 8
    """Most redirects that are followed."""
    tries: int = 3
    """How often a server that asks to wait is asked."""

    @property
    def agent(self) -> str:
        """The `User-Agent` field."""
        return f"{ROBOT}/{VERSION} ({self.contact or 'fetches single pages that a person asked for'})"


def checked_contact(text: str) -> str:
    """`text`, if it can be sent as a contact: one line of plain ASCII; raises `FetchRefused` with `odd-contact`."""
    if not re.fullmatch(r"[\x20-\x27\x2a-\x5b\x5d-\x7e]{0,200}", text):
        raise FetchRefused(
            "odd-contact",
            "The contact can be at most 200 plain characters without brackets.",
            "Give a mail address or a web address.",
        )
    return text.strip()
