"""All pairs of texts worth a closer look, compared: wording, details, who names whom, and which way round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from firsthand.trace import passages, reuse
from firsthand.trace.credit import Credit, Naming
from firsthand.trace.credit_words import first_hand
from firsthand.trace.details import Profile
from firsthand.trace.direction import Ruling, Standing, may_derive, standing
from firsthand.trace.passages import Wording
from firsthand.trace.reuse import Rarity, Shared, Telling

SAME_TEXT: Final = 0.5  # of a text in runs of the other: two versions of one text, counted once when rarity is measured


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
    sites = [p.document.outlet for p in profiles]
    worded = passages.candidates(profiles, sites)
    rarity = Rarity(profiles, _families(profiles, worded))
    heard = tuple(first_hand(p) for p in profiles)
    standings = tuple(standing(p, h) for p, h in zip(profiles, heard, strict=True))
    pairs = worded | reuse.candidates(profiles, rarity)
    named = _credits(profiles, pairs)
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for a, b in sorted(pairs):
        child, parent, ruling = _rule(a, b, standings, named)
        if ruling.certainty > 0:
            link = _link(profiles, (child, parent), ruling, rarity, named.get((child, parent)))
            links[child].append(link)
    in_order = {child: tuple(sorted(found, key=lambda link: link.parent)) for child, found in links.items()}
    return Compared(profiles=tuple(profiles), standings=standings, first_hand=heard, rarity=rarity, links=in_order)


def _families(profiles: Sequence[Profile], pairs: set[tuple[int, int]]) -> list[int]:
    """A family number for each text; versions of one text share it."""
    family = list(range(len(profiles)))

    def root(n: int) -> int:
        while family[n] != n:
            family[n] = family[family[n]]
            n = family[n]
        return n

    for a, b in sorted(pairs):
        wording = passages.align(profiles[a], profiles[b])
        if max(wording.child_share, wording.parent_share) >= SAME_TEXT:
            x, y = sorted((root(a), root(b)))
            family[y] = x
    return [root(n) for n in range(len(profiles))]


def _credits(profiles: Sequence[Profile], pairs: set[tuple[int, int]]) -> Mapping[tuple[int, int], Credit]:
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        partners[a].add(b)
        partners[b].add(a)
    naming = Naming(profiles)
    return {
        (child, p): credit for child in sorted(partners) for p, credit in naming.credits(child, partners[child]).items()
    }


def _rule(
    a: int, b: int, standings: Sequence[Standing], named: Mapping[tuple[int, int], Credit]
) -> tuple[int, int, Ruling]:
    """Child, parent and ruling of a pair; where both ways look alike, the text of the smaller number is the parent."""
    forth = may_derive(standings[b], standings[a], named.get((b, a)), named.get((a, b)))
    back = may_derive(standings[a], standings[b], named.get((a, b)), named.get((b, a)))
    return (a, b, back) if back.certainty > forth.certainty else (b, a, forth)


def _link(
    profiles: Sequence[Profile], pair: tuple[int, int], ruling: Ruling, rarity: Rarity, credit: Credit | None
) -> Link:
    child, parent = profiles[pair[0]], profiles[pair[1]]
    wording = passages.align(child, parent)
    return Link(
        child=pair[0],
        parent=pair[1],
        wording=wording,
        own_wording=passages.outside_quotes(wording, child),
        telling=reuse.compare(child, parent, rarity),
        credit=credit,
        ruling=ruling,
    )
