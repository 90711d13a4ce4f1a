"""The read stage: a capture's bytes become the documents that they hold, or one refusal that says why not."""

from __future__ import annotations

from firsthand.read.formats import READERS, unsupported
from firsthand.read.story import Reader, Source, Story, to_document
from firsthand.records import Capture, Document, Refusal

__all__ = ["READERS", "read"]


def read(capture: Capture, content: bytes) -> tuple[Document, ...] | Refusal:
    """The documents in `content`, at least one and in their order there, or a refusal with code, reason and remedy.

    Pure: the same bytes give the same documents. Nothing that a document names is fetched, nothing packed is unpacked.
    Refusal codes: `empty`, `not-text`, `too-large`, `too-many-elements`, `archive`, `unsupported-format`,
    `no-main-text`, `front-matter-broken`, `xml-entities`, `feed-empty`, `mail-broken`, `pdf-damaged`, `pdf-encrypted`,
    `pdf-without-text`, `reader-failed`.
    """
    source = Source(content=content, path=capture.path)
    if not content.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xfe\xff"):
        return source.refuse(
            "empty",
            "The file holds no characters other than white space.",
            "Fetch it again; the transfer may have failed.",
        )
    refused = unsupported(source)
    if refused is not None:
        return refused
    reader = _reader_for(source)
    stories = _read_safely(reader, source)
    if isinstance(stories, Refusal):
        return stories
    return tuple(to_document(capture, part, story, reader.name) for part, story in enumerate(stories))


def _reader_for(source: Source) -> Reader:
    """By content first, then by the file name's ending; plain text when neither tells."""
    for reader in READERS:
        if reader.recognises(source.content):
            return reader
    return next((reader for reader in READERS if source.suffix in reader.suffixes), READERS[-1])


def _read_safely(reader: Reader, source: Source) -> tuple[Story, ...] | Refusal:
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
