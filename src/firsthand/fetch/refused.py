"""Why an address is not fetched, raised where it shows and made a `Refusal` where the whole address is known."""

from __future__ import annotations

from firsthand.records import Refusal


class FetchRefused(Exception):  # noqa: N818  says what it is
    """What an address came to instead of a page: a stable code, the reason in words, and the way out."""

    def __init__(self, code: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.remedy = code, reason, remedy

    def at(self, path: str, reached: str = "") -> Refusal:
        """The refusal of `path`, as the user gave it; `reached` is the address it had led to when it ended."""
        led = f"It leads to {reached}. " if reached and reached != path else ""
        return Refusal(path=path, code=self.code, reason=led + self.reason, remedy=self.remedy)
