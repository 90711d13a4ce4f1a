"""Which documents meet: the pairs that share enough wording to be compared, found without comparing all with all.

Every document leaves marks (`shingles`). All marks are sorted once, each packed with the number of its document, so
that equal marks lie side by side; large sets are sorted part by part, by the first bits of the marks, to bound memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations
from typing import Final, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.records import Document
from firsthand.trace.shingles import blocks, sample, widened, winnow
from firsthand.trace.word_marks import Marks

SHARED_SHORT: Final = 5  # shingles; fewer are stock phrases
MAX_POSTING: Final = 48  # documents; those that share a shingle with more of them are paired with the earliest only
HUBS: Final = 4
SITE_REPEATS: Final = 3  # documents of one outlet with one shingle make it furniture of the site
_PART: Final = 1 << 24  # marks sorted at once: 128 MB, some 27,000 stories
_BLOCK: Final = 1 << 20  # marks laid out at once
_TABLE_BITS: Final = 27
Numbers: TypeAlias = NDArray[np.int64]


class Published(Protocol):
    """Anything that is made from a document."""

    @property
    def document(self) -> Document:
        """The document, whose outlet is asked for."""


class Met(NamedTuple):
    """What the two channels found."""

    pairs: set[tuple[int, int]]
    """Pairs of documents that share enough marks, smaller index first."""
    furniture: Marks
    """Shared 5-word shingles that some outlet repeats in several of its documents, in order."""


def candidates(profiles: Sequence[Published], marks: Sequence[Marks], ranks: Sequence[int]) -> Met:
    """The pairs that share enough marks in either channel; cost grows with marks, not with pairs.

    `marks` are the 5-word shingles of the documents; `ranks` say which come first where only some can be paired.
    """
    sites = _site_numbers([p.document.outlet for p in profiles])
    long_runs = widened(marks)
    long_pairs, _, _ = _together(winnow(long_runs), long_runs, sites, ranks)
    del long_runs
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shared:
    """Marks of one part that several documents hold."""

    distinct: Marks
    """The marks without their last bits, in order."""
    groups: Numbers
    """For each holding of a mark, its place in `distinct`, in order."""
    holders: Numbers
    """For each holding, the number of the document."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Packing:
    """How marks are packed with the numbers of their documents, and told apart into parts."""

    bits: int
    """Last bits that a number takes; the marks' own are lost, which of 60 million marks confuses one pair in a run."""
    part_bits: int
    """First bits that say which part a mark belongs to."""

    def packed(self, documents: Sequence[Marks], part: int) -> Iterator[tuple[Marks, Marks]]:
        """Marks of a part as they are, and packed; a block of documents at a time."""
        mask = np.uint64((1 << self.bits) - 1)
        for first, some in blocks(documents, _BLOCK):
            values = np.concatenate(some)
            holders = np.repeat(np.arange(first, first + len(some), dtype=np.uint64), [len(found) for found in some])
            if self.part_bits:
                chosen = np.flatnonzero((values >> np.uint64(64 - self.part_bits)) == part)
                values, holders = values[chosen], holders[chosen]
            yield values, (values & ~mask) | holders

    def taken_apart(self, keys: Marks) -> tuple[Marks, Numbers]:
        """Marks without their last bits, and the documents' numbers."""
        return keys >> np.uint64(self.bits), (keys & np.uint64((1 << self.bits) - 1)).astype(np.int64)


