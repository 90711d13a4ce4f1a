"""The records of a WARC file (ISO 28500), packed record by record, as one stream, or not at all.

The libraries for this trust the file: over one false length or one flipped bit they stop, or leave records out without
a word, and one of them unpacks a record whole before it can be refused (ADR 6). Here a damaged place is reported
and reading goes on at the next record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from firsthand.read.packed import Budget, Unpacked, gzip_members
from firsthand.read.packed_web import ZSTD_MARK, after_dictionary, opens_zstd, zstd_frames

MAX_RECORD_BYTES = 32 * 1024 * 1024
"""Twice the largest page that is read."""
_MAX_MEMBER_BYTES = 64 * 1024 * 1024
"""A file packed as one stream is read as far as this; packed record by record, as is usual, it never matters."""
_MAX_RECORDS = 200_000
_MAX_DAMAGES = 100
_MAX_HEADER_BYTES = 64 * 1024
_MAX_FIELDS = 200
_START = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_RECORD_END = re.compile(rb"(?:\r?\n)*")

Trouble: TypeAlias = Literal["cut-off", "damaged", "too-much", "too-far"]


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record: its fields by lower-case name, and its block."""

    fields: Mapping[str, str]
    block: bytes | None
    """None when it is larger than `MAX_RECORD_BYTES`."""
    offset: int | None
    """Where the block starts in the file; None in packed files."""
    cut: bool = False
    """The file ends, or is damaged, before the block does."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place where the file is not what it should be."""

    trouble: Trouble
    offset: int
    """In the file, packed as it is."""


def opens_warc(content: bytes) -> bool:
    """Whether the bytes open a WARC record."""
    return _START.match(content[:64]) is not None


def warc_records(content: bytes, budget: Budget) -> Iterator[WarcRecord | Damage]:
    """Every record that can be told, in order, and every damage met; at most 100 damages and 200,000 records."""
    records = damages = 0
    for item in _items(content, budget):
        records += isinstance(item, WarcRecord)
        damages += isinstance(item, Damage)
        yield item
        if records >= _MAX_RECORDS or damages >= _MAX_DAMAGES:
            yield Damage("too-much", 0)
            return


def _items(content: bytes, budget: Budget) -> Iterator[WarcRecord | Damage]:
    if content.startswith(b"\x1f\x8b"):
        return _packed(content, gzip_members(content, limit_bytes=_MAX_MEMBER_BYTES, budget=budget), 0)
    if opens_zstd(content):
        frames = zstd_frames(content, limit_bytes=_MAX_MEMBER_BYTES, budget=budget)
        return _packed(content, frames, content.find(ZSTD_MARK, after_dictionary(content)))
    return _plain(content)


def _packed(content: bytes, members: Iterator[tuple[int, Unpacked]], expected: int) -> Iterator[WarcRecord | Damage]:
    """The records of packed members, the first of which is expected at an offset."""
    reported = False
    for at, member in members:
        if at > expected and not reported:
            yield Damage("damaged", expected)
        records, too_far = 0, not member.whole and not member.damaged
        for item in _plain(member.content, whole=member.whole, more=too_far):
            records += isinstance(item, WarcRecord)
            yield _moved(item, at)
        if too_far and records != 1:  # one alone is a large record, and known as such
            yield Damage("too-far", at)
        if member.damaged:
            yield Damage("cut-off" if member.end == len(content) else "damaged", at)
        expected, reported = member.end, member.damaged
    if expected < len(content) and not reported and content[expected:].strip(b"\0"):
        yield Damage("damaged", expected)


def _moved(item: WarcRecord | Damage, at: int) -> WarcRecord | Damage:
    """A packed record has no bytes of its own in the file; damage in it is where its member starts."""
    if isinstance(item, Damage):
        return Damage(item.trouble, at)
    return WarcRecord(item.fields, item.block, None, item.cut)


def _plain(content: bytes, *, whole: bool = True, more: bool = False) -> Iterator[WarcRecord | Damage]:
    """The records of an unpacked file; `more`: the file goes on, but was too large to unpack further."""
    at = 0
    while at < len(content):
        start = _START.match(content, at)
        if start is None:
            yield Damage("damaged", at)
            at = _next_start(content, at)
            continue
        head = _HEADER_END.search(content, start.end() - 2, start.end() + _MAX_HEADER_BYTES)
        if head is None:
            if whole or len(content) - at > _MAX_HEADER_BYTES:
                yield Damage("cut-off" if len(content) - at <= _MAX_HEADER_BYTES else "damaged", at)
            at = _next_start(content, start.end() - 1)
            continue
        fields = header_fields(content[start.end() : head.start()])
        record, after, trouble = _record(content, head.end(), fields, more=more)
        yield record
        if trouble and (whole or trouble != "cut-off"):
            yield Damage(trouble, at)
        at = after


def _record(
    content: bytes, start: int, fields: Mapping[str, str], *, more: bool
) -> tuple[WarcRecord, int, Trouble | None]:
    """The record whose block starts at `start`, where the next one starts, and what is wrong with its length."""
    length = fields.get("content-length", "")
    end = start + int(length) if re.fullmatch(r"[0-9]{1,15}", length) else None
    if end is not None and end > len(content) and more:
        return WarcRecord(fields, None, start), len(content), None
    if end is not None and end <= len(content):
        after = _RECORD_END.match(content, end)
        assert after is not None
        if after.end() == len(content) or _START.match(content, after.end()):
            block = content[start:end] if end - start <= MAX_RECORD_BYTES else None
            return WarcRecord(fields, block, start), after.end(), None
    # The length is a lie, or the file was cut: the block ends where the next record starts, or the file does.
    after_block = _next_start(content, start - 1)
    trouble: Trouble = "cut-off" if after_block == len(content) and end is not None and end > after_block else "damaged"
    block = content[start:after_block] if after_block - start <= MAX_RECORD_BYTES else None
    return WarcRecord(fields, block, start, cut=True), after_block, trouble


def _next_start(content: bytes, at: int) -> int:
    """The next offset, beyond `at` or at it, where a line opens a record; the end of the file if there is none."""
    while True:
        at = content.find(b"\nWARC/", at)
        if at < 0:
            return len(content)
        if _START.match(content, at + 1):
            return at + 1
        at += 1


def header_fields(head: bytes) -> dict[str, str]:
    """Fields by lower-case name, the first of each name; continued lines are joined, other lines passed over."""
    found: dict[str, str] = {}
    name = ""
    for raw in head.splitlines()[:_MAX_FIELDS]:
        text = raw.decode("utf-8", "replace")
        if text[:1] in (" ", "\t") and name:
            found[name] = f"{found[name]} {text.strip()}"
            continue
        name, colon, value = text.partition(":")
        name = name.strip().lower()
        if not colon or name in found:
            name = ""
            continue
        found[name] = value.strip()
    return found
