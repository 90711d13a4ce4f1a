"""Takes pages on the web into a case by their addresses, and the pages that a feed lists.

What was fetched is kept as a WARC file: a page as a capture, read like any web archive that somebody adds; a page that
had not changed, a feed, or an answer that is no page as a visit. Whether a page has changed is judged by the WARC file
that the case holds, so no state is kept beside the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from firsthand.engine.added import TOOL, Added
from firsthand.engine.apart import Apart
from firsthand.fetch import Fetched, Fetcher, FetchRefused, Known, Policy, Web, WebAddress, parse_address, warc_of
from firsthand.preserve import seal
from firsthand.records import Capture, Circumstance, Refusal, Visit, VisitOutcome
from firsthand.store.errors import ObjectDamaged, ObjectMissing
from firsthand.store.folder import Arrival, Writer, writing

Progress = Callable[[int, int, str], None]
"""Told how many of how many addresses are done, and which came last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """What watching feeds came to."""

    added: Added
    """What the pages came to, and the feeds that were refused."""
    feeds: int
    """Feeds that were read."""
    known: int
    """Items that had been fetched before, so they were not fetched again."""
    left: int
    """Items beyond the number asked for, left to the next time."""


def fetch(
    folder: Path,
    addresses: Sequence[str],
    *,
    web: Web,
    policy: Policy,
    progress: Progress | None = None,
) -> Added:
    """Takes pages into the case by their addresses, one after another; each is kept before the next is asked for.

    Only these addresses are fetched, and where they redirect to. A page that the case has is asked for only if it has
    changed. Every address that gives no page is a refusal, and the rest goes on.
    """
    asked, refused = _parsed(addresses)
    with writing(folder) as writer, Apart() as apart:
        fetcher = Fetcher(web=web, policy=policy, given=frozenset(address.place for address in asked))
        taker = _Taker(writer=writer, fetcher=fetcher, apart=apart)
        taker.refuse(*refused)
        taker.take_all(asked, progress)
        return taker.added()


def watch(
    folder: Path,
    feeds: Sequence[str],
    *,
    web: Web,
    policy: Policy,
    items: int,
    progress: Progress | None = None,
) -> Watched:
    """Fetches feeds and the pages they list that the case does not have, at most `items` of each feed.

    The feed itself is kept as evidence of what it listed, not read. Items that were refused before come last.
    """
    asked, refused = _parsed(feeds)
    known = left = read = 0
    with writing(folder) as writer, Apart() as apart:
        fetcher = Fetcher(web=web, policy=policy, given=frozenset(address.place for address in asked))
        taker = _Taker(writer=writer, fetcher=fetcher, apart=apart)
        taker.refuse(*refused)
        for feed in asked:
            listed = taker.items_of(feed)
            if listed is None:
                continue
            read += 1
            new = [item for item in listed if writer.index.last_met_at(item.text) is None]
            new.sort(key=lambda item: writer.index.refusal_at(item.text) is not None)
            known, left = known + len(listed) - len(new), left + len(new[items:])
            taker.take_all(new[:items], progress)
        return Watched(added=taker.added(), feeds=read, known=known, left=left)


def _parsed(addresses: Sequence[str]) -> tuple[list[WebAddress], list[Refusal]]:
    """The addresses, each once and in their order, and those that are none."""
    parsed: dict[str, WebAddress] = {}
    refused: list[Refusal] = []
    for text in dict.fromkeys(addresses):
        try:
            address = parse_address(text)
        except FetchRefused as why:
            refused.append(why.at(text))
        else:
            parsed.setdefault(address.text, address)
    return list(parsed.values()), refused


@dataclass(frozen=True, kw_only=True, slots=True)
class _Earlier:
    """What a WARC file in the case says of the page it was fetched for."""

    sha256: str
    """Of the file."""
    size_bytes: int
    page: Known
    content: bytes
    """The page, its encodings taken off."""


