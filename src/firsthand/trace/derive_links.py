"""All pairs of texts worth a closer look, compared: wording, details, who names whom, and which way round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from firsthand.trace import passages, reuse
from firsthand.trace.credit import Credit, Naming
from firsthand.trace.credit_words import first_hand
from firsthand.trace.derive_signs import Scene, Weighed, Weighing, same_outlet
from firsthand.trace.details import Profile
from firsthand.trace.direction import Ruling, Standing, may_derive, standing
from firsthand.trace.meeting import candidates, framed
from firsthand.trace.passages import Worded, Wording
from firsthand.trace.reuse import Prospect, Rarity, Telling
from firsthand.trace.shingles import shingles
from firsthand.trace.word_marks import Marks, word_marks

SAME_TEXT: Final = 0.5  # of a text in runs of the other: two versions of one text, counted once when rarity is measured
TEMPLATE_DETAILS: Final = 4  # names and figures in the shared sentences; fewer do not tell a form from a story
WORTH_WORDS: Final = 25  # fewer shared words show neither copying nor rewording
WORTH_WEIGHT: Final = 3.0  # just below the least that `derive_parents` asks of an uncredited retelling
WORTH_FIGURES: Final = 1.2
NO_WORDING: Final = Wording(passages=(), words=0, child_share=0.0, parent_share=0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A possible parent of a child, with everything known about the pair. Numbers are indexes into the set."""

    child: int
    parent: int
    wording: Wording
    own_wording: int
    """Shared words outside quotation marks."""
    template: bool
    """The words agree where the names and figures do not: a form filled in twice, not a copy."""
    telling: Telling
    credit: Credit | None
    ruling: Ruling
    weighed: Weighed
    one_outlet: bool
    """Whether one outlet published both: a paper that comes back to its story refers to it."""

    @property
    def credited(self) -> bool:
        """Whether the child says that it has something from the parent."""
        return self.named or self.weighed.cites

    @property
    def named(self) -> bool:
        """Whether the child passes something on with the parent's name beside it."""
        return self.credit is not None and self.credit.strength != "mention"


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A set of distinct texts and the possible parents of each."""

    profiles: tuple[Profile, ...]
    standings: tuple[Standing, ...]
    first_hand: tuple[frozenset[int], ...]
    primary: tuple[bool, ...]
    """Whether each is a body's own paper rather than an outlet's report."""
    rarity: Rarity
    links: Mapping[int, tuple[Link, ...]]
    """By child, in the order of the parents."""


def compare_all(profiles: Sequence[Profile], primary: Container[str] = ()) -> Compared:
    """Compare every pair that shares rare wording or rare details; the cost grows with what is shared.

    `primary` holds the identifiers of documents that are a body's own papers.
    """
    ranks = _ranks(profiles)
    wordings = shared_wordings(profiles, ranks)
    heard = tuple(first_hand(p) for p in profiles)
    own = tuple(p.document.id in primary for p in profiles)
    families = _families(len(profiles), wordings)
    known = Compared(
        profiles=tuple(profiles),
        standings=tuple(standing(p, h, body=b) for p, h, b in zip(profiles, heard, own, strict=True)),
        first_hand=heard,
        primary=own,
        rarity=Rarity(profiles, families),
        links={},
    )
    return replace(known, links=_links(known, families, wordings, ranks))


def _ranks(profiles: Sequence[Profile]) -> list[int]:
    """The place of each document by its date, undated ones last."""
    order = sorted(range(len(profiles)), key=lambda n: (profiles[n].document.published or "9999", n))
    ranks = [0] * len(profiles)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks


def shared_wordings(profiles: Sequence[Worded], ranks: Sequence[int]) -> dict[tuple[int, int], Wording]:
    """The shared wording of every pair that shares enough shingles, seen from the second document of the pair.

    `ranks` say which documents come first where very many share a shingle.
    """
    return wordings_by(shingles(word_marks([p.document.text for p in profiles])), profiles, ranks)


def wordings_by(
    marks: Sequence[Marks], profiles: Sequence[Worded], ranks: Sequence[int]
) -> dict[tuple[int, int], Wording]:
    """The same where the documents' shingles are known."""
    wordings = {}
    pairs, furniture = candidates(profiles, marks, ranks)
    holding = framed(marks, furniture)
    for parent, found in groupby(sorted(pairs), key=lambda pair: pair[0]):
        aligner = passages.Aligner(profiles[parent], marks[parent], framed=parent in holding)
        for pair in found:
            wording = aligner.align(profiles[pair[1]], marks[pair[1]])
            if wording.words:
                wordings[pair] = wording
    return wordings


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


