"""A segment with what was concluded about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from firsthand.read.clutter import Zone
from firsthand.read.markup import Element
from firsthand.read.segments import Segment

Signature: TypeAlias = tuple[str, str]
"""Tag and class: elements that share them are of one make."""


@dataclass(slots=True, eq=False)
class Judged:
    """A segment with what was concluded about it."""

    segment: Segment
    words: int
    prose: bool
    zones: tuple[tuple[Element, Zone], ...]
    """Innermost first."""
    chain: tuple[Element, ...]
    """Its block and every element above it, the block first."""
    weight: float = 0.0
    teaser: bool = False
    """It stands below a linked headline, or is a list item that opens with a link."""
    zone: Zone = ""
    keep: bool = False


def make_of(element: Element) -> Signature:
    """The element's tag and class."""
    return element.tag, element.get("class")
