"""Preserving: bytes become captures."""

from __future__ import annotations

import hashlib

import pytest

from firsthand.preserve import merge, seal
from firsthand.records import Circumstance


def met(path: str) -> Circumstance:
    return Circumstance(path=path, captured_at="2031-02-03T04:05:06Z", tool="test 1")


def test_bytes_are_their_own_identity() -> None:
    """A capture is named by the SHA-256 of exactly the bytes, line ends and all."""
    capture = seal(b"a\r\nb\x00\xff", met("a.html"))
    assert capture.sha256 == hashlib.sha256(b"a\r\nb\x00\xff").hexdigest()
    assert capture.size_bytes == 6
    assert capture.path == "a.html"


def test_same_bytes_twice_is_one_capture_with_two_circumstances() -> None:
    """Which came first stays visible."""
    both = merge(seal(b"same", met("first")), seal(b"same", met("second")))
    assert [each.path for each in both.circumstances] == ["first", "second"]


def test_the_same_circumstance_is_kept_once() -> None:
    """Merging a capture with itself changes nothing."""
    capture = seal(b"same", met("first"))
    assert merge(capture, capture) == capture


def test_captures_of_different_bytes_are_never_merged() -> None:
    """A mix-up is an error, not a capture."""
    with pytest.raises(ValueError, match="different bytes"):
        merge(seal(b"one", met("a")), seal(b"two", met("a")))
