"""What taking something into a case came to, whether it was a file or a page on the web."""

from __future__ import annotations

from dataclasses import dataclass

from firsthand.records import Capture, Refusal
from firsthand.version import VERSION

TOOL = f"firsthand {VERSION}"
"""The name under which this program takes things in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """What adding to a case came to; everything that was asked for is in one of the three."""

    new: tuple[Capture, ...]
    """Captures of bytes that the case did not hold."""
    again: tuple[Capture, ...]
    """Captures that it held already, with only the circumstances met this time."""
    refused: tuple[Refusal, ...]
