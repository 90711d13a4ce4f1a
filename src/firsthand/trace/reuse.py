"""How much of one document's story is another's, told in other words: sentences that carry the same rare details."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import log
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.records import Span
from firsthand.trace.details import Detail, Profile
from firsthand.trace.details_words import alike
from firsthand.trace.meeting import HUBS

MATCH: Final = 0.75  # evidence in one pair of sentences that makes them tellings of one fact
MAX_POSTING: Final = 48  # documents; a detail in more of them finds no pairs (it still counts once a pair is found)
MENTIONS: Final = 32  # of one detail in one document; one repeated more often is the subject, not evidence
SEED: Final = 1.2  # sum of rare details over all documents that makes a pair worth aligning
PARTNERS: Final = 16  # for each document; what a text was made from is among those that share most with it


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """One detail that both documents give in sentences that match."""

    key: str
    child: Detail
    parent: Detail
    weight: float
    """Its tellingness times its rarity among the documents."""
    sentence: int
    """Index of the child's sentence."""


Index: TypeAlias = Mapping[str, list[tuple[int, Detail]]]
FIGURES: Final = ("n:", "share:", "dur:", "date:", "code:", "year:")
STRAY: Final = 0.6  # worth of a rare figure that both give in sentences that do not match otherwise
STRAY_LEAST: Final = 0.45  # below this a stray figure is chance


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What the child tells that the parent tells too."""

    shared: tuple[Shared, ...]
    """One for each distinct detail, the best placed one."""
    matches: tuple[tuple[int, int], ...]
    """Matching sentences, child's index and parent's, in the child's order."""
    child_share: float
    """Words in the child's matching sentences, as a share of all its words."""
    in_order: float
    """Share of the matches that stand in the parent's order."""

    @property
    def weight(self) -> float:
        """All evidence of shared details together."""
        return sum(s.weight for s in self.shared)


def is_figure(key: str) -> bool:
    """Figures, shares, lengths of time, dates and codes: details that survive any rewording."""
    return key.startswith(FIGURES)


class Rarity:
    """How rare a detail is among the documents at hand: 1 when only two share it, falling to 0 when all do.

    Copies of one text count once: `families` gives each document the number of its family of near-copies.
    """

    def __init__(self, profiles: Sequence[Profile], families: Sequence[int]) -> None:
        seen: defaultdict[str, set[int]] = defaultdict(set)
        for prof, family in zip(profiles, families, strict=True):
            for sentence in prof.sentences:
                for detail in sentence.details:
                    seen[detail.key].add(family)
        self._holders = {key: len(found) for key, found in seen.items()}
        total = max(2, len(set(families)))
        of = {count: _rarity(max(2, count), total) for count in {0, *self._holders.values()}}
        self._of = {key: of[count] for key, count in self._holders.items()}
        self._unknown = of[0]

    def of(self, key: str) -> float:
        """0 to 1, and 1 for two holders: background is what most of few documents give, or dozens of many."""
        return self._of.get(key, self._unknown)

    def holders(self, key: str) -> int:
        """How many families of documents give this detail."""
        return self._holders.get(key, 0)


