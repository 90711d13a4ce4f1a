"""What a format's reader hands over, and how it becomes a `Document`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from firsthand.read.language import language_of
from firsthand.read.stated import after_capture, all_stated, disagreement
from firsthand.read.wording import line
from firsthand.records import Block, BlockKind, Capture, Document, Image, Link, Refusal, StatedDate, record_id

METHOD_VERSION = 4
"""Raised with every change that gives another text or other metadata for the same bytes."""


ReadingMode: TypeAlias = Literal["standard", "best"]
"""How the main text of web pages is chosen: by our own rules and model, or by hearing another extractor as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The bytes a reader is asked to read, and the circumstances it may use."""

    content: bytes
    path: str
    address: str = ""
    """Where a page in an archive was fetched from; empty for files."""
    mode: ReadingMode = "standard"

    @property
    def suffix(self) -> str:
        """Lower-case ending of the path's last part, without the dot; empty without one."""
        name = (
            (self.address or self.path).split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
        )
        return name.rsplit(".", 1)[-1].lower() if "." in name else ""

    def refuse(self, code: str, reason: str, remedy: str) -> Refusal:
        """A refusal of this source."""
        return Refusal(path=self.path, code=code, reason=reason, remedy=remedy)

    def refuse_not_text(self) -> Refusal:
        """The refusal of bytes that no encoding makes text of."""
        return self.refuse(
            "not-text",
            "The bytes are not text in any encoding.",
            "Check that the file is complete and not compressed.",
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One block of the main text: no line breaks inside, spans of links relative to its own start."""

    text: str
    kind: BlockKind = "paragraph"
    links: tuple[Link, ...] = ()
    byte_range: tuple[int, int] | None = None
    page: int | None = None
    """Page that it starts on, from 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One text of a capture with what its page says about it."""

    passages: tuple[Passage, ...]
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    published_from: str | None = None
    stated_dates: tuple[StatedDate, ...] = ()
    """Other places that state it; the one that counts need not be among them."""
    language: str | None = None
    """As declared; checked against the text."""
    url: str | None = None
    source_url: str | None = None
    images: tuple[Image, ...] = ()
    round_up: str | None = None
    fetched_from: str | None = None
    fetched_at: str | None = None
    partial: bool = False
    warnings: tuple[str, ...] = ()
    reader: str = ""
    """For a page in an archive, the name of the reader that read it."""
    opinion: str = ""
    """Name and version of another extractor that was heard about the main text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stories:
    """The stories of an archive or a feed, with what had to be left out of it."""

    stories: tuple[Story, ...]
    refused: tuple[Refusal, ...]


class Reader(Protocol):
    """Reads one family of formats."""

    @property
    def name(self) -> str:
        """Short name, part of the method that documents carry."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File-name endings that decide when the content does not."""

    def recognises(self, content: bytes) -> bool:
        """Whether the first bytes can only be this format."""

    def read(self, source: Source) -> tuple[Story, ...] | Stories | Refusal:
        """The stories of the source, at least one, or why there are none."""


class ArchiveReader(Protocol):
    """Reads one kind of file that holds many pages."""

    @property
    def name(self) -> str:
        """Short name, part of the method that documents carry."""

    def recognises(self, content: bytes) -> bool:
        """Whether the bytes can only be this kind."""

    def read(self, source: Source) -> Stories | Refusal:
        """The stories of its pages, at least one, or why there are none."""


def to_document(capture: Capture, part: int, story: Story, reader: str) -> Document:
    """The document of one story: passages joined by blank lines, every span moved to its place in the text."""
    blocks, links, texts = [], [], []
    at = 0
    for passage in story.passages:
        byte_start, byte_end = passage.byte_range or (None, None)
        blocks.append(
            Block(
                kind=passage.kind,
                start=at,
                end=at + len(passage.text),
                byte_start=byte_start,
                byte_end=byte_end,
                page=passage.page,
            )
        )
        links += [Link(start=at + link.start, end=at + link.end, url=link.url) for link in passage.links]
        texts.append(passage.text)
        at += len(passage.text) + 2
    text = "\n\n".join(texts)
    stated = all_stated(story.published, story.published_from, story.stated_dates)
    doubts = (disagreement(stated), after_capture(story.published, story.fetched_at))
    return Document(
        id=record_id("d", {"sha256": capture.sha256, "part": part}),
        sha256=capture.sha256,
        part=part,
        path=capture.path,
        text=text,
        title=_clean(story.title),
        outlet=_clean(story.outlet),
        byline=_clean(story.byline),
        published=story.published,
        published_from=story.published_from if story.published else None,
        stated_dates=stated,
        language=language_of(text, story.language),
        url=story.url,
        source_url=story.source_url,
        links=tuple(links),
        images=story.images,
        round_up=_clean(story.round_up),
        fetched_from=story.fetched_from,
        fetched_at=story.fetched_at,
        blocks=tuple(blocks),
        partial=story.partial,
        warnings=(*story.warnings, *filter(None, doubts)),
        method=_method(reader, story),
    )


def _method(reader: str, story: Story) -> str:
    """What read it: `read.html/4`, in an archive `read.warc.html/4`, with an opinion heard `read.html+NAME-2.3.1/4`."""
    names = ".".join(filter(None, (reader, story.reader)))
    return f"read.{'+'.join(filter(None, (names, story.opinion)))}/{METHOD_VERSION}"


def _clean(value: str | None) -> str | None:
    return (line(value) or None) if value else None
