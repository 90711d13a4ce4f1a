"""The read stage: a capture's bytes become the documents that they hold, or one refusal that says why not."""

from __future__ import annotations

from firsthand.read.archives import ARCHIVES
from firsthand.read.best_text import without_opinion
from firsthand.read.formats import READERS, read_safely, reader_for, unsupported
from firsthand.read.story import ReadingMode, Source, Stories, Story, to_document
from firsthand.records import Capture, Document, PartlyRead, Refusal

__all__ = ["ARCHIVES", "READERS", "ReadingMode", "read", "without_opinion"]


def read(
    capture: Capture, content: bytes, mode: ReadingMode = "standard"
) -> tuple[Document, ...] | PartlyRead | Refusal:
    """The documents in `content`, at least one and in their order there, or a refusal with code, reason and remedy.

    With `mode` "best", another extractor is heard about the main text of web pages (see `best_text`). Of a web archive,
    the documents of its pages, with a refusal for each reason to leave some of it out. Pure: the same
    bytes give the same documents. Nothing that a document names is fetched, nothing is written, and what unpacks, does
    so within limits. Refusal codes: `empty`, `not-text`, `too-large`, `too-many-elements`, `archive`, `no-main-text`,
    `unsupported-format`, `front-matter-broken`, `xml-entities`, `feed-empty`, `feed-damaged`, `too-many-items`,
    `mail-broken`, `pdf-damaged`, `pdf-encrypted`, `pdf-without-text`, `reader-failed`, and those of `archives`.
    """
    source = Source(content=content, path=capture.path, mode=mode)
    if not content.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf\xfe\xff"):
        return source.refuse(
            "empty",
            "The file holds no characters other than white space.",
            "Fetch it again; the transfer may have failed.",
        )
    archive = next((each for each in ARCHIVES if each.recognises(content)), None)
    if archive is not None:
        return _documents(capture, read_safely(archive, source), archive.name)
    refused = unsupported(source)
    if refused is not None:
        return refused
    reader = reader_for(source)
    return _documents(capture, read_safely(reader, source), reader.name)


def _documents(
    capture: Capture, found: tuple[Story, ...] | Stories | Refusal, name: str
) -> tuple[Document, ...] | PartlyRead | Refusal:
    if isinstance(found, Refusal):
        return found
    stories, refused = (found.stories, found.refused) if isinstance(found, Stories) else (found, ())
    documents = tuple(to_document(capture, part, story, name) for part, story in enumerate(stories))
    return PartlyRead(documents=documents, refused=refused) if refused else documents
