"""Wording that two documents share: which pairs to look at, and the aligned passages of a pair.

Two channels of word shingles find the pairs without comparing everything with everything. Winnowing (Schleimer,
Wilkerson and Aiken 2003) over 8-word shingles guarantees that a shared run of 18 words is found; sampled 5-word
shingles find copies whose every sentence was touched. Documents below 600 words keep every 5-word shingle, because a
sample of a short text misses most of what it shares.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import combinations
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.trace.details import Profile

WIDER: Final = 3  # words by which the long shingles, of eight words, are longer than the short ones
WINDOW: Final = 11
SHORT: Final = 5
SAMPLE: Final = 6  # one 5-word shingle in six for long documents
DENSE_BELOW: Final = 600  # words
SHARED_SHORT: Final = 5  # shingles; fewer are stock phrases
MAX_POSTING: Final = 48  # documents; those that share a shingle with more of them are paired with the earliest only
HUBS: Final = 4
REPEATS: Final = 8  # places of one shingle in a document; one repeated more often is furniture
HEADER_WORDS: Final = 25  # a longer common opening is a story
FRAME_WORDS: Final = 80  # at both edges together; more, shared by stories of two outlets, is a story
SITE_REPEATS: Final = 3  # documents of one outlet with one shingle make it furniture of the site
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)  # Steele, Lea and Flood 2014 (SplitMix)
Marks: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int64]


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


@lru_cache(maxsize=262_144)
def _word_mark(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


def shingles(folded: Sequence[str]) -> Marks:
    """A 64-bit hash of every run of five words, in order."""
    count = max(0, len(folded) - SHORT + 1)
    words = np.fromiter(map(_word_mark, folded), dtype=np.uint64, count=len(folded))
    found = np.zeros(count, dtype=np.uint64)
    for place in range(SHORT):  # a polynomial in the words' hashes, modulo 2 to the 64th
        found = found * _BASE + words[place : place + count]
    return _mixed(found)


def widened(hashes: Marks) -> Marks:
    """A hash of every run of eight words, from the hashes of the runs of five that begin and end it."""
    return _mixed(hashes[:-WIDER] * _BASE + hashes[WIDER:])


def _mixed(found: Marks) -> Marks:
    """Every bit depends on all: a polynomial alone says little in its low bits, by which samples are drawn."""
    found = (found ^ (found >> np.uint64(32))) * _MIX
    return found ^ (found >> np.uint64(29))


def winnow(hashes: Marks, window: int = WINDOW) -> Marks:
    """The smallest hash of every window: any shared stretch of `window` shingles leaves at least one common mark."""
    if len(hashes) <= window:
        return hashes.min(keepdims=True) if len(hashes) else hashes
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, window).min(axis=1))


def sample(hashes: Marks) -> Marks:
    """The 5-word shingles by which a document is found: all of a short one, every sixth by hash of a long one."""
    dense = len(hashes) < DENSE_BELOW
    return np.unique(hashes if dense else hashes[hashes % np.uint64(SAMPLE) == 0])


class Met(NamedTuple):
    """What the two channels found."""

    pairs: set[tuple[int, int]]
    """Pairs of documents that share enough marks, smaller index first."""
    furniture: Marks
    """Shared 5-word shingles that some outlet repeats in several of its documents, in order."""


def candidates(profiles: Sequence[Profile], marks: Sequence[Marks], ranks: Sequence[int]) -> Met:
    """The pairs that share enough marks in either channel; cost grows with marks, not with pairs.

    `marks` are the 5-word shingles of the documents; `ranks` say which come first where only some can be paired.
    """
    sites = _site_numbers([p.document.outlet for p in profiles])
    long_runs = [widened(hashes) for hashes in marks]
    long_pairs, _, _ = _together([winnow(hashes) for hashes in long_runs], long_runs, sites, ranks)
    # a long document sampled by sixths meets a short one kept whole, so both sides of the count are sampled alike
    short_pairs, counts, furniture = _together([sample(hashes) for hashes in marks], marks, sites, ranks)
    codes = np.union1d(long_pairs, short_pairs[counts >= SHARED_SHORT])
    smaller, larger = np.divmod(codes, max(1, len(profiles)))
    return Met(set(zip(smaller.tolist(), larger.tolist(), strict=True)), furniture)


def _site_numbers(outlets: Sequence[str | None]) -> Numbers:
    """A number for each outlet, and one of its own for each document without."""
    known: dict[str | int, int] = {}
    keys = (number if outlet is None else outlet for number, outlet in enumerate(outlets))
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def _together(
    marks: Sequence[Marks], shingled: Sequence[Marks], sites: Numbers, ranks: Sequence[int]
) -> tuple[Numbers, Numbers, Marks]:
    """Pairs of documents, each as smaller number × documents + larger one; how many marks each shares; and the marks
    that are furniture of some outlet.

    `shingled` are all shingles of the documents, of which `marks` are a few.
    """
    holders, values = _laid_out(marks)
    order = np.argsort(values, kind="stable")
    holders, values = holders[order], values[order]
    alone = np.concatenate([[True], values[1:] != values[:-1], [True]])
    kept = ~(alone[:-1] & alone[1:])[: len(values)]
    holders, (distinct, groups) = holders[kept], np.unique(values[kept], return_inverse=True)
    furniture = _furniture_of_sites(distinct, shingled, sites)
    kept = ~np.isin(groups * len(sites) + sites[holders], furniture)
    holders, groups = holders[kept], groups[kept]
    codes = list(_codes(holders, groups, ranks))
    pairs, counts = np.unique(np.concatenate([*codes, np.zeros(0, dtype=np.int64)]), return_counts=True)
    return pairs, counts, distinct[np.unique(furniture // max(1, len(sites)))]


def _laid_out(marks: Sequence[Marks]) -> tuple[Numbers, Marks]:
    """The number of the document of every mark, and the marks, one document after the other."""
    holders = np.repeat(np.arange(len(marks)), [len(found) for found in marks])
    return holders, np.concatenate([*marks, np.zeros(0, dtype=np.uint64)])


def _furniture_of_sites(distinct: Marks, shingled: Sequence[Marks], sites: Numbers) -> Numbers:
    """The marks that an outlet repeats in several of its documents, as place in `distinct` × sites + site, in order.

    Counted over all shingles: which of them become marks depends on the story around the furniture.
    """
    holders, values = _laid_out(shingled)
    kept = _among(values, distinct)
    places = np.searchsorted(distinct, values[kept])
    once = np.unique(places * len(sites) + holders[kept])
    places, holders = np.divmod(once, max(1, len(sites)))
    repeated, counts = np.unique(places * len(sites) + sites[holders], return_counts=True)
    found: Numbers = repeated[counts >= SITE_REPEATS]
    return found


def _among(values: Marks, known: Marks) -> NDArray[np.bool_]:
    """Which of `values` are in `known`, which is in order."""
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    nearest = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found: NDArray[np.bool_] = known[nearest] == values
    return found


def _codes(holders: Numbers, groups: Numbers, ranks: Sequence[int]) -> Iterator[Numbers]:
    """The pairs in groups of one size after another; of a group of very many, each with the earliest."""
    sizes = np.bincount(groups, minlength=1)[groups]
    for size in np.unique(sizes).tolist():
        rows = holders[sizes == size].reshape(-1, size)
        if 1 < size <= MAX_POSTING:
            a, b = np.triu_indices(size, 1)
            yield (rows[:, a] * len(ranks) + rows[:, b]).ravel()
        elif size > 1:
            for members in rows.tolist():
                yield np.array([x * len(ranks) + y for x, y in pairs_of(members, ranks)], dtype=np.int64)


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


class Aligner:
    """Finds the passages that a document shares with others; its shingles are looked up once."""

    def __init__(self, parent: Profile, hashes: Marks, furniture: Marks | None = None) -> None:
        """`hashes` are the parent's 5-word shingles; `furniture` those that some outlet repeats, in order."""
        self._parent = parent
        self._framing = furniture is not None and bool(_among(hashes, furniture).any())
        self._order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[self._order]

    def align(self, child: Profile, hashes: Marks) -> Wording:
        """The longest common runs of at least five words, greedily in the child's order; expected linear time.

        What two stories of one outlet share at their edges is furniture and left out; so is furniture of an outlet
        that came along with stories which others copied from it.
        """
        mine, theirs = child.folded, self._parent.folded
        head, tail = 0, 0
        if _same_outlet(child, self._parent):
            head, tail = _furniture(mine, theirs)
        elif self._framing:
            found = _furniture(mine, theirs)
            head, tail = found if sum(found) <= FRAME_WORDS else (0, 0)
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

    def _runs(self, child: Profile, hashes: Marks, head: int, bounds: tuple[int, int]) -> Iterator[Passage]:
        mine, theirs = child.folded, self._parent.folded
        hits = np.flatnonzero(_among(hashes, self._hashes))
        firsts = np.searchsorted(self._hashes, hashes[hits], side="left").tolist()
        lasts = np.searchsorted(self._hashes, hashes[hits], side="right").tolist()
        starts = hits.tolist()
        n = bisect_left(starts, head)
        while n < len(starts) and starts[n] <= bounds[0] - SHORT:
            best = Passage(child=starts[n], parent=0, length=0)
            for spot in self._order[firsts[n] : min(lasts[n], firsts[n] + REPEATS)].tolist():
                length = _run_length(mine, starts[n], bounds[0], theirs, spot, bounds[1]) if spot >= head else 0
                if length > best.length:
                    best = Passage(child=starts[n], parent=spot, length=length)
            if best.length >= SHORT:
                yield best
            n = bisect_left(starts, starts[n] + (best.length if best.length >= SHORT else 1))


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


def _run_length(mine: Sequence[str], a: int, mine_end: int, theirs: Sequence[str], b: int, theirs_end: int) -> int:
    """Words in common from `mine[a]` and `theirs[b]` on, up to either end."""
    most = min(mine_end - a, theirs_end - b)
    length = 0
    while length < most and mine[a + length] == theirs[b + length]:
        length += 1
    return length


def outside_quotes(wording: Wording, child: Profile) -> int:
    """Shared words that are not inside quotation marks: third parties' words are everybody's to quote."""
    inside = bytearray(len(child.folded))
    for start, end in child.quoted:
        first, last = bisect_left(child.starts, start), bisect_left(child.starts, end)
        inside[first:last] = b"\x01" * (last - first)
    return sum(not inside[i] for p in wording.passages for i in range(p.child, p.child + p.length))
