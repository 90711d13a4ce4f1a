"""Wording that two documents share: which pairs to look at, and the aligned passages of a pair.

Two channels of word shingles find the pairs without comparing everything with everything. Winnowing (Schleimer,
Wilkerson and Aiken 2003) over 8-word shingles guarantees that a shared run of 18 words is found; sampled 5-word
shingles find copies whose every sentence was touched. Documents below 600 words keep every 5-word shingle, because a
sample of a short text misses most of what it shares.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import combinations
from typing import Final

from firsthand.trace.details import Profile

LONG: Final = 8
WINDOW: Final = 11
SHORT: Final = 5
SAMPLE: Final = 6  # one 5-word shingle in six for long documents
DENSE_BELOW: Final = 600  # words
SHARED_SHORT: Final = 5  # shingles; fewer are stock phrases
MAX_POSTING: Final = 48  # documents; those that share a shingle with more of them are paired with the earliest only
HUBS: Final = 4
REPEATS: Final = 8  # places of one shingle in a document; one repeated more often is furniture
HEADER_WORDS: Final = 25  # a longer common opening is a story
SITE_REPEATS: Final = 3  # documents of one outlet with one shingle make it furniture of the site


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A run of words that stands in both documents, as indexes into their words."""

    child: int
    parent: int
    length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What two documents share word for word."""

    passages: tuple[Passage, ...]
    """In the child's order, without overlaps."""
    words: int
    """Shared words in all passages."""
    child_share: float
    parent_share: float

    def turned(self) -> Wording:
        """The same seen from the other document."""
        turned: list[Passage] = []
        end = 0
        for p in sorted(self.passages, key=lambda p: (p.parent, p.child)):
            if p.parent >= end:
                turned.append(Passage(child=p.parent, parent=p.child, length=p.length))
                end = p.parent + p.length
        words = sum(p.length for p in turned)
        return Wording(
            passages=tuple(turned), words=words, child_share=self.parent_share, parent_share=self.child_share
        )

    def longest(self) -> Passage | None:
        """The longest passage, the first of equals."""
        return max(self.passages, key=lambda p: (p.length, -p.child), default=None)


def _hash(words: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=8).digest(), "big")


def shingles(folded: Sequence[str], size: int = SHORT) -> array[int]:
    """A 64-bit hash of every run of `size` words, in order."""
    return array("Q", (_hash(tuple(folded[i : i + size])) for i in range(len(folded) - size + 1)))


def winnow(hashes: Sequence[int], window: int = WINDOW) -> frozenset[int]:
    """The smallest hash of every window: any shared stretch of `window` shingles leaves at least one common mark."""
    if len(hashes) <= window:
        return frozenset([min(hashes)]) if hashes else frozenset()
    return frozenset(min(hashes[i : i + window]) for i in range(len(hashes) - window + 1))


def sample(hashes: Sequence[int]) -> frozenset[int]:
    """The 5-word shingles by which a document is found: all of a short one, every sixth by hash of a long one."""
    dense = len(hashes) < DENSE_BELOW
    return frozenset(h for h in hashes if dense or h % SAMPLE == 0)


def candidates(
    profiles: Sequence[Profile], marks: Sequence[Sequence[int]], ranks: Sequence[int]
) -> set[tuple[int, int]]:
    """Pairs (smaller index first) that share enough marks in either channel; cost grows with marks, not with pairs.

    `marks` are the 5-word shingles of the documents; `ranks` say which come first where only some can be paired.
    """
    sites = [p.document.outlet for p in profiles]
    long_marks = [winnow(shingles(p.folded, LONG)) for p in profiles]
    pairs = {pair for pair, count in _together(long_marks, sites, ranks).items() if count >= 1}
    short_marks = [sample(hashes) for hashes in marks]
    # a long document sampled by sixths meets a short one kept whole, so both sides of the count are sampled alike
    return pairs | {pair for pair, count in _together(short_marks, sites, ranks).items() if count >= SHARED_SHORT}