def _together(
    marks: Sequence[Marks], shingled: Sequence[Marks], sites: Numbers, ranks: Sequence[int]
) -> tuple[Numbers, Numbers, Marks]:
    """Pairs of documents, each as smaller number × documents + larger one; how many marks each shares; and the marks
    that are furniture of some outlet.

    `shingled` are all shingles of the documents, of which `marks` are a few.
    """
    parts = sum(map(len, marks)) // _PART
    packing = _Packing(bits=max(1, (len(marks) - 1).bit_length()), part_bits=parts.bit_length())
    pairs: list[Numbers] = []
    counts: list[Numbers] = []
    furniture: list[Marks] = []
    for part in range(1 << packing.part_bits):
        shared = _shared(marks, packing, part)
        repeated, standing = _furniture_of_sites(shared, shingled, sites, (packing, part))
        kept = ~_among(shared.groups * len(sites) + sites[shared.holders], repeated)
        codes = list(_codes(shared.holders[kept], shared.groups[kept], ranks))
        found, often = _counted(np.concatenate([*codes, np.zeros(0, np.int64)]))
        pairs.append(found)
        counts.append(often)
        furniture.append(standing)
    distinct, where = np.unique(np.concatenate(pairs), return_inverse=True)
    totals = np.bincount(where, weights=np.concatenate(counts), minlength=len(distinct)).astype(np.int64)
    return distinct, totals, np.unique(np.concatenate(furniture))


def _shared(marks: Sequence[Marks], packing: _Packing, part: int) -> _Shared:
    keys = np.concatenate([*(packed for _, packed in packing.packed(marks, part)), np.zeros(0, np.uint64)])
    keys.sort()
    values, holders = packing.taken_apart(keys[_fresh(keys)])
    starts = np.flatnonzero(_fresh(values))
    sizes = np.diff(np.append(starts, len(values)))
    several = sizes > 1
    kept = np.repeat(several, sizes)
    groups = np.repeat(np.arange(np.count_nonzero(several)), sizes[several])
    return _Shared(distinct=values[starts[several]], groups=groups, holders=holders[kept])


def _counted(values: Numbers) -> tuple[Numbers, Numbers]:
    """The different values, in order, and how often each stands there; `values` is put in order in place.

    Sorting takes a fifth of the time of `numpy.unique`, which hashes.
    """
    values.sort()
    starts = np.flatnonzero(_fresh(values))
    return values[starts], np.diff(np.append(starts, len(values)))


def _fresh(ordered: Marks | Numbers) -> NDArray[np.bool_]:
    """Where a row in order goes on to another value."""
    fresh = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return fresh


def _furniture_of_sites(
    shared: _Shared, shingled: Sequence[Marks], sites: Numbers, at: tuple[_Packing, int]
) -> tuple[Numbers, Marks]:
    """The marks that an outlet repeats in several of its documents, as place in `distinct` × sites + site, in order;
    and these marks whole.

    Counted over all shingles: which of them become marks depends on the story around the furniture.
    """
    packing, part = at
    spread = max(1, len(sites))
    whole = np.zeros(len(shared.distinct), np.uint64)
    holdings = [shared.groups * spread + shared.holders]
    for values, packed in packing.packed(shingled, part):
        cut, holders = packing.taken_apart(packed)
        which, places = _places(cut, shared.distinct)
        whole[places] = values[which]
        holdings.append(places * spread + holders[which])
    places, holders = np.divmod(_counted(np.concatenate(holdings))[0], spread)
    repeated, counts = _counted(places * spread + sites[holders])
    found: Numbers = repeated[counts >= SITE_REPEATS]
    return found, whole[_counted(found // spread)[0]]


def framed(marks: Sequence[Marks], furniture: Marks) -> frozenset[int]:
    """The numbers of the documents that hold some of `furniture`, which is in order."""
    found: set[int] = set()
    for first, some in blocks(marks, _BLOCK):
        which, _ = _places(np.concatenate(some), furniture)
        ends = np.cumsum([len(held) for held in some])
        found.update((np.searchsorted(ends, which, side="right") + first).tolist())
    return frozenset(found)


def _places(values: Marks, distinct: Marks) -> tuple[Numbers, Numbers]:
    """Which of `values` are in `distinct`, which is in order, and where; most that are not cost one look at a table."""
    mask = np.uint64((1 << min(_TABLE_BITS, len(distinct).bit_length() + 3)) - 1)
    table = np.zeros(int(mask) + 1, np.bool_)
    table[distinct & mask] = True
    likely = np.flatnonzero(table[values & mask])
    at = np.searchsorted(distinct, values[likely])
    right = at < len(distinct)
    right[right] = distinct[at[right]] == values[likely[right]]
    return likely[right], at[right]


def _among(values: Numbers, known: Numbers) -> NDArray[np.bool_]:
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
