"""Which formats are read, and which are refused by their first bytes."""

from __future__ import annotations

import re
from typing import Protocol, TypeVar

from firsthand.read.docx import Docx
from firsthand.read.feed import Feed
from firsthand.read.html import Html
from firsthand.read.json_feed import JsonFeed
from firsthand.read.letter import Letter
from firsthand.read.markdown import Markdown
from firsthand.read.pdf import Pdf
from firsthand.read.plain import Plain
from firsthand.read.story import Reader, Source
from firsthand.records import Refusal

Read_co = TypeVar("Read_co", covariant=True)


class AnyReader(Protocol[Read_co]):
    """A reader of pages or of archives."""

    @property
    def name(self) -> str:
        """Short name."""

    def read(self, source: Source) -> Read_co | Refusal:
        """What the source holds, or why it cannot be had."""


_DOCX = Docx()
_JSON_FEED = JsonFeed()
READERS: tuple[Reader, ...] = (_DOCX, Pdf(), Feed(), _JSON_FEED, Html(), Markdown(), Letter(), Plain())
"""In the order in which they are asked whether they recognise a content; plain text is what remains."""


def reader_for(source: Source) -> Reader:
    """By content first, then by the file name's ending; plain text when neither tells."""
    for reader in READERS:
        if reader.recognises(source.content):
            return reader
    return next((reader for reader in READERS if source.suffix in reader.suffixes), READERS[-1])


def read_safely(reader: AnyReader[Read_co], source: Source) -> Read_co | Refusal:
    """What the reader makes of the source; a refusal that names the fault if it fails."""
    try:
        return reader.read(source)
    except Exception as error:  # noqa: BLE001
        # The one broad catch of this stage: documents are hostile, and a parser's surprise over one of them must
        # neither stop the others nor pass unseen. What went wrong is named, kept and counted like any other refusal.
        return source.refuse(
            "reader-failed",
            f"The {reader.name} reader stopped with {type(error).__name__}.",
            "Report this file as a defect; until then, save its text as .txt.",
        )


_ARCHIVES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", "ZIP archive (or an office document other than .docx, which is one)"),
    (0, b"PK\x05\x06", "ZIP archive"),
    (0, b"\x1f\x8b", "gzip file"),
    (0, b"BZh", "bzip2 file"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (0, b"Rar!\x1a\x07", "RAR archive"),
    (0, b"\xfd7zXZ\x00", "xz file"),
    (0, b"\x28\xb5\x2f\xfd", "Zstandard file"),
    (0, b"\x04\x22\x4d\x18", "LZ4 file"),
    (257, b"ustar", "tar archive"),
)
_UNREAD: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG image"),
    (0, b"\xff\xd8\xff", "JPEG image"),
    (0, b"GIF8", "GIF image"),
    (8, b"WEBP", "WebP image"),
    (0, b"II*\x00", "TIFF image"),
    (0, b"MM\x00*", "TIFF image"),
    (8, b"AVI ", "video"),
    (8, b"WAVE", "sound recording"),
    (4, b"ftyp", "video, or an image from a phone"),
    (0, b"ID3", "sound recording"),
    (0, b"OggS", "sound or video recording"),
    (0, b"\x1aE\xdf\xa3", "video"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office document of the older kind"),
    (0, b"{\\rtf", "RTF document"),
    (0, b"%!PS", "PostScript document"),
    (0, b"SQLite format 3\x00", "database"),
    (0, b"\x7fELF", "program"),
    (0, b"MZ\x90", "program"),
)


def unsupported(source: Source) -> Refusal | None:
    """The refusal of an archive, image, recording, office document or data file; None for all other contents."""
    if _DOCX.recognises(source.content) or _JSON_FEED.recognises(source.content):
        return None
    for offset, mark, kind in _ARCHIVES:
        if source.content[offset : offset + len(mark)] == mark:
            return source.refuse(
                "archive",
                f"This is a {kind}; nothing packed is unpacked here.",
                "Unpack it with a tool you trust and add the files inside; save office documents as PDF or text.",
            )
    for offset, mark, kind in _UNREAD:
        if source.content[offset : offset + len(mark)] == mark:
            return source.refuse(
                "unsupported-format",
                f"This is a {kind}, which is not read.",
                "Save its text as .txt, .html or .pdf and add that.",
            )
    if _is_data(source):
        return source.refuse(
            "unsupported-format",
            "This is data (JSON or SVG), not prose.",
            "Save the story that you took it from as .html or .txt.",
        )
    return None


def _is_data(source: Source) -> bool:
    head = source.content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (
        re.match(
            rb"""[{\[]\s*(?:["{\[]|\}|\])|<svg[\s>]|<\?xml[^>]*>\s*(?:<!--.{0,500}?-->\s*)?<svg""", head, re.DOTALL
        )
        is not None
    )