@dataclass(kw_only=True, slots=True)
class _Taker:
    """Fetches into an open case and keeps account."""

    writer: Writer
    fetcher: Fetcher
    apart: Apart
    _new: dict[str, Capture] = field(default_factory=dict)
    _again: dict[str, Capture] = field(default_factory=dict)
    _refused: dict[tuple[str, str], Refusal] = field(default_factory=dict)

    def added(self) -> Added:
        """What it came to so far."""
        refused = tuple(self._refused[key] for key in sorted(self._refused))
        return Added(new=tuple(self._new.values()), again=tuple(self._again.values()), refused=refused)

    def take_all(self, addresses: Sequence[WebAddress], progress: Progress | None) -> None:
        """Fetches pages one after another."""
        for done, address in enumerate(addresses, start=1):
            self._take(address)
            if progress is not None:
                progress(done, len(addresses), address.text)

    def refuse(self, *refusals: Refusal) -> None:
        """Keeps refusals together, without those that stand in the case already."""
        self._refused |= {(refusal.path, refusal.code): refusal for refusal in refusals}
        new = [refusal for refusal in refusals if not self._stands(refusal)]
        self.writer.keep((), new, self.fetcher.web.now())

    def items_of(self, feed: WebAddress) -> list[WebAddress] | None:
        """The pages that a feed lists, each once; None when it is refused. The feed is kept as a visit."""
        last = self.writer.index.last_visit(feed.text, "feed")
        earlier = self._earlier(last.sha256) if last is not None else None
        found, content = self._fetched(feed, earlier)
        if found is None:
            return None
        written = self.apart.listed_in(content, feed.text)
        if isinstance(written, Refusal):
            self.refuse(written)
            return None
        if earlier is not None and content == earlier.content:
            self._keep_visit(found, "unchanged", earlier)
        else:
            self._keep_visit(found, "feed", None)
        return self._listed(found.last.address, written)

    def _listed(self, feed: WebAddress, written: Sequence[str]) -> list[WebAddress]:
        """The addresses that a feed at an address means by what is written in it; refuses those that are none."""
        listed: dict[str, WebAddress] = {}
        refused: dict[str, Refusal] = {}
        for each in written:
            try:
                address = feed.joined(each)
            except FetchRefused as why:
                refused[each] = why.at(each)
            else:
                listed.setdefault(address.text, address)
        self.refuse(*refused.values())
        return list(listed.values())

    def _take(self, address: WebAddress) -> None:
        """Fetches one page and keeps what came of it."""
        last = self.writer.index.last_met_at(address.text)
        earlier = self._earlier(last) if last is not None else None
        found, content = self._fetched(address, earlier)
        if found is None:
            return
        if earlier is not None and content == earlier.content and found.last.address.text == earlier.page.address:
            self._keep_visit(found, "unchanged", earlier)
        else:
            self._keep_page(found)

    def _fetched(self, address: WebAddress, earlier: _Earlier | None) -> tuple[Fetched | None, bytes]:
        """The fetch and the page, its encodings taken off: the earlier one if it has not changed. None: refused."""
        known: Mapping[str, Known] = {earlier.page.address: earlier.page} if earlier is not None else {}
        found = self.fetcher.fetch(address, known)
        if isinstance(found, Refusal):
            self.refuse(found)
            return None, b""
        if found.refusal is not None:
            if not self._stands(found.refusal):
                self._keep_visit(found, "refused", None)
            self.refuse(found.refusal)
            return None, b""
        if found.is_unchanged and earlier is not None:
            return found, earlier.content
        content = self.apart.page_of(
            found.last.response, found.last.body, reached=found.last.address.text, path=found.asked.text
        )
        if isinstance(content, Refusal):
            self.refuse(content)
            return None, b""
        return found, content

    def _keep_page(self, found: Fetched) -> None:
        content = self._warc(found, None)
        met = Circumstance(path=found.asked.text, captured_at=found.last.at, tool=TOOL)
        capture = seal(content, met)
        self.writer.keep([Arrival(capture=capture, content=content)], (), self.fetcher.web.now())
        self._new[capture.sha256] = capture

    def _keep_visit(self, found: Fetched, outcome: VisitOutcome, earlier: _Earlier | None) -> None:
        content = self._warc(found, earlier.page if earlier is not None else None)
        capture = seal(content, Circumstance(path=found.asked.text, captured_at=found.last.at, tool=TOOL))
        visit = Visit(
            sha256=capture.sha256,
            size_bytes=capture.size_bytes,
            address=found.asked.text,
            visited_at=found.last.at,
            tool=TOOL,
            outcome=outcome,
            about=earlier.sha256 if earlier is not None else None,
        )
        self.writer.keep_visit(visit, content, self.fetcher.web.now())
        if earlier is not None and self.writer.index.has_capture(earlier.sha256):
            met = Capture(sha256=earlier.sha256, size_bytes=earlier.size_bytes, circumstances=capture.circumstances)
            self._again.setdefault(earlier.sha256, met)

    def _warc(self, found: Fetched, unchanged: Known | None) -> bytes:
        return warc_of(found, software=TOOL, agent=self.fetcher.policy.agent, unchanged=unchanged)

    def _stands(self, refusal: Refusal) -> bool:
        return self.writer.index.refusal_at(refusal.path) == refusal

    def _earlier(self, sha256: str) -> _Earlier | None:
        """What a WARC file of the case holds; None when it cannot be read, so the page is fetched anew."""
        try:
            warc = self.writer.objects.read(sha256)
        except (ObjectDamaged, ObjectMissing):
            return None  # `verify` and `run` name the damage; a page fetched anew makes up for it
        kept = self.apart.kept_page(warc, sha256)
        if kept is None:
            return None
        return _Earlier(sha256=sha256, size_bytes=len(warc), page=Known(**kept[0]), content=kept[1])
