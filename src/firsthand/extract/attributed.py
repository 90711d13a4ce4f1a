"""One attribution of a sentence: a cue, the words that name the voice, and the words the voice answers for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from firsthand.records import Span

Shape = Literal["speech", "finding", "according", "cited", "impersonal"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribution:
    """One cue and what it joins."""

    cue: Span
    source: Span | None
    """The noun phrase that names the voice; None for "it is said"."""
    content: Span
    """The stretch of the sentence that the voice answers for."""
    through: Span | None = None
    """A second voice on the way: the one told, or the one that cites the source."""
    shape: Shape
    denial: bool = False
    sure: bool = False
    """Whether the grammar alone shows a voice, so that it may be one of a kind no list knows ("two beekeepers say")."""
