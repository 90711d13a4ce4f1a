"""Where the text of a letter's part stands in the letter, through the part's transfer encoding (RFC 2045)."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from email.message import Message

_QUOTED = re.compile(
    rb"(?P<signs>(?:=[0-9A-Fa-f]{2})+)|(?P<soft>=(?:\n|\r[^\n]*\n?|\Z))|(?P<double>==)|(?P<plain>[^=]+|=)"
)
"""As the library reads it, broken parts included."""
_IN_BASE64 = re.compile(rb"[A-Za-z0-9+/]+")
_AS_IT_STANDS = frozenset(("", "7bit", "8bit", "binary"))


@dataclass(slots=True)
class Runs:
    """Where runs of encoded bytes stand, from which the place of every byte follows."""

    in_fours: bool = False
    """Places are counted in signs of Base64, four for three bytes."""
    _places: array[int] = field(default_factory=lambda: array("L"))
    _offsets: array[int] = field(default_factory=lambda: array("L"))
    _widths: bytearray = field(default_factory=bytearray)

    def add(self, place: int, offset: int, width: int) -> None:
        """A run from the byte, or sign, number `place` on: it starts at `offset`, each byte `width` wide."""
        self._places.append(place)
        self._offsets.append(offset)
        self._widths.append(width)

    def offset(self, byte: int) -> int:
        """Where the first sign of a byte stands."""
        place = byte * 4 // 3 if self.in_fours else byte
        run = max(0, bisect_right(self._places, place) - 1)
        return self._offsets[run] + (place - self._places[run]) * self._widths[run] if self._places else 0

    def sign_bytes(self, byte: int) -> int:
        """How many signs, from that one on, the byte is made of; a line break between two of Base64 aside."""
        if self.in_fours:
            return 2
        return self._widths[max(0, bisect_right(self._places, byte) - 1)] if self._places else 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A part's bytes without their transfer encoding, and where they stand in the letter."""

    content: bytes
    start: int | None
    """Where the part's encoded bytes start in the letter; None where they cannot be told."""
    after: int
    """Where to look for the part behind this one."""
    runs: Runs | None = None
    """None where the bytes stand there as they are."""

    def moved(self, byte_range: tuple[int, int] | None) -> tuple[int, int] | None:
        """A half-open range of `content` as a range of the letter; None where that is not known."""
        if byte_range is None or self.start is None:
            return None
        start, end = byte_range
        if self.runs is None:
            return self.start + start, self.start + end
        last = self.runs.offset(end - 1) + self.runs.sign_bytes(end - 1) if end > start else self.runs.offset(start)
        return self.start + self.runs.offset(start), self.start + last


def placed(part: Message, letter: bytes, after: int) -> Placed | None:
    """The bytes of a part that stands behind the offset `after` of its letter; None for a part without bytes."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding in _AS_IT_STANDS:
        at = letter.find(content, after)
        return Placed(content, at, at + len(content)) if at >= 0 else Placed(content, None, after)
    # `get_payload` would replace bytes beyond ASCII, which belong to neither encoding but stand in damaged letters.
    raw = str(vars(part).get("_payload", "")).encode("ascii", "surrogateescape")
    at = letter.find(raw, after)
    if at < 0:
        return Placed(content, None, after)
    decoded = {"quoted-printable": _quoted, "base64": _base64}.get(encoding, _unknown)(raw)
    # What the library decodes is what is read; a place is only told where both agree on every byte.
    if decoded is None or decoded[0] != content:
        return Placed(content, None, at + len(raw))
    return Placed(content, at, at + len(raw), decoded[1])


def _unknown(_: bytes) -> None:
    return None


def _quoted(raw: bytes) -> tuple[bytes, Runs]:
    """Quoted-printable: the bytes, and where they stand; each stands for itself, or is written with three signs."""
    out, runs = bytearray(), Runs()
    for match in _QUOTED.finditer(raw):
        if match["signs"]:
            runs.add(len(out), match.start(), 3)
            out += bytes.fromhex(match["signs"].replace(b"=", b"").decode("ascii"))
        elif match["plain"] or match["double"]:
            runs.add(len(out), match.start(), 1)
            out += match["plain"] or b"="
    return bytes(out), runs


def _base64(raw: bytes) -> tuple[bytes, Runs] | None:
    """Base64: the bytes, and where the signs that they are made of stand, four for three bytes."""
    import binascii  # only for letters

    try:
        content = binascii.a2b_base64(raw)
    except binascii.Error:
        return None
    signs, runs = 0, Runs(in_fours=True)
    for match in _IN_BASE64.finditer(raw):
        runs.add(signs, match.start(), 1)
        signs += match.end() - match.start()
    return (content, runs) if signs == -(-4 * len(content) // 3) else None
