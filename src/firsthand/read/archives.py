"""Web archives: every page that a WARC or WACZ holds is a document with its own address and time of capture.

Refusal codes of this module, each for the whole file or for a part that is left out: `warc-cut-off`, `warc-damaged`,
`warc-without-pages`, `too-many-pages`, `unpacks-too-far`, `server-error`, `unchanged-elsewhere`, `segmented`,
`content-encoding`, `wacz-altered`, `wacz-incomplete`, `unsafe-name`, `zip-damaged`, `zip-encrypted`, `zip-method`,
`nested-archive`.
"""

from __future__ import annotations

import zlib

from firsthand.read.archive_pages import Pages
from firsthand.read.packed import Budget, TooMuchUnpackedError
from firsthand.read.packed_web import opens_zstd, zstd_frames
from firsthand.read.story import ArchiveReader, Source, Stories
from firsthand.read.wacz_package import Package, read_package
from firsthand.read.warc_records import Damage, opens_warc, warc_records
from firsthand.read.zips import UNSAFE_NAME, ZipRefused, entry_bytes, is_unsafe, may_hold, open_zip
from firsthand.records import Refusal

_MAX_WARC_BYTES = 128 * 1024 * 1024
"""Unpacked size of one WARC in a WACZ; as large as a file may be that is taken in."""
_MAX_ENTRIES = 2_000


class Warc:
    """WARC files, packed or not. A page is a `response` or `resource` record of a kind that can hold a story."""

    name = "warc"

    def recognises(self, content: bytes) -> bool:
        """A record at the very start, or at the start of what the first bytes unpack to."""
        return opens_warc(content) or opens_warc(_first_bytes(content))

    def read(self, source: Source) -> Stories | Refusal:
        """The stories of its pages; a refusal for each reason to leave some out."""
        pages, budget = Pages(source=source), Budget()
        _take_warc(source.content, pages, budget)
        return pages.stories()


class Wacz:
    """WACZ files: WARC files in a ZIP archive. Nothing of it is written anywhere; unsafe names are left out."""

    name = "wacz"

    def recognises(self, content: bytes) -> bool:
        """A ZIP archive with a data package or WARC files in it."""
        return may_hold(content, ("datapackage.json",), ("archive/",))

    def read(self, source: Source) -> Stories | Refusal:
        """The stories of all its WARC files' pages; a refusal for each reason to leave some out."""
        pages, budget = Pages(source=source, packed=True), Budget()
        try:
            archive = open_zip(source.content)
        except ZipRefused as why:
            return source.refuse(why.code, why.reason, why.remedy)
        package = read_package(archive, budget)
        for name in package.altered:
            pages.leave_out("wacz-altered", name)
        for name in package.missing:
            pages.leave_out("wacz-incomplete", name)
        for entry in archive.infolist()[:_MAX_ENTRIES]:
            name = entry.filename
            if is_unsafe(entry):
                pages.leave_out(UNSAFE_NAME, name)
            elif name.lower().endswith((".wacz", ".zip")):
                pages.leave_out("nested-archive", name)
            elif name.lower().endswith((".warc", ".warc.gz", ".warc.zst")):
                try:
                    content = entry_bytes(archive, entry, limit_bytes=_MAX_WARC_BYTES, budget=budget)
                    _take_entry(name, content, package, pages, budget)
                except ZipRefused as why:
                    pages.leave_out(why.code, name)
                except TooMuchUnpackedError:
                    pages.leave_out("unpacks-too-far", name)
                    break
        return pages.stories()


def _take_entry(name: str, content: bytes, package: Package, pages: Pages, budget: Budget) -> None:
    """The pages of one WARC of the archive; they say so where its hash is not the stated one."""
    before = pages.count
    _take_warc(content, pages, budget)
    if not package.agrees(name, content):
        pages.leave_out("wacz-altered", name)
        pages.warn_since(before, f"wacz: {name} is not what the archive's list of contents states by its hash")


ARCHIVES: tuple[ArchiveReader, ...] = (Warc(), Wacz())
"""In the order in which they are asked whether they recognise a content, before the readers of single pages."""


_CODES = {
    "cut-off": "warc-cut-off",
    "damaged": "warc-damaged",
    "too-much": "too-many-pages",
    "too-far": "unpacks-too-far",
}


def _take_warc(content: bytes, pages: Pages, budget: Budget) -> None:
    """Hands every record to `pages`, and the damages; stops where the pages or the budget are full."""
    try:
        for item in warc_records(content, budget):
            if isinstance(item, Damage):
                pages.leave_out(_CODES[item.trouble], f"byte {item.offset:,}")
            else:
                pages.take(item, budget)
            if pages.full:
                return
    except TooMuchUnpackedError:
        pages.leave_out("unpacks-too-far", "the rest of the file")


def _first_bytes(content: bytes) -> bytes:
    """What the first bytes unpack to; empty where they are not packed."""
    if opens_zstd(content):
        return _first_frame(content)
    if not content.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(31).decompress(content[:4096], 64)
    except zlib.error:
        return b""


def _first_frame(content: bytes) -> bytes:
    try:
        return next((frame.content for _, frame in zstd_frames(content, limit_bytes=64, budget=Budget())), b"")
    except TooMuchUnpackedError:
        return b""
