"""Brotli and Zstandard, as servers and web archives use them, within the same limits as gzip.

Zstandard archives (.warc.zst, IIPC proposal): one frame a record, and before them perhaps a frame to be skipped that
holds the dictionary of all others. The ends of frames are read off their headers (RFC 8878), so a damaged one hides no
other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from firsthand.read.packed import Budget, Unpacked

if TYPE_CHECKING:
    import zstandard

ZSTD_MARK = b"\x28\xb5\x2f\xfd"
_DICTIONARY_MARK = b"\x5d\x2a\x4d\x18"
_SKIPPED_MARK_END = b"\x2a\x4d\x18"
_MAX_WINDOW_BYTES = 8 * 1024 * 1024
"""What a decoder of web content must and may ask for (RFC 9659)."""
_MAX_DICTIONARY_BYTES = 16 * 1024 * 1024
_STEP_BYTES = 1024 * 1024


def unbrotli(packed: bytes, *, limit_bytes: int, budget: Budget) -> Unpacked:
    """The first `limit_bytes` of a Brotli stream, the rest unpacked and thrown away."""
    import brotli  # few archives hold any

    stream = brotli.Decompressor()
    kept: list[bytes] = []
    kept_bytes, more = 0, False
    feed = packed
    while True:
        try:
            out = stream.process(feed, output_buffer_limit=_STEP_BYTES)
        except brotli.error:
            return Unpacked(b"".join(kept), False, True, len(packed))
        feed = b""
        budget.spend(len(out))
        more = more or kept_bytes + len(out) > limit_bytes
        kept.append(out[: limit_bytes - kept_bytes])
        kept_bytes += len(kept[-1])
        if stream.is_finished() or not out:
            break
    ended = stream.is_finished()
    return Unpacked(b"".join(kept), ended and not more, not ended, len(packed))


def unzstd(packed: bytes, *, limit_bytes: int, budget: Budget) -> Unpacked:
    """The first `limit_bytes` of all frames put together, the rest unpacked and thrown away."""
    parts: list[bytes] = []
    whole, damaged, left_bytes = True, False, limit_bytes
    for _, frame in zstd_frames(packed, limit_bytes=limit_bytes, budget=budget):
        parts.append(frame.content[:left_bytes])
        whole = whole and frame.whole and len(frame.content) <= left_bytes
        damaged = damaged or frame.damaged
        left_bytes -= len(parts[-1])
    return Unpacked(b"".join(parts), whole and bool(parts), damaged or not parts, len(packed))


def opens_zstd(content: bytes) -> bool:
    """Whether the bytes open a Zstandard frame, or the dictionary of an archive's frames."""
    return content.startswith((ZSTD_MARK, _DICTIONARY_MARK))


def zstd_frames(packed: bytes, *, limit_bytes: int, budget: Budget) -> Iterator[tuple[int, Unpacked]]:
    """Each frame with its offset; after damage, from the next mark of one. Raises over the budget."""
    unpacker = _unpacker(_dictionary(packed, budget))
    at = 0
    while at < len(packed):
        end = _frame_end(packed, at)
        if packed[at + 1 : at + 4] == _SKIPPED_MARK_END and end is not None:
            at = end
            continue
        if not packed.startswith(ZSTD_MARK, at):
            at = _next_mark(packed, at)
            continue
        frame = _unpacked(unpacker, packed[at:end], limit_bytes, budget)
        after = end if end is not None and not frame.damaged else _next_mark(packed, at + 1)
        cut = end is None and after == len(packed)
        yield at, Unpacked(frame.content, frame.whole and end is not None, frame.damaged or end is None, after)
        at = len(packed) if cut else after


def after_dictionary(packed: bytes) -> int:
    """Offset after the dictionary that an archive opens with, or 0."""
    end = _frame_end(packed, 0) if packed.startswith(_DICTIONARY_MARK) else None
    return end if end is not None else 0


def _next_mark(packed: bytes, at: int) -> int:
    found = packed.find(ZSTD_MARK, at)
    return found if found >= 0 else len(packed)


def _unpacker(dictionary: bytes) -> zstandard.ZstdDecompressor:
    import zstandard  # few archives hold any

    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=shared, max_window_size=_MAX_WINDOW_BYTES)


def _unpacked(unpacker: zstandard.ZstdDecompressor, packed: bytes, limit_bytes: int, budget: Budget) -> Unpacked:
    import zstandard

    kept: list[bytes] = []
    kept_bytes, more = 0, False
    with unpacker.stream_reader(packed) as stream:
        while True:
            try:
                out = stream.read(_STEP_BYTES)
            except zstandard.ZstdError:
                return Unpacked(b"".join(kept), False, True, len(packed))
            if not out:
                return Unpacked(b"".join(kept), not more, False, len(packed))
            budget.spend(len(out))
            more = more or kept_bytes + len(out) > limit_bytes
            kept.append(out[: limit_bytes - kept_bytes])
            kept_bytes += len(kept[-1])


def _dictionary(packed: bytes, budget: Budget) -> bytes:
    """The dictionary that an archive opens with, itself perhaps packed; empty for none, or for one too large."""
    end = after_dictionary(packed)
    if not 0 < end <= _MAX_DICTIONARY_BYTES:
        return b""
    found = packed[8:end]
    if not found.startswith(ZSTD_MARK):
        return found
    unpacked = _unpacked(_unpacker(b""), found, _MAX_DICTIONARY_BYTES, budget)
    return unpacked.content if unpacked.whole else b""


def _frame_end(packed: bytes, at: int) -> int | None:
    """Offset after the frame at `at` by its header and those of its blocks; None where it is cut off or is none."""
    if packed[at + 1 : at + 4] == _SKIPPED_MARK_END and packed[at : at + 1] >= b"\x50":
        size = packed[at + 4 : at + 8]
        end = at + 8 + int.from_bytes(size, "little") if len(size) == 4 else None
        return end if end is not None and end <= len(packed) else None
    if not packed.startswith(ZSTD_MARK, at) or at + 5 > len(packed):
        return None
    about = packed[at + 4]
    single = about >> 5 & 1
    size_bytes = (1 if single else 0, 2, 4, 8)[about >> 6]
    at += 5 + (not single) + (0, 1, 2, 4)[about & 3] + size_bytes
    while at + 3 <= len(packed):
        head = struct.unpack("<L", packed[at : at + 3] + b"\0")[0]
        last, kind, length = head & 1, head >> 1 & 3, head >> 3
        at += 3 + (1 if kind == 1 else length)
        if last:
            at += 4 if about >> 2 & 1 else 0
            return at if at <= len(packed) else None
    return None