def _together(
    marks: Sequence[frozenset[int]], sites: Sequence[str | None], ranks: Sequence[int]
) -> Mapping[tuple[int, int], int]:
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for number, hashes in enumerate(marks):
        for mark in hashes:
            postings[mark].append(number)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for members in postings.values():
        if len(members) > 1:
            for pair in pairs_of(_without_furniture(members, sites), ranks):
                shared[pair] += 1
    return shared


def pairs_of(members: Sequence[int], ranks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a few documents; of many, each with the earliest, from which the others probably come."""
    if len(members) <= MAX_POSTING:
        yield from combinations(members, 2)
        return
    hubs = nsmallest(HUBS, members, key=lambda n: ranks[n])
    for number in members:
        for hub in hubs:
            if number != hub and not (number in hubs and number > hub):
                yield min(number, hub), max(number, hub)


def _without_furniture(members: Sequence[int], sites: Sequence[str | None]) -> list[int]:
    """Drop the documents of an outlet that repeats this shingle in several of its documents."""
    repeats: defaultdict[str, int] = defaultdict(int)
    for number in members:
        site = sites[number]
        if site is not None:
            repeats[site] += 1
    return [n for n in members if (site := sites[n]) is None or repeats[site] < SITE_REPEATS]


class Aligner:
    """Finds the passages that a document shares with others; its shingles are looked up once."""

    def __init__(self, parent: Profile, hashes: Sequence[int]) -> None:
        self._parent = parent
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for i, mark in enumerate(hashes):
            spots = self._places[mark]
            if len(spots) < REPEATS:
                spots.append(i)

    def align(self, child: Profile, hashes: Sequence[int]) -> Wording:
        """The longest common runs of at least five words, greedily in the child's order; expected linear time.

        What two stories of one outlet share at their edges is furniture and left out.
        """
        mine, theirs = child.folded, self._parent.folded
        head, tail = _furniture(mine, theirs) if _same_outlet(child, self._parent) else (0, 0)
        bounds = (len(mine) - tail, len(theirs) - tail)
        runs = list(self._runs(child, hashes, head, bounds))
        words = sum(p.length for p in runs)
        covered = len({i for p in runs for i in range(p.parent, p.parent + p.length)})
        return Wording(
            passages=tuple(runs),
            words=words,
            child_share=words / max(1, bounds[0] - head),
            parent_share=covered / max(1, bounds[1] - head),
        )

    def _runs(self, child: Profile, hashes: Sequence[int], head: int, bounds: tuple[int, int]) -> Iterator[Passage]:
        mine, theirs = child.folded, self._parent.folded
        at = head
        while at <= bounds[0] - SHORT:
            best = Passage(child=at, parent=0, length=0)
            for spot in self._places.get(hashes[at], ()):
                length = _common_length(mine[at : bounds[0]], theirs[spot : bounds[1]]) if spot >= head else 0
                if length > best.length:
                    best = Passage(child=at, parent=spot, length=length)
            if best.length >= SHORT:
                yield best
                at += best.length
            else:
                at += 1


def _same_outlet(child: Profile, parent: Profile) -> bool:
    return child.document.outlet is not None and child.document.outlet == parent.document.outlet


def _furniture(mine: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """Words at the head and the tail of two stories that their outlet puts around every story.

    Stories whose openings differ are two stories, so what they end with alike is the outlet's. Stories that open alike
    are versions of one, and all that they share counts.
    """
    shorter = min(len(mine), len(theirs))
    head = _common_length(mine, theirs)
    if head > HEADER_WORDS or head == shorter:
        return 0, 0
    tail = _common_length(mine[::-1], theirs[::-1])
    return head, min(tail, shorter - head)


def _common_length(mine: Sequence[str], theirs: Sequence[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(mine, theirs)) if a != b), min(len(mine), len(theirs)))  # noqa: B905


def outside_quotes(wording: Wording, child: Profile) -> int:
    """Shared words that are not inside quotation marks: third parties' words are everybody's to quote."""
    inside = bytearray(len(child.folded))
    for start, end in child.quoted:
        first, last = bisect_left(child.starts, start), bisect_left(child.starts, end)
        inside[first:last] = b"\x01" * (last - first)
    return sum(not inside[i] for p in wording.passages for i in range(p.child, p.child + p.length))
