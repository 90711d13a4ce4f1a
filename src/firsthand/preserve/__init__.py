"""Turns bytes and the circumstances of their arrival into captures. Where they are kept is the store's business."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from firsthand.records import Capture, Circumstance

__all__ = ["merge", "seal"]


def seal(content: bytes, circumstance: Circumstance) -> Capture:
    """The capture of exactly these bytes, met once.

    >>> met = Circumstance(path="a.html", captured_at="2031-02-03T04:05:06Z", tool="firsthand 0.1.0")
    >>> seal(b"abc", met).sha256[:16]
    'ba7816bf8f01cfea'
    """
    return Capture(sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content), circumstances=(circumstance,))


def merge(first: Capture, later: Capture) -> Capture:
    """One capture of the same bytes with the circumstances of both, `first`'s in front, each circumstance once.

    Raises `ValueError` when the two are captures of different bytes.
    """
    if (first.sha256, first.size_bytes) != (later.sha256, later.size_bytes):
        raise ValueError(f"{first.sha256} and {later.sha256} are captures of different bytes")
    return replace(first, circumstances=tuple(dict.fromkeys((*first.circumstances, *later.circumstances))))
