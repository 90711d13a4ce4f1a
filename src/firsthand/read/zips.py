"""ZIP archives from strangers: opened in memory only, never written out, and never further than limits allow."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from firsthand.read.packed import Budget

UNSAFE_NAME = "unsafe-name"
_MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
"""A list of contents this long has 40,000 entries and takes 60 MB to hold."""
_END, _END64_PLACE, _END64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What web archives and office documents use. Others (LZMA) reserve as much memory as a file asks for."""
_STEP_BYTES = 1024 * 1024
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
           struct.error, OverflowError, IndexError)  # fmt: skip
"""What `zipfile` raises over damaged archives."""


class ZipRefused(Exception):  # noqa: N818  says what is wrong
    """An archive, or an entry of one, that is not opened."""

    def __init__(self, code: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.remedy = code, reason, remedy


def open_zip(content: bytes) -> zipfile.ZipFile:
    """The archive's list of contents, nothing unpacked yet. Raises `ZipRefused`: damaged, or too long a list."""
    size_bytes = _directory_bytes(content)
    if size_bytes is None:
        raise ZipRefused(
            "zip-damaged", "The file is damaged or cut off: its list of contents is missing.", "Fetch it again."
        )
    if size_bytes > _MAX_DIRECTORY_BYTES:
        raise ZipRefused("unpacks-too-far", "The file lists tens of thousands of contents.", "Take it apart.")
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _FAULTS as fault:
        raise ZipRefused(
            "zip-damaged", f"The file's list of contents is damaged ({type(fault).__name__}).", "Fetch it again."
        ) from fault


def _directory_bytes(content: bytes) -> int | None:
    """Length of the list of contents as the end of the file states it, by the larger of its two statements."""
    end = content.rfind(_END, max(0, len(content) - 65_557))
    if end < 0 or end + 22 > len(content):
        return None
    size_bytes: int = struct.unpack_from("<L", content, end + 12)[0]
    if content[max(0, end - 20) : end].startswith(_END64_PLACE) and content[max(0, end - 76) :].startswith(_END64):
        size_bytes = max(size_bytes % 0xFFFFFFFF, struct.unpack_from("<Q", content, end - 76 + 40)[0])
    return size_bytes


def may_hold(content: bytes, names: Sequence[str], folders: Sequence[str]) -> bool:
    """Whether a ZIP archive lists one of the names, or something in one of the folders; if damaged, says it does."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        listed = _listed(content)
    except ZipRefused:
        return any(name.encode() in content for name in (*names, *folders))
    return any(name in names or name.startswith(tuple(folders)) for name in listed)


def _listed(content: bytes) -> tuple[str, ...]:
    with open_zip(content) as archive:
        return tuple(archive.namelist())


def is_unsafe(entry: zipfile.ZipInfo) -> bool:
    """Whether a name would leave the folder that the archive was unpacked in, on any system, or cannot be a name.

    >>> [is_unsafe(zipfile.ZipInfo(name)) for name in ("a/b.warc", "../b.warc", "/b.warc", "C:b.warc")]
    [False, True, True, True]
    """
    name = entry.orig_filename
    parts = re.split(r"[/\\]", name)
    return (
        not name
        or ".." in parts
        or name.startswith(("/", "\\"))
        or re.match(r"[A-Za-z]:", name) is not None
        or "\0" in name
        or (entry.external_attr >> 28) == 0xA  # a symbolic link
    )


def entry_bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, limit_bytes: int, budget: Budget) -> bytes:
    """What an entry unpacks to. Raises `ZipRefused`: encrypted, packed by a method not read, too large, damaged."""
    if entry.flag_bits & _ENCRYPTED:
        raise ZipRefused("zip-encrypted", "It asks for a password.", "Save a copy without a password.")
    if entry.compress_type not in _METHODS:
        raise ZipRefused("zip-method", "It is packed by an uncommon method.", "Pack it again with a common tool.")
    parts: list[bytes] = []
    size_bytes = 0
    try:
        with archive.open(entry) as stream:
            while part := stream.read(_STEP_BYTES):
                size_bytes += len(part)
                budget.spend(len(part))
                if size_bytes > limit_bytes:
                    raise ZipRefused("unpacks-too-far", "It unpacks to more than is read.", "Take it apart.")
                parts.append(part)
    except _FAULTS as fault:
        raise ZipRefused("zip-damaged", f"It is damaged ({type(fault).__name__}).", "Fetch it again.") from fault
    return b"".join(parts)