def _links(
    known: Compared, families: Sequence[int], wordings: Mapping[tuple[int, int], Wording], ranks: Sequence[int]
) -> dict[int, tuple[Link, ...]]:
    """Every possible parent, by child. Parent by parent, so that each is indexed once."""
    prospects = reuse.prospects(known.profiles, known.rarity, ranks)
    named = _credits(known.profiles, wordings.keys() | prospects.keys())
    crediting = {(min(pair), max(pair)) for pair in named}
    pairs = crediting | wordings.keys() | prospects.keys()
    weighing = Weighing(_scene(known, families), pairs)
    children: defaultdict[int, list[tuple[int, Ruling, Weighed]]] = defaultdict(list)
    for a, b in sorted(pairs):
        parent, child, ruling = _rule(a, b, known.standings, named)
        if ruling.certainty > 0:
            weighed = weighing.weigh(child, parent, named.get((child, parent)))
            copying = (a, b) in wordings and wordings[a, b].words >= WORTH_WORDS
            if (
                copying
                or weighed.tells
                or weighed.cites
                or (a, b) in crediting
                or ((a, b) in prospects and _promising(prospects[a, b]))
            ):
                children[parent].append((child, ruling, weighed))
    return _compared(known, children, wordings, named)


def _scene(known: Compared, families: Sequence[int]) -> Scene:
    return Scene(
        profiles=known.profiles,
        standings=known.standings,
        first_hand=known.first_hand,
        primary=known.primary,
        families=families,
        rarity=known.rarity,
    )


def _compared(
    known: Compared,
    children: Mapping[int, Sequence[tuple[int, Ruling, Weighed]]],
    wordings: Mapping[tuple[int, int], Wording],
    named: Mapping[tuple[int, int], Credit],
) -> dict[int, tuple[Link, ...]]:
    links: defaultdict[int, list[Link]] = defaultdict(list)
    for parent in sorted(children):
        where = reuse.index(known.profiles[parent])
        for child, ruling, weighed in children[parent]:
            wording, credit = _wording(child, parent, wordings), named.get((child, parent))
            naming = credit.evidence.child if credit and credit.evidence.kind != "link" else None
            links[child].append(
                Link(
                    child=child,
                    parent=parent,
                    wording=wording,
                    own_wording=passages.outside_quotes(wording, known.profiles[child]),
                    template=_is_template(wording, known.profiles[child], where),
                    telling=reuse.compare(known.profiles[child], where, known.rarity, naming),
                    credit=credit,
                    ruling=ruling,
                    weighed=weighed,
                    one_outlet=same_outlet(known.profiles[child], known.profiles[parent]),
                )
            )
    return {child: tuple(found) for child, found in sorted(links.items())}


def _is_template(wording: Wording, child: Profile, theirs: Container[str]) -> bool:
    """Whether the sentences that share wording differ in most of their names and figures."""
    copied = bytearray(len(child.folded))
    for p in wording.passages:
        copied[p.child : p.child + p.length] = b"\x01" * p.length
    at, hits, total = 0, 0, 0
    for sentence in child.sentences:
        inside = copied[at : at + sentence.words]
        at += sentence.words
        if sum(inside) * 2 >= sentence.words:
            keys = {d.key for d in sentence.details if d.key.startswith("name:") or reuse.is_figure(d.key)}
            total += len(keys)
            hits += sum(key in theirs for key in keys)
    return total >= TEMPLATE_DETAILS and hits < total / 2


def _promising(prospect: Prospect) -> bool:
    """Whether details alone could show an uncredited retelling."""
    return prospect.weight >= WORTH_WEIGHT and prospect.figures >= WORTH_FIGURES


def _credits(profiles: Sequence[Profile], pairs: Set[tuple[int, int]]) -> Mapping[tuple[int, int], Credit]:
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        partners[a].add(b)
        partners[b].add(a)
    naming = Naming(profiles)
    return {(child, p): c for child in range(len(profiles)) for p, c in naming.credits(child, partners[child]).items()}


def _rule(
    a: int, b: int, standings: Sequence[Standing], named: Mapping[tuple[int, int], Credit]
) -> tuple[int, int, Ruling]:
    """Parent, child and ruling of a pair; where both ways look alike, the text of the smaller number is the parent."""
    forth = may_derive(standings[b], standings[a], named.get((b, a)), named.get((a, b)))
    back = may_derive(standings[a], standings[b], named.get((a, b)), named.get((b, a)))
    return (b, a, back) if back.certainty > forth.certainty else (a, b, forth)


def _wording(child: int, parent: int, wordings: Mapping[tuple[int, int], Wording]) -> Wording:
    """The shared wording seen from the child; nothing for a pair that the shingles did not find."""
    if (child, parent) in wordings:
        return wordings[child, parent].turned()
    return wordings.get((parent, child), NO_WORDING)
