"""When a host may be asked again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from firsthand.fetch.network import Web
from firsthand.fetch.refused import FetchRefused


@dataclass(kw_only=True, slots=True)
class Pace:
    """The next time at which each host may be asked, on the clock of `web.ticks`."""

    web: Web
    longest_wait_s: float
    _open_at: dict[str, float] = field(default_factory=dict)

    def take_turn(self, host: str) -> None:
        """Waits until the host may be asked; raises `FetchRefused` with `asked-to-wait` when that is too long."""
        left = self._open_at.get(host, 0.0) - self.web.ticks()
        if left > self.longest_wait_s:
            raise FetchRefused(
                "asked-to-wait",
                f"Its server asks to be left alone for another {left:.0f} seconds.",
                "Give the address again after that time.",
            )
        if left > 0:
            self.web.wait(left)

    def rest(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so many seconds from now, or longer if it had asked for that before."""
        self._open_at[host] = max(self._open_at.get(host, 0.0), self.web.ticks() + seconds)


def retry_after_s(value: str, now: str) -> float | None:
    """Seconds that a `Retry-After` field asks for, a number or a date; None when it is neither.

    >>> retry_after_s("90", "2031-02-03T04:05:06Z"), retry_after_s("soon", "2031-02-03T04:05:06Z")
    (90.0, None)
    >>> retry_after_s("Mon, 03 Feb 2031 04:06:06 GMT", "2031-02-03T04:05:06Z")
    60.0
    """
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # the second for numbers that no date holds
        return None
    stated = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
    return max((stated - datetime.fromisoformat(now)).total_seconds(), 0.0)
