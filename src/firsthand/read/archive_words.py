"""What is said about the parts of a web archive that are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firsthand.read.story import Source
from firsthand.records import Refusal

_REASONS = {
    "warc-cut-off": ("The file ends in the middle of a record; what stands before is read.", "Fetch it again."),
    "warc-damaged": (
        "Some places of the file are not what a web archive has there; what stands around them is read.",
        "Fetch it again, or ask for the original.",
    ),
    "too-many-pages": (
        "The file holds more pages than are read from one file.",
        "Split it, by site or by day, and add the parts.",
    ),
    "unpacks-too-far": (
        "The file unpacks to more than is read from one file.",
        "Split it; if it is small, it was made to do harm.",
    ),
    "too-large": ("Pages of this size are not read.", "Save the page's text and add that."),
    "server-error": (
        "The server did not send the page but an error.",
        "Capture the page again, or add a copy from another archive.",
    ),
    "unchanged-elsewhere": (
        "The file says only that the page had not changed since an earlier capture, which it does not hold.",
        "Add the web archive with the earlier capture.",
    ),
    "segmented": ("A page is spread over several records.", "Join the records with a WARC tool, then add the result."),
    "content-encoding": (
        "The page is kept in a compression that is not read.",
        "Capture it again without this compression, or add a copy saved from a browser.",
    ),
    "unsafe-name": (
        "A name in the archive leads out of the folder it would be unpacked in.",
        "Do not unpack it with other tools either; ask its maker for a clean copy.",
    ),
    "wacz-altered": (
        "A part of the archive is not what its list of contents states by a hash: it was changed later, or damaged.",
        "Ask its maker for the original; until then, hold what was read from that part to be unproven.",
    ),
    "wacz-incomplete": ("The archive lacks a part that its list of contents names.", "Ask its maker for the original."),
    "nested-archive": ("An archive in the archive is not opened.", "Take it out and add it on its own."),
    "zip-encrypted": ("A file in the archive asks for a password.", "Save a copy without a password."),
    "zip-method": ("A file in the archive is packed by an uncommon method.", "Pack it again with a common tool."),
    "zip-damaged": ("A file in the archive is damaged.", "Fetch it again."),
}
_MAX_SHOWN = 200


def _counted(records: Mapping[str, int]) -> str:
    """How many records there are of each kind, in brackets; empty for none."""
    said = ", ".join(f"{count:,} {kind}" for kind, count in sorted(records.items()))
    return f" (records: {said})" if said else ""


def left_out(source: Source, code: str, count: int, first: str, refusal: Refusal | None) -> Refusal:
    """The refusal that stands for everything left out for one reason, with its number and the first of it."""
    reason, remedy = (refusal.reason, refusal.remedy) if refusal is not None else _REASONS[code]
    what = first[:_MAX_SHOWN] or "a page without an address"
    number = "Once" if count == 1 else f"{count:,} times"
    return source.refuse(code, f"{reason} {number}, first: {what}", remedy)


def nothing_read(source: Source, refused: Sequence[Refusal], passed_over: Mapping[str, int]) -> Refusal:
    """The refusal of an archive without a single readable page; `passed_over`: its other records by kind."""
    if len(refused) == 1:
        return refused[0]
    if not refused:
        return source.refuse(
            "warc-without-pages",
            f"The archive holds no page: only images, styles, scripts, notes on its making{_counted(passed_over)}.",
            "Check that the pages were captured, not only what they load.",
        )
    return source.refuse(
        "warc-without-pages",
        f"None of the archive's pages can be read: {', '.join(refusal.code for refusal in refused)}. "
        f"{refused[0].reason}",
        refused[0].remedy,
    )
