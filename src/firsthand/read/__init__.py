"""The read stage: a capture's bytes become the documents that they hold, or one refusal that says why not."""

from __future__ import annotations

from firsthand.read.archives import ARCHIVES
from firsthand.read.formats import READERS, read_safely, reader_for, unsupported
from firsthand.read.story import Source, Stories, to_document
from firsthand.records import Capture, Document, PartlyRead, Refusal

__all__ = ["ARCHIVES", "READERS", "read"]


def read(capture: Capture, content: bytes) -> tuple[Document, ...] | PartlyRead | Refusal:
    """The documents in `content`, at least one and in their order there, or a refusal with code, reason and remedy.

    Of a web archive, the documents of its pages, with a refusal for each reason to leave some of it out. Pure: the same
    bytes give the same documents. Nothing that a document names is fetched, nothing is written, and what unpacks, does
    so within limits. Refusal codes: `empty`, `not-text`, `too-large`, `too-many-elements`, `archive`,
    `unsupported-format`, `no-main-text`, `front-matter-broken`, `xml-entities`, `feed-empty`, `mail-broken`,
    `pdf-damaged`, `pdf-encrypted`, `pdf-without-text`, `reader-failed`, and those of `archives`.
    """
    source = Source(content=content, path=capture.path)
    if not content.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xfe\xff"):
        return source.refuse(
            "empty",
            "The file holds no characters other than white space.",
            "Fetch it again; the transfer may have failed.",
        )
    archive = next((each for each in ARCHIVES if each.recognises(content)), None)
    if archive is not None:
        return _archived(capture, read_safely(archive, source), archive.name)
    refused = unsupported(source)
    if refused is not None:
        return refused
    reader = reader_for(source)
    stories = read_safely(reader, source)
    if isinstance(stories, Refusal):
        return stories
    return tuple(to_document(capture, part, story, reader.name) for part, story in enumerate(stories))


def _archived(capture: Capture, found: Stories | Refusal, name: str) -> tuple[Document, ...] | PartlyRead | Refusal:
    if isinstance(found, Refusal):
        return found
    documents = tuple(to_document(capture, part, story, name) for part, story in enumerate(found.stories))
    return PartlyRead(documents=documents, refused=found.refused) if found.refused else documents
