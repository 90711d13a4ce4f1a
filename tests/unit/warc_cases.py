"""Web archives for the tests of reading: pages of our own, packed as archiving tools pack them, or as attackers do."""

from __future__ import annotations

import gzip
import io
import zipfile

WHEN = "2031-02-03T04:05:06Z"


def page(story: str, title: str = "Cameras for the harbour") -> bytes:
    """A small page with one story."""
    return f"<!doctype html><html><head><title>{title}</title></head><body><p>{story}</p></body></html>".encode()


def http(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """An HTTP response."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields])
    return head.encode() + b"\r\n\r\n" + body


def record(
    block: bytes,
    address: str = "https://post.example/cameras",
    *fields: str,
    kind: str = "response",
    length: int | str | None = None,
    date: str | None = WHEN,
) -> bytes:
    """One WARC record, not packed; `length` is a lie about the block's length."""
    lines = ["WARC/1.1", f"WARC-Type: {kind}", f"WARC-Target-URI: {address}"]
    lines += [f"WARC-Date: {date}"] if date is not None else []
    if not any(field.startswith("Content-Type") for field in fields):
        lines.append("Content-Type: application/http; msgtype=response")
    lines += [*fields, f"Content-Length: {len(block) if length is None else length}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """Records packed one by one, as is usual."""
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 2, 3, 4, 5, 6)), content, method)
    return out.getvalue()


def wacz(warc: bytes, **more: bytes) -> bytes:
    """A WACZ with one WARC in it, and further entries."""
    return zipped({"datapackage.json": b"{}", "archive/data.warc.gz": warc, **more})
