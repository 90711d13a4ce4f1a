"""How much of one document's story is another's, told in other words: sentences that carry the same rare details."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Final

from firsthand.trace.details import Detail, Profile, Sentence
from firsthand.trace.details_words import alike

MATCH: Final = 0.75  # evidence in one pair of sentences that makes them tellings of one fact
MAX_POSTING: Final = 48  # documents; a detail in more of them finds no pairs (it still counts once a pair is found)
SEED: Final = 1.2  # sum of rare details over all documents that makes a pair worth aligning


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


FIGURES: Final = ("n", "share", "dur", "date", "code", "year")
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


class Rarity:
    """How rare a detail is among the documents at hand: 1 when only two share it, falling to 0 when all do.

    Copies of one text count once: `families` gives each document the number of its family of near-copies.
    """

    def __init__(self, profiles: Sequence[Profile], families: Sequence[int]) -> None:
        holders: defaultdict[str, set[int]] = defaultdict(set)
        for prof, family in zip(profiles, families, strict=True):
            for sentence in prof.sentences:
                for detail in sentence.details:
                    holders[detail.key].add(family)
        self._holders = {key: len(found) for key, found in holders.items()}
        self._total = max(2, len(set(families)))

    def of(self, key: str) -> float:
        """0 to 1, and 1 for two holders: background is what most of few documents give, or dozens of many."""
        holders = max(2, self._holders.get(key, 0))
        among_few = 1 - (holders - 2) / self._total
        many = max(self._total, 200) + 1  # below 200 documents the share decides
        return max(0.0, min(among_few, log(many / holders) / log(many / 2)))

    def holders(self, key: str) -> int:
        """How many families of documents give this detail."""
        return self._holders.get(key, 0)


def keys_of(prof: Profile) -> Mapping[str, Detail]:
    """The details of a document by key; the first mention stands for all."""
    found: dict[str, Detail] = {}
    for sentence in prof.sentences:
        for detail in sentence.details:
            found.setdefault(detail.key, detail)
    return found


def candidates(profiles: Sequence[Profile], rarity: Rarity) -> set[tuple[int, int]]:
    """Pairs (smaller index first) whose rare details together reach `SEED`; only rare details are followed."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    weights: dict[str, float] = {}
    for number, prof in enumerate(profiles):
        for key, detail in keys_of(prof).items():
            postings[key].append(number)
            weights[key] = max(weights.get(key, 0.0), detail.weight)
    scores: Counter[tuple[int, int]] = Counter()
    for key, members in postings.items():
        if 2 <= len(members) <= MAX_POSTING:
            worth = weights[key] * rarity.of(key)
            for pair in combinations(members, 2):
                scores[pair] += worth  # type: ignore[assignment]  # Counter's stub knows whole numbers only
    return {pair for pair, score in scores.items() if score >= SEED}


def compare(child: Profile, parent: Profile, rarity: Rarity) -> Telling:
    """Match the child's sentences with the parent's by the rare details they share."""
    where: defaultdict[str, list[tuple[int, Detail]]] = defaultdict(list)
    for number, sentence in enumerate(parent.sentences):
        for detail in sentence.details:
            if len(where[detail.key]) < 32:  # a detail repeated more often is the subject, not evidence
                where[detail.key].append((number, detail))
    best: dict[str, Shared] = {}
    matches: list[tuple[int, int]] = []
    for number, sentence in enumerate(child.sentences):
        match, shared = _best_match(number, sentence, where, rarity)
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
        child_share=sum(child.sentences[c].words for c, _ in matches) / max(1, len(child.words)),
        in_order=_in_order([p for _, p in matches]),
    )


def _strays(child: Profile, where: Mapping[str, list[tuple[int, Detail]]], rarity: Rarity) -> Iterator[Shared]:
    """Rare figures that both documents give, wherever they stand."""
    for number, sentence in enumerate(child.sentences):
        for mine in sentence.details:
            if mine.key.split(":")[0] in FIGURES and where.get(mine.key):
                theirs = where[mine.key][0][1]
                weight = min(mine.weight, theirs.weight) * rarity.of(mine.key)
                if weight >= STRAY_LEAST:
                    yield Shared(key=mine.key, child=mine, parent=theirs, weight=STRAY * weight, sentence=number)


def _best_match(
    number: int, sentence: Sentence, where: Mapping[str, list[tuple[int, Detail]]], rarity: Rarity
) -> tuple[int | None, list[Shared]]:
    """The parent's sentence with the most evidence, if it reaches `MATCH`, and the details shared with it."""
    found: defaultdict[int, dict[str, Shared]] = defaultdict(dict)
    for mine in sentence.details:
        for other, theirs in where.get(mine.key, ()):
            if mine.key not in found[other] and alike(mine.folded, theirs.folded):
                weight = min(mine.weight, theirs.weight) * rarity.of(mine.key)
                found[other][mine.key] = Shared(key=mine.key, child=mine, parent=theirs, weight=weight, sentence=number)
    totals = {other: sum(s.weight for s in items.values()) for other, items in found.items()}
    match = max(totals, key=lambda other: (totals[other], -other), default=None)
    if match is None or totals[match] < MATCH:
        return None, []
    return match, list(found[match].values())


def _in_order(parents: Sequence[int]) -> float:
    """Length of the longest non-decreasing run of `parents` (as a subsequence), as a share of all."""
    tails: list[int] = []
    for value in parents:
        at = bisect_left(tails, value + 1)
        tails[at : at + 1] = [value]
    return len(tails) / len(parents) if parents else 0.0
