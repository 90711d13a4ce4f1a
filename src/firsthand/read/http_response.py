"""An HTTP response as web archives keep it: status, fields, and the body with its encodings taken off."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from firsthand.read.packed import Budget, Unpacked, inflate
from firsthand.read.packed_web import unbrotli, unzstd
from firsthand.read.warc_records import MAX_RECORD_BYTES, header_fields

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})[^\n]{0,500}\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_MAX_HEADER_BYTES = 256 * 1024
_MAX_ENCODINGS = 4
"""More than two do not occur; each may multiply the size by a thousand."""
_CODINGS: Mapping[str, Callable[..., Unpacked]] = {
    "gzip": inflate,
    "x-gzip": inflate,
    "deflate": inflate,
    "br": unbrotli,
    "zstd": unzstd,
}


@dataclass(frozen=True, slots=True)
class Response:
    """A response; the body is as the server meant it to be read."""

    status: int
    fields: Mapping[str, str]
    body: bytes
    body_offset: int | None
    """Where the body starts in the block, as it stands there; None when it was encoded."""
    whole: bool = True
    """False when the body ends early or is damaged."""
    unknown_encoding: str | None = None
    """The content coding that is not read here, such as `compress`; the body is then still in it."""

    @property
    def content_type(self) -> str:
        """The stated type without its parameters, in lower case; empty where none is stated."""
        return self.fields.get("content-type", "").split(";")[0].strip().lower()


def http_response(block: bytes, budget: Budget) -> Response | None:
    """The response in a block; None when it is none. Raises `TooMuchUnpackedError` over the budget."""
    status = _STATUS.match(block)
    head = _HEADER_END.search(block, status.end() - 2, status.end() + _MAX_HEADER_BYTES) if status else None
    if status is None or head is None:
        return None
    fields = header_fields(block[status.end() : head.start()])
    body, whole = block[head.end() :], True
    offset: int | None = head.end()
    if "chunked" in fields.get("transfer-encoding", "").lower() and _CHUNK.match(body):
        body, whole = _joined_chunks(body)
        offset = None
    for coding in reversed(re.split(r"[,\s]+", fields.get("content-encoding", "").lower().strip())[-_MAX_ENCODINGS:]):
        # Archiving tools store bodies decoded and leave the field: then the body does not look encoded.
        if coding in ("", "identity") or _is_markup(body):
            continue
        unpack = _CODINGS.get(coding)
        if unpack is None:
            return Response(int(status[1]), fields, body, offset, whole, coding[:40])
        unpacked = unpack(body, limit_bytes=MAX_RECORD_BYTES, budget=budget)
        if not unpacked.content and unpacked.damaged:
            continue
        body, whole, offset = unpacked.content, whole and unpacked.whole, None
    return Response(int(status[1]), fields, body, offset, whole)


def _is_markup(body: bytes) -> bool:
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or body.startswith(b"%PDF-")


def _joined_chunks(body: bytes) -> tuple[bytes, bool]:
    """The chunks put together, and whether the last one is there."""
    parts: list[bytes] = []
    at = 0
    while True:
        chunk = _CHUNK.match(body, at)
        if chunk is None:
            return b"".join(parts), False
        size_bytes = int(chunk[1], 16)
        if size_bytes == 0:
            return b"".join(parts), True
        parts.append(body[chunk.end() : chunk.end() + size_bytes])
        at = chunk.end() + size_bytes
        if at > len(body):
            return b"".join(parts), False
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
