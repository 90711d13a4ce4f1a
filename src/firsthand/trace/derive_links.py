"""All pairs of texts worth a closer look, compared: wording, details, who names whom, and which way round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from firsthand.trace import passages, reuse
from firsthand.trace.credit import Credit, Naming
from firsthand.trace.credit_words import first_hand
from firsthand.trace.details import Profile
from firsthand.trace.direction import Ruling, Standing, may_derive, standing
from firsthand.trace.passages import Wording
from firsthand.trace.reuse import Rarity, Shared, Telling

SAME_TEXT: Final = 0.5  # of a text in runs of the other: two versions of one text, counted once when rarity is measured
NO_WORDING: Final = Wording(passages=(), words=0, child_share=0.0, parent_share=0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A possible parent of a child, with everything known about the pair. Numbers are indexes into the set."""

    child: int
    parent: int
    wording: Wording
    own_wording: int
    """Shared words outside quotation marks."""
    telling: Telling
    credit: Credit | None
    ruling: Ruling

    @property
    def credited(self) -> bool:
        """Whether the child says that it has something from the parent."""
        return self.credit is not None and self.credit.strength != "mention"


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A set of distinct texts and the possible parents of each."""

    profiles: tuple[Profile, ...]
    standings: tuple[Standing, ...]
    first_hand: tuple[frozenset[int], ...]
    rarity: Rarity
    links: Mapping[int, tuple[Link, ...]]
    """By child, in the order of the parents."""


def is_figure(shared: Shared) -> bool:
    """Figures, shares, lengths of time, dates and codes: details that survive any rewording."""
    return shared.key.split(":")[0] in reuse.FIGURES


def compare_all(profiles: Sequence[Profile]) -> Compared:
    """Compare every pair that shares rare wording or rare details; the cost grows with what is shared."""
    worded = passages.candidates(profiles, [p.document.outlet for p in profiles])
    wordings = {(a, b): passages.align(profiles[a], profiles[b]) for a, b in sorted(worded)}
    heard = tuple(first_hand(p) for p in profiles)
    known = Compared(
        profiles=tuple(profiles),
        standings=tuple(standing(p, h) for p, h in zip(profiles, heard, strict=True)),
        first_hand=heard,
        rarity=Rarity(profiles, _families(len(profiles), wordings)),
        links={},
    )
    return replace(known, links=_links(known, wordings))


def _families(count: int, wordings: Mapping[tuple[int, int], Wording]) -> list[int]:
    """A family number for each text; versions of one text share it."""
    family = list(range(count))

    def root(n: int) -> int:
        while family[n] != n:
            family[n] = family[family[n]]
            n = family[n]
        return n

    for (a, b), wording in wordings.items():
        if max(wording.child_share, wording.parent_share) >= SAME_TEXT:
            x, y = sorted((root(a), root(b)))
            family[y] = x
    return [root(n) for n in range(count)]


def _links(known: Compared, wordings: Mapping[tuple[int, int], Wording]) -> dict[int, tuple[Link, ...]]:
    """Every possible parent, by child. Parent by parent, so that each is indexed once."""
    pairs = wordings.keys() | reuse.candidates(known.profiles, known.rarity)
    named = _credits(known.profiles, pairs)
    children: defaultdict[int, list[tuple[int, Ruling]]] = defaultdict(list)
    for a, b in sorted(pairs):
        parent, child, ruling = _rule(a, b, known.standings, named)
        if ruling.certainty > 0:
            children[parent].append((child, ruling))
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for parent in sorted(children):
        where = reuse.index(known.profiles[parent])
        for child, ruling in sorted(children[parent], key=lambda found: found[0]):
            wording = _wording(known.profiles, child, parent, wordings)
            links[child].append(
                Link(
                    child=child,
                    parent=parent,
                    wording=wording,
                    own_wording=passages.outside_quotes(wording, known.profiles[child]),
                    telling=reuse.compare(known.profiles[child], where, known.rarity),
                    credit=named.get((child, parent)),
                    ruling=ruling,
                )
            )
    return {child: tuple(found) for child, found in sorted(links.items())}


def _credits(profiles: Sequence[Profile], pairs: Set[tuple[int, int]]) -> Mapping[tuple[int, int], Credit]:
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        partners[a].add(b)
        partners[b].add(a)
    naming = Naming(profiles)
    return {(child, p): c for child in sorted(partners) for p, c in naming.credits(child, partners[child]).items()}


def _rule(
    a: int, b: int, standings: Sequence[Standing], named: Mapping[tuple[int, int], Credit]
) -> tuple[int, int, Ruling]:
    """Parent, child and ruling of a pair; where both ways look alike, the text of the smaller number is the parent."""
    forth = may_derive(standings[b], standings[a], named.get((b, a)), named.get((a, b)))
    back = may_derive(standings[a], standings[b], named.get((a, b)), named.get((b, a)))
    return (b, a, back) if back.certainty > forth.certainty else (a, b, forth)


def _wording(
    profiles: Sequence[Profile], child: int, parent: int, wordings: Mapping[tuple[int, int], Wording]
) -> Wording:
    """The shared wording seen from the child; nothing for a pair that the shingles did not find."""
    if (parent, child) in wordings:
        return passages.align(profiles[child], profiles[parent])
    return wordings.get((child, parent), NO_WORDING)
