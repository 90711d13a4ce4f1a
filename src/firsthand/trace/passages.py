"""Wording that two documents share: which pairs to look at, and the aligned passages of a pair.

Two channels of word shingles find the pairs without comparing everything with everything. Winnowing (Schleimer,
Wilkerson and Aiken 2003) over 8-word shingles guarantees that a shared run of 18 words is found; sampled 5-word
shingles find copies whose every sentence was touched. Documents below 600 words keep every 5-word shingle, because a
sample of a short text misses most of what it shares.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from typing import Final

from firsthand.trace.details import Profile

LONG: Final = 8
WINDOW: Final = 11
SHORT: Final = 5
SAMPLE: Final = 6  # one 5-word shingle in six for long documents
DENSE_BELOW: Final = 600  # words
SHARED_SHORT: Final = 5  # shingles; fewer are stock phrases
MAX_POSTING: Final = 64  # documents; a shingle in more of them is boilerplate or a quotation that everybody has
MIN_RUN: Final = 5  # words; shorter common runs are ordinary English
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

    def longest(self) -> Passage | None:
        """The longest passage, the first of equals."""
        return max(self.passages, key=lambda p: (p.length, -p.child), default=None)


def _hash(words: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b("\0".join(words).encode(), digest_size=8).digest(), "big")


def _shingles(folded: Sequence[str], size: int) -> list[int]:
    return [_hash(tuple(folded[i : i + size])) for i in range(len(folded) - size + 1)]


def winnow(hashes: Sequence[int], window: int = WINDOW) -> frozenset[int]:
    """The smallest hash of every window: any shared stretch of `window` shingles leaves at least one common mark."""
    if len(hashes) <= window:
        return frozenset([min(hashes)]) if hashes else frozenset()
    return frozenset(min(hashes[i : i + window]) for i in range(len(hashes) - window + 1))


def sample(folded: Sequence[str]) -> frozenset[int]:
    """The 5-word shingles by which a document is found: all of a short one, every sixth by hash of a long one."""
    hashes = _shingles(folded, SHORT)
    return frozenset(hashes if len(folded) < DENSE_BELOW else (h for h in hashes if h % SAMPLE == 0))


def candidates(profiles: Sequence[Profile], sites: Sequence[str | None]) -> set[tuple[int, int]]:
    """Pairs (smaller index first) that share enough marks in either channel; cost grows with marks, not with pairs."""
    long_marks: list[frozenset[int]] = []
    short_marks: list[frozenset[int]] = []
    for prof in profiles:
        long_marks.append(winnow(_shingles(prof.folded, LONG)))
        short_marks.append(sample(prof.folded))
    pairs = {pair for pair, count in _together(long_marks, sites).items() if count >= 1}
    # a long document sampled by sixths meets a short one kept whole, so both sides of the count are sampled alike
    return pairs | {pair for pair, count in _together(short_marks, sites).items() if count >= SHARED_SHORT}


def _together(marks: Sequence[frozenset[int]], sites: Sequence[str | None]) -> Mapping[tuple[int, int], int]:
    postings: defaultdict[int, list[int]] = defaultdict(list)
    for number, hashes in enumerate(marks):
        for mark in hashes:
            postings[mark].append(number)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for members in postings.values():
        if 2 <= len(members) <= MAX_POSTING:
            kept = _without_furniture(members, sites)
            for pair in combinations(kept, 2):
                shared[pair] += 1
    return shared


def _without_furniture(members: Sequence[int], sites: Sequence[str | None]) -> list[int]:
    """Drop the documents of an outlet that repeats this shingle in several of its documents."""
    repeats: defaultdict[str, int] = defaultdict(int)
    for number in members:
        site = sites[number]
        if site is not None:
            repeats[site] += 1
    return [n for n in members if (site := sites[n]) is None or repeats[site] < SITE_REPEATS]


def align(child: Profile, parent: Profile) -> Wording:
    """The longest common runs of at least `MIN_RUN` words, greedily in the child's order; expected linear time.

    What two stories of one outlet share at their edges is furniture and left out.
    """
    mine, theirs = list(child.folded), list(parent.folded)
    head, tail = _furniture(mine, theirs) if _same_outlet(child, parent) else (0, 0)
    mine, theirs = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(theirs) - MIN_RUN + 1):
        spots = places[tuple(theirs[i : i + MIN_RUN])]
        if len(spots) < 8:  # a phrase repeated more often is furniture; the cap keeps the search linear
            spots.append(i)
    runs = list(_runs(mine, theirs, places))
    words = sum(p.length for p in runs)
    covered = len({i for p in runs for i in range(p.parent, p.parent + p.length)})
    return Wording(
        passages=tuple(Passage(child=p.child + head, parent=p.parent + head, length=p.length) for p in runs),
        words=words,
        child_share=words / max(1, len(mine)),
        parent_share=covered / max(1, len(theirs)),
    )


def _same_outlet(child: Profile, parent: Profile) -> bool:
    return child.document.outlet is not None and child.document.outlet == parent.document.outlet


def _furniture(mine: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """Words at the head and the tail of two stories that their outlet puts around every story.

    Stories whose openings differ are two stories, so what they end with alike is the outlet's. Stories that open alike
    are versions of one, and all that they share counts.
    """
    shorter = min(len(mine), len(theirs))
    head = _common_length(mine, 0, theirs, 0)
    if head > HEADER_WORDS or head == shorter:
        return 0, 0
    tail = _common_length(mine[::-1], 0, theirs[::-1], 0)
    return head, min(tail, shorter - head)


def _runs(mine: list[str], theirs: list[str], places: Mapping[tuple[str, ...], list[int]]) -> Iterator[Passage]:
    at = 0
    while at <= len(mine) - MIN_RUN:
        best = Passage(child=at, parent=0, length=0)
        for spot in places.get(tuple(mine[at : at + MIN_RUN]), ()):
            length = _common_length(mine, at, theirs, spot)
            if length > best.length:
                best = Passage(child=at, parent=spot, length=length)
        if best.length:
            yield best
        at += max(1, best.length)


def _common_length(mine: Sequence[str], a: int, theirs: Sequence[str], b: int) -> int:
    length = 0
    while a + length < len(mine) and b + length < len(theirs) and mine[a + length] == theirs[b + length]:
        length += 1
    return length


def outside_quotes(wording: Wording, child: Profile) -> int:
    """Shared words that are not inside quotation marks: third parties' words are everybody's to quote."""
    inside = bytearray(len(child.folded))
    for start, end in child.quoted:
        first, last = bisect_left(child.starts, start), bisect_left(child.starts, end)
        inside[first:last] = b"\x01" * (last - first)
    return sum(not inside[i] for p in wording.passages for i in range(p.child, p.child + p.length))
