"""Work on fetched bytes in a process of its own: unpacking them, and reading what a feed lists.

A server chooses these bytes, and native libraries unpack them. The process is the one that pages are read in
(`engine.workers`), with its limits on time and memory; it starts when first needed. The functions take and give
plain values and records; nothing else comes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import TracebackType
from typing import Any

from firsthand.engine.stages import default_stages
from firsthand.engine.workers import DEFAULT_LIMITS, Limits, Worker
from firsthand.fetch import FetchRefused
from firsthand.records import Refusal

MAX_UNPACKED_BYTES = 32 * 1024 * 1024
"""What a page may unpack to: as much as the reader of web archives takes of one."""
_CODED = re.compile(rb"(?:^|\n)(?:content|transfer)-encoding[ \t]*:[ \t]*(?!identity\s)\S", re.IGNORECASE)
_MAX_HEADER_BYTES = 256 * 1024


class Apart:
    """Does single pieces of work in one worker; ends it when left."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._worker = Worker(stages=default_stages(), limits=limits)

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.dismiss()

    def page_of(self, response: bytes, body: bytes, *, reached: str, path: str) -> bytes | Refusal:
        """The page in an HTTP response, its encodings taken off; `body` is what it is where none is stated.

        Refuses what unpacks to more than `MAX_UNPACKED_BYTES`, and what goes beyond the limits of a worker.
        """
        if _CODED.search(response[:_MAX_HEADER_BYTES]) is None:
            return body
        found: bytes | Refusal = self.ask(unpacked_page, response, body, reached, path)
        return found

    def listed_in(self, content: bytes, path: str) -> tuple[str, ...] | Refusal:
        """The addresses of a feed's items, as they are written; refuses what is no feed or cannot be read as one."""
        found: tuple[str, ...] | Refusal = self.ask(feed_addresses, content, path)
        return found

    def kept_page(self, warc: bytes, path: str) -> tuple[dict[str, str], bytes] | None:
        """What a WARC file says of the last page in it, and the page, its encodings taken off; None where nothing."""
        found = self.ask(page_in_warc, warc, path)
        return None if isinstance(found, Refusal) else found

    def ask(self, function: Callable[..., Any], *given: bytes | str) -> Any:
        """What a module-level function makes of what it is given, last of which is a path; a refusal where it fails."""
        return self._worker.ask((function, *given), str(given[-1]))

    @property
    def process_id(self) -> int | None:
        """Of the process that works; None while none has been needed."""
        return self._worker.process_id


def unpacked_page(response: bytes, body: bytes, reached: str, path: str) -> bytes | Refusal:
    """See `Apart.page_of`."""
    from firsthand.read.http_response import http_response
    from firsthand.read.packed import Budget, TooMuchUnpackedError

    try:
        found = http_response(response, Budget(left_bytes=MAX_UNPACKED_BYTES))
    except TooMuchUnpackedError:
        return FetchRefused(
            "unpacks-too-far",
            f"It is packed, and unpacks to more than {MAX_UNPACKED_BYTES // 1024**2} MiB.",
            "Pages like this are made to do harm; if you trust it, save it with a browser and add the file.",
        ).at(path, reached)
    return found.body if found is not None else body


def feed_addresses(content: bytes, path: str) -> tuple[str, ...] | Refusal:
    """See `Apart.listed_in`."""
    from firsthand.read.feed import Feed, item_addresses
    from firsthand.read.story import Source

    if not Feed().recognises(content):
        return FetchRefused(
            "not-a-feed",
            "What lies there is no RSS or Atom feed.",
            "Give the address of the feed itself; `firsthand add` takes a page.",
        ).at(path)
    return item_addresses(Source(content=content, path=path, address=path))


def page_in_warc(warc: bytes, path: str) -> tuple[dict[str, str], bytes] | None:  # noqa: ARG001  for a refusal
    """See `Apart.kept_page`; the fields are those of `fetch.Known`."""
    from firsthand.read.http_response import http_response
    from firsthand.read.packed import Budget
    from firsthand.read.warc_records import WarcRecord, warc_records

    found = None  # redirects come first, the page last
    for record in warc_records(warc, Budget()):
        if not isinstance(record, WarcRecord) or record.fields.get("warc-type") != "response" or not record.block:
            continue
        response = http_response(record.block, Budget())
        if response is None:
            continue
        known = {
            "address": record.fields.get("warc-target-uri", ""),
            "at": record.fields.get("warc-date", ""),
            "record": record.fields.get("warc-record-id", ""),
            "digest": record.fields.get("warc-payload-digest", ""),
            "etag": response.fields.get("etag", ""),
            "last_modified": response.fields.get("last-modified", ""),
        }
        found = (known, response.body)
    return found