def _rarity(holders: int, total: int) -> float:
    among_few = 1 - (holders - 2) / total
    many = max(total, 200) + 1  # below 200 documents the share decides
    return max(0.0, min(among_few, log(many / max(2, holders)) / log(many / 2)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Prospect:
    """What two documents could at most share, before their sentences are compared."""

    weight: float
    figures: float


def prospects(profiles: Sequence[Profile], rarity: Rarity, ranks: Sequence[int]) -> Mapping[tuple[int, int], Prospect]:
    """Pairs (smaller index first) whose rare details together reach `SEED`, for each document its `PARTNERS` best.

    Details that very many documents give find no pairs, except figures, which pair each with the earliest of them.
    """
    keys = [_keys_of(prof) for prof in profiles]
    postings = _postings(keys, rarity)
    hubs = {key: nsmallest(HUBS, found.members.tolist(), key=lambda n: ranks[n]) for key, found in postings.items()
            if len(found.members) > MAX_POSTING}  # fmt: skip
    found: dict[tuple[int, int], Prospect] = {}
    for number, told in enumerate(keys):
        shared = [(key, postings[key]) for key in told if key in postings]
        for other, prospect in _partners(number, shared, hubs):
            found[min(number, other), max(number, other)] = prospect
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Posting:
    """Who gives one detail, and what it is worth to share it."""

    members: NDArray[np.int64]
    worth: float


def _postings(keys: Sequence[Mapping[str, float]], rarity: Rarity) -> dict[str, _Posting]:
    """The details that find pairs."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    weights: dict[str, float] = {}
    for number, told in enumerate(keys):
        for key, weight in told.items():
            members[key].append(number)
            weights[key] = max(weights.get(key, 0.0), weight)
    return {
        key: _Posting(members=np.array(found, dtype=np.int64), worth=weights[key] * rarity.of(key))
        for key, found in members.items()
        if len(found) > 1 and (is_figure(key) or len(found) <= MAX_POSTING)
    }


def _partners(
    number: int, shared: Sequence[tuple[str, _Posting]], hubs: Mapping[str, list[int]]
) -> list[tuple[int, Prospect]]:
    """The documents that share most with one, and what each shares."""
    if not shared:
        return []
    groups = [
        np.array(hubs[key], dtype=np.int64) if key in hubs and number not in hubs[key] else posting.members
        for key, posting in shared
    ]
    sizes = [len(group) for group in groups]
    worth = np.repeat([posting.worth for _, posting in shared], sizes)
    figures = np.repeat([is_figure(key) * posting.worth for key, posting in shared], sizes)
    others, where = np.unique(np.concatenate(groups), return_inverse=True)
    weights = np.bincount(where, weights=worth).round(6)
    figured = np.bincount(where, weights=figures).round(6)
    likely = np.flatnonzero((weights >= SEED) & (others != number))
    best = likely[np.lexsort((others[likely], -weights[likely]))][:PARTNERS].tolist()
    return [(int(others[n]), Prospect(weight=float(weights[n]), figures=float(figured[n]))) for n in best]


def _keys_of(prof: Profile) -> Mapping[str, float]:
    """The details of a document by key, with the greatest weight of each."""
    found: dict[str, float] = {}
    for sentence in prof.sentences:
        for detail in sentence.details:
            found[detail.key] = max(found.get(detail.key, 0.0), detail.weight)
    return found


def index(prof: Profile) -> Index:
    """Where each detail of a document stands: sentence numbers and the first mention in each."""
    where: defaultdict[str, list[tuple[int, Detail]]] = defaultdict(list)
    for number, sentence in enumerate(prof.sentences):
        for detail in sentence.details:
            spots = where[detail.key]
            if len(spots) < MENTIONS and (not spots or spots[-1][0] != number):
                spots.append((number, detail))
    return dict(where)


def compare(child: Profile, where: Index, rarity: Rarity, named: Span | None = None) -> Telling:
    """Match the child's sentences with those of the parent that `where` indexes, by the rare details they share.

    Words at `named`, where the child names the parent, are not something that it has from there.
    """
    best: dict[str, Shared] = {}
    matches: list[tuple[int, int]] = []
    for number, sentence in enumerate(child.sentences):
        told = [d for d in sentence.details if named is None or not named.start <= d.start < named.end]
        match, shared = _best_match(number, told, where, rarity)
        if match is None:
            continue
        matches.append((number, match))
        for item in shared:
            if item.key not in best or item.weight > best[item.key].weight:
                best[item.key] = item
    if matches:
        best |= {s.key: s for s in _strays(child, where, rarity) if s.key not in best}
    return Telling(
        shared=tuple(sorted(best.values(), key=lambda s: (-s.weight, s.child.start, s.key))),
        matches=tuple(matches),
        child_share=sum(child.sentences[c].words for c, _ in matches) / max(1, len(child.folded)),
        in_order=_in_order([p for _, p in matches]),
    )


def _strays(child: Profile, where: Index, rarity: Rarity) -> Iterator[Shared]:
    """Rare figures that both documents give, wherever they stand."""
    for number, sentence in enumerate(child.sentences):
        for mine in sentence.details:
            if is_figure(mine.key) and mine.key in where:
                theirs = where[mine.key][0][1]
                weight = min(mine.weight, theirs.weight) * rarity.of(mine.key)
                if weight >= STRAY_LEAST:
                    yield Shared(key=mine.key, child=mine, parent=theirs, weight=STRAY * weight, sentence=number)


def _best_match(number: int, told: Sequence[Detail], where: Index, rarity: Rarity) -> tuple[int | None, list[Shared]]:
    """The parent's sentence with the most evidence, the first of equals, if it reaches `MATCH`; and what they share."""
    totals: dict[int, float] = {}
    hits: list[tuple[int, Detail, Detail, float]] = []
    for mine in {d.key: d for d in told if d.key in where}.values():
        rare, folded, weight = rarity.of(mine.key), mine.folded, mine.weight
        for other, theirs in where[mine.key]:
            if folded == theirs.folded or alike(folded, theirs.folded):
                worth = (weight if weight < theirs.weight else theirs.weight) * rare
                totals[other] = totals.get(other, 0.0) + worth
                hits.append((other, mine, theirs, worth))
    if not totals:
        return None, []
    match = min(totals, key=lambda other: (-totals[other], other))
    if totals[match] < MATCH:
        return None, []
    return match, [
        Shared(key=mine.key, child=mine, parent=theirs, weight=worth, sentence=number)
        for other, mine, theirs, worth in hits
        if other == match
    ]


def _in_order(parents: Sequence[int]) -> float:
    """Length of the longest non-decreasing run of `parents` (as a subsequence), as a share of all."""
    tails: list[int] = []
    for value in parents:
        at = bisect_left(tails, value + 1)
        tails[at : at + 1] = [value]
    return len(tails) / len(parents) if parents else 0.0
