"""What was found in a text, looked up by place: every rule about a sentence asks for the mentions inside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar


class Spanned(Protocol):
    """Anything with half-open offsets in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


T = TypeVar("T", bound=Spanned)


class Placed(Generic[T]):
    """Mentions of one text in the order of their starts."""

    def __init__(self, mentions: Iterable[T]) -> None:
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self._mentions]

    def inside(self, span: Spanned) -> list[T]:
        """Those that lie inside `span` whole; the time this takes grows with what is there, not with the text."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return [mention for mention in self._mentions[first:last] if mention.end <= span.end]
