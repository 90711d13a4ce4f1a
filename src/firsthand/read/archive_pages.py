"""The pages of a web archive: which records are pages, what their readers make of them, and what is left out."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from firsthand.read.archive_words import left_out, nothing_read
from firsthand.read.formats import READERS, read_safely, reader_for, unsupported
from firsthand.read.http_response import Response, http_response
from firsthand.read.packed import Budget
from firsthand.read.story import Passage, Source, Stories, Story
from firsthand.read.warc_records import WarcRecord
from firsthand.read.wording import line
from firsthand.records import Refusal

MAX_DOCUMENTS = 1_000
MAX_PAGES = 3_000
"""Pages that are tried, with or without a story in them."""
MAX_PAGE_BYTES_IN_ALL = 64 * 1024 * 1024
"""Reading as much takes ten seconds; a file may take thirty."""
_MAX_ADDRESS_CHARACTERS = 2_000

# Everything else that a page loads (images, styles, scripts, fonts, data) is no document.
_PAGE_TYPES = frozenset(
    "text/html application/xhtml+xml text/plain text/markdown text/x-markdown application/pdf message/rfc822 "
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document".split()
)
_MAYBE_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml text/xml application/xml application/octet-stream "
    "binary/octet-stream application/unknown unk".split()
)
"""Read only when the bytes are of a format that is told by its bytes."""
_FOR_ROBOTS = re.compile(r"/(?:robots|ads|app-ads|security|humans|llms)\.txt(?:\?|$)", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|avif|css|js|mjs|json|woff2?|ttf|otf|eot|mp[34]|webm|m3u8|ts)(?:\?|$)",
    re.IGNORECASE,
)
_ABOUT_MAKING = frozenset(("request", "metadata", "warcinfo", "continuation"))
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z|(\d{4}(?:-\d\d(?:-\d\d)?)?)")


@dataclass(frozen=True, slots=True)
class _Page:
    """The body of a record that is a page."""

    address: str
    fetched_at: str | None
    body: bytes
    body_at: int | None
    """Where the body starts in the file; None when it was packed or encoded."""
    cut: bool
    digest: str


@dataclass(slots=True)
class Pages:
    """Takes the records of an archive one by one; `stories` is what they came to."""

    source: Source
    packed: bool = False
    """Offsets in the WARC are no offsets in the file."""
    full: bool = False
    """No more pages are read."""
    _stories: list[Story] = field(default_factory=list)
    _of_digest: dict[str, list[int]] = field(default_factory=dict)
    """Payload digest, or address, of a record → the stories that were read from it, perhaps none."""
    _of_body: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _revisits: list[tuple[str, str, str]] = field(default_factory=list)
    """Keys of what is unchanged (digest, address), where it was met again, and when."""
    _left_out: Counter[str] = field(default_factory=Counter)
    _first: dict[str, tuple[str, Refusal | None]] = field(default_factory=dict)
    _passed_over: Counter[str] = field(default_factory=Counter)
    """Records that are about how the archive was made, by their kind."""
    _tried: int = 0
    _bytes: int = 0

    def leave_out(self, code: str, what: str, refusal: Refusal | None = None) -> None:
        """Counts something that is not read; the first of its code is named."""
        self._left_out[code] += 1
        self._first.setdefault(code, (what, refusal))

    def take(self, record: WarcRecord, budget: Budget) -> None:
        """Reads one record if it is a page. Raises `TooMuchUnpackedError` over the budget."""
        kind = record.fields.get("warc-type", "").lower()
        address = _address(record.fields)
        if record.fields.get("warc-segment-number", "") and kind in ("response", "resource", "continuation"):
            if kind != "continuation":
                self.leave_out("segmented", address)
        elif kind == "revisit":
            self._note_revisit(record, address, budget)
        elif kind in ("response", "resource", "conversion"):
            found = self._page(record, kind, address, budget)
            if found is not None:
                self._read(found)
        else:
            self._passed_over[kind if kind in _ABOUT_MAKING else "unknown"] += 1

    @property
    def count(self) -> int:
        """Stories so far."""
        return len(self._stories)

    def warn_since(self, count: int, warning: str) -> None:
        """Adds a warning to the stories after the first `count`."""
        for place in range(count, len(self._stories)):
            self._warn(place, warning)

    def stories(self) -> Stories | Refusal:
        """Everything read; a refusal where that is nothing."""
        for key, address, when in self._revisits:
            for place in self._of_digest[key]:
                self._warn(place, f"warc: met again, unchanged, at {address} ({when or 'no time stated'})")
        refused = tuple(
            left_out(self.source, code, count, *self._first[code]) for code, count in sorted(self._left_out.items())
        )
        if not self._stories:
            return nothing_read(self.source, refused, self._passed_over)
        return Stories(stories=tuple(self._stories), refused=refused)

    def _page(self, record: WarcRecord, kind: str, address: str, budget: Budget) -> _Page | None:
        """The page in a record; None when it holds none that can be read, which is counted where it matters."""
        digest = record.fields.get("warc-payload-digest", "")
        for key in (digest, address):
            self._of_digest.setdefault(key, [])
        is_http = record.fields.get("content-type", "").lower().startswith("application/http")
        if record.block is None:
            if not _NO_PAGE.search(address):
                self.leave_out("too-large", address)
            return None
        response: Response | None = None
        body, at, stated = record.block, 0, record.fields.get("content-type", "").split(";")[0].strip().lower()
        if kind == "response" and is_http:
            response = http_response(record.block, budget)
            if response is None:
                self.leave_out("warc-damaged", address)
                return None
            body, stated = response.body, response.content_type
            at = response.body_offset if response.body_offset is not None else -1
        if not _is_page(stated, body, address) or not self._was_delivered(response, address):
            return None
        base = record.offset + at if record.offset is not None and at >= 0 and not self.packed else None
        cut = record.cut or (response is not None and not response.whole)
        return _Page(address, _date(record.fields), body, base, cut, digest)

    def _was_delivered(self, response: Response | None, address: str) -> bool:
        """Whether the server sent a page, and in an encoding that is read; redirects are passed over."""
        if response is None:
            return True
        if response.status >= 400:
            self.leave_out("server-error", f"{address} ({response.status})")
        elif response.unknown_encoding:
            self.leave_out("content-encoding", f"{address} ({response.unknown_encoding})")
        return 200 <= response.status < 300 and not response.unknown_encoding

    def _read(self, page: _Page) -> None:
        again = self._of_body.get(key := (page.address, hashlib.sha256(page.body).hexdigest()))
        if again is not None:
            for place in again:
                self._warn(place, f"warc: met again, unchanged, at {page.address} ({page.fetched_at})")
            return
        self._tried += 1
        self._bytes += len(page.body)
        if self._tried > MAX_PAGES or self._bytes > MAX_PAGE_BYTES_IN_ALL or len(self._stories) >= MAX_DOCUMENTS:
            self.full = True
            self.leave_out("too-many-pages", page.address)
            return
        found = _stories_of(page, self.source)
        places = self._of_body[key] = []
        if isinstance(found, Refusal):
            self.leave_out(found.code, page.address, found)
            return
        for refusal in found.refused:
            self.leave_out(refusal.code, page.address, refusal)
        for story in found.stories[: MAX_DOCUMENTS - len(self._stories)]:
            places.append(len(self._stories))
            self._stories.append(story)
        for name in (page.digest, page.address):
            self._of_digest[name] += places

    def _note_revisit(self, record: WarcRecord, address: str, budget: Budget) -> None:
        """Keeps that a page was met again; if this file does not hold it, says so."""
        response = http_response(record.block, budget) if record.block else None
        if _NO_PAGE.search(address) or (response and not _is_page(response.content_type, b"", address)):
            return
        digest = record.fields.get("warc-payload-digest", "")
        elsewhere = line(record.fields.get("warc-refers-to-target-uri", "")).strip("<>")
        known = next((key for key in (digest, elsewhere, address) if key and key in self._of_digest), None)
        if known is None:
            self.leave_out("unchanged-elsewhere", address)
        else:
            self._revisits.append((known, address, _date(record.fields) or ""))

    def _warn(self, place: int, warning: str) -> None:
        story = self._stories[place]
        if warning not in story.warnings:
            self._stories[place] = replace(story, warnings=(*story.warnings, warning))


def _stories_of(page: _Page, archive: Source) -> Stories | Refusal:
    """The stories of a page, by the reader for its bytes, each with the page's address and time."""
    source = replace(archive, content=page.body, address=page.address)
    if not page.body.strip():
        return source.refuse("empty", "The page has no bytes in it.", "Capture it again.")
    refused = unsupported(source)
    if refused is not None:
        return refused
    reader = reader_for(source)
    found: tuple[Story, ...] | Stories | Refusal = read_safely(reader, source)
    if isinstance(found, Refusal):
        return found
    cut = ("warc: the archive ends, or is damaged, in the middle of this page",) if page.cut else ()
    undated = () if page.fetched_at else ("warc: the archive states no time of capture for this page",)
    several = found if isinstance(found, Stories) else Stories(stories=found, refused=())
    placed = tuple(
        replace(
            story,
            passages=tuple(_moved(passage, page.body_at) for passage in story.passages),
            url=story.url or page.address or None,
            fetched_from=page.address or None,
            fetched_at=page.fetched_at,
            partial=story.partial or page.cut,
            warnings=(*story.warnings, *cut, *undated),
            reader=reader.name,
        )
        for story in several.stories
    )
    return Stories(stories=placed, refused=several.refused)


def _moved(passage: Passage, body_at: int | None) -> Passage:
    if passage.byte_range is None or body_at is None:
        return replace(passage, byte_range=None)
    start, end = passage.byte_range
    return replace(passage, byte_range=(start + body_at, end + body_at))


def _is_page(stated: str, body: bytes, address: str) -> bool:
    """Whether a type and its bytes can hold a story; bytes settle it where the type does not."""
    if stated in _PAGE_TYPES:
        return not _FOR_ROBOTS.search(address)
    if stated and stated not in _MAYBE_TYPES:
        return False
    return not body or any(reader.recognises(body) for reader in READERS)


def _address(fields: Mapping[str, str]) -> str:
    """The address a record is about; some writers put it in angle brackets."""
    address = line(fields.get("warc-target-uri", ""))[:_MAX_ADDRESS_CHARACTERS].strip("<>")
    return address if re.match(r"[a-z][a-z0-9+.-]{0,20}:", address, re.IGNORECASE) else ""


def _date(fields: Mapping[str, str]) -> str | None:
    """The time of capture, to the second; as coarse as the record states it, None where it states none."""
    found = _DATE.fullmatch(fields.get("warc-date", "").strip())
    if found is None:
        return None
    return f"{found[1]}Z" if found[1] else found[2]
