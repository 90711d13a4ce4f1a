"""What the scoring of pairs needs to know about each assertion and about the case it stands in."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations

from firsthand.knowledge.activities import activity_odds
from firsthand.knowledge.senses import senses, stems
from firsthand.reconcile.counting import REWORKING
from firsthand.reconcile.naming import dropped, name_groups, spellings
from firsthand.reconcile.stance import denies, negative
from firsthand.reconcile.words import content, figures, likeness, rarity, weighted
from firsthand.records import Activity, Document, Statement, Traced

BEFORE, AFTER = 250, 120  # code points of context: about the sentence before and half of the one after
ALIGNED_FROM = (
    0.12  # below this a best match inside a rewrite is by chance as often as not, over the development families
)
MOST_ALIGNED = 48  # documents on one origin that are all compared; of more, each is compared with the earliest
EARLIEST = 4
OFFICIAL = frozenset(("official-statement", "company-statement"))
PLANNED = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:due |set |expected |planned |scheduled )?to|plans? to|planned|intends? to|"
    r"next (?:year|month|spring|summer|autumn|winter)|not later than|by the end of)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Assertion:
    """What one or more statements assert: those with equal words and equal fields are one, however often copied."""

    statements: tuple[str, ...]
    """Identifiers, sorted."""
    places: tuple[tuple[str, int], ...]
    """Document and 0-based place among the statements of that document, for each statement."""
    denies: bool
    """The words deny or doubt it."""
    answers: bool
    """It denies, and it is an official, a company, or somebody who is said to deny or reject, that does."""
    planned: bool
    """The words say that it is to be, not that it is."""
    activity: Activity
    odds: Mapping[Activity, float]
    """How likely each activity is by the words alone."""
    technology: frozenset[str]
    actor: int | None
    supplier: int | None
    country: str | None
    time: str | None
    origins: frozenset[str]
    words: Mapping[str, float]
    context: Mapping[str, float]
    senses: Mapping[str, float]
    """Classes of words (`knowledge/senses.toml`), weighed as the words are."""
    names: frozenset[str]
    figures: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """All assertions with what they have to do with one another."""

    assertions: tuple[Assertion, ...]
    names: Mapping[str, float]
    """Rarity of each name among the assertions."""
    figures: Mapping[str, float]
    technologies: Mapping[str, float]
    """How much it says that two assertions share a technology: 1 for one that every sixth assertion names."""
    aligned: frozenset[tuple[int, int]]
    """Pairs of assertions (lower number first) that stand at matching places of a text and its reworking."""
    settings: Settings


def build_case(documents: Sequence[Document], statements: Sequence[Statement], traced: Traced) -> Case:
    """The case that the statements make up; neither the order of the arguments' members nor one given twice matters."""
    statements = list({statement.id: statement for statement in statements}.values())
    texts = {document.id: document.text for document in documents}
    groups = _equal_statements(statements)
    known = spellings(texts.values())
    heads = [group[0] for group in groups]
    bags = [content(head.quote) for head in heads]
    rare = rarity(bags)
    kinds = [Counter(name for word in stems(head.quote) for name in senses(word)) for head in heads]
    rare_kinds = rarity(kinds)
    bodies = name_groups((name for head in heads for name in (head.actor, head.supplier)), known)
    origins = {grounding.statement: grounding.origins for grounding in traced.groundings}
    official = {origin.id for origin in traced.origins if origin.kind in OFFICIAL}
    ranks = _ranks(statements)
    assertions = tuple(
        Assertion(
            statements=tuple(statement.id for statement in group),
            places=tuple((statement.document, ranks[statement.id]) for statement in group),
            denies=negative(head),
            answers=negative(head) and (denies(head) or not official.isdisjoint(origins.get(head.id, ()))),
            planned=_planned(head.quote),
            activity=head.activity,
            odds=activity_odds(head.quote),
            technology=frozenset(head.technology),
            actor=bodies.get(head.actor or ""),
            supplier=bodies.get(head.supplier or ""),
            country=head.country,
            time=head.time,
            origins=frozenset(origin for statement in group for origin in origins.get(statement.id, ())),
            words=weighted(bag, rare),
            context=weighted(content(_around(head, texts)), rare),
            senses=weighted(kind, rare_kinds),
            names=dropped(head.quote, known),
            figures=figures(head.quote),
        )
        for group, head, bag, kind in zip(groups, heads, bags, kinds, strict=True)
    )
    return Case(
        assertions=assertions,
        names=rarity(assertion.names for assertion in assertions),
        figures=rarity(assertion.figures for assertion in assertions),
        technologies=_weights_of_technologies(assertions),
        aligned=_alignments(assertions, traced, _in_time(documents)),
        settings=Settings(texts, known),
    )


def _equal_statements(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements with equal words and fields together, so that a copy changes neither weights nor averages."""
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda statement: statement.id):
        words = " ".join(sorted(content(statement.quote))) or statement.quote
        fields = (statement.activity, statement.technology, statement.actor, statement.supplier, statement.place)
        rest = (statement.country, statement.time, statement.certainty, statement.negated, _planned(statement.quote))
        groups[(words, tuple(sorted(figures(statement.quote))), *fields, *rest)].append(statement)
    return [groups[key] for key in sorted(groups, key=repr)]


def _planned(quote: str) -> bool:
    return PLANNED.search(quote) is not None


def _in_time(documents: Sequence[Document]) -> dict[str, int]:
    """The place of each document by its date, undated ones last."""
    order = sorted(documents, key=lambda document: (document.published or "~", document.id))
    return {document.id: rank for rank, document in enumerate(order)}


def _ranks(statements: Sequence[Statement]) -> dict[str, int]:
    """Each statement's 0-based place among those of its document."""
    ranks: dict[str, int] = {}
    met: dict[str, int] = defaultdict(int)
    for statement in sorted(statements, key=lambda statement: (statement.start, statement.end, statement.id)):
        ranks[statement.id] = met[statement.document]
        met[statement.document] += 1
    return ranks


def _weights_of_technologies(assertions: Sequence[Assertion]) -> dict[str, float]:
    """Where nearly every assertion is about cameras, that two of them are says little."""
    counted = Counter(technology for assertion in assertions for technology in sorted(assertion.technology))
    raw = {name: math.log((len(assertions) + 1) / number) / math.log(6) for name, number in counted.items()}
    return {name: round(min(1.2, max(0.5, weight)), 6) for name, weight in raw.items()}


def _around(statement: Statement, texts: Mapping[str, str]) -> str:
    text = texts.get(statement.document, statement.quote)
    return text[max(0, statement.start - BEFORE) : statement.end + AFTER]


def _alignments(
    assertions: Sequence[Assertion], traced: Traced, ranks: Mapping[str, int]
) -> frozenset[tuple[int, int]]:
    """Best matches, both ways, between two documents of which one reworks the other, or of what rests on one origin.

    What both say in the same words is matched already. `ranks` says which documents come first.
    """
    inside: dict[str, dict[int, int]] = defaultdict(dict)
    for number, assertion in enumerate(assertions):
        for document, rank in assertion.places:
            inside[document].setdefault(number, rank)
    reworked = {(min(e.child, e.parent), max(e.child, e.parent)) for e in traced.derivations if e.how in REWORKING}
    reworked = {(left, right) for left, right in reworked if left in inside and right in inside}
    found: set[tuple[int, int]] = set()
    for left, right in sorted(reworked | _on_one_origin(inside, assertions, ranks)):
        own, theirs = inside[left].keys() - inside[right].keys(), inside[right].keys() - inside[left].keys()
        telling = (left, right) in reworked
        pairs = [(a, b) for a in own for b in theirs if telling or assertions[a].origins & assertions[b].origins]
        found |= _best_both_ways(pairs, inside[left], inside[right], assertions)
    return frozenset(found)


def _on_one_origin(
    inside: Mapping[str, Mapping[int, int]], assertions: Sequence[Assertion], ranks: Mapping[str, int]
) -> set[tuple[str, str]]:
    """Pairs of documents that share an origin; of very many on one origin, each with the earliest few."""
    resting: dict[str, list[str]] = defaultdict(list)
    for document in sorted(inside):
        for origin in sorted({origin for number in inside[document] for origin in assertions[number].origins}):
            resting[origin].append(document)
    found: set[tuple[str, str]] = set()
    for documents in resting.values():
        if len(documents) <= MOST_ALIGNED:
            found.update(combinations(documents, 2))
            continue
        first = nsmallest(EARLIEST, documents, key=lambda document: ranks.get(document, len(ranks)))
        found.update((min(a, b), max(a, b)) for a in first for b in documents if a != b)
    return found


def _best_both_ways(
    pairs: Sequence[tuple[int, int]], left: Mapping[int, int], right: Mapping[int, int], assertions: Sequence[Assertion]
) -> set[tuple[int, int]]:
    best_left: dict[int, tuple[float, int]] = {}
    best_right: dict[int, tuple[float, int]] = {}
    for a, b in sorted(pairs):
        shift = abs(left[a] / len(left) - right[b] / len(right))
        match = _match(assertions[a], assertions[b], shift)
        if match >= ALIGNED_FROM:
            best_left[a] = max(best_left.get(a, (0.0, 0)), (match, -b))
            best_right[b] = max(best_right.get(b, (0.0, 0)), (match, -a))
    return {(min(a, -b), max(a, -b)) for a, (_, b) in best_left.items() if best_right[-b][1] == -a}


def _match(a: Assertion, b: Assertion, distance: float) -> float:
    """How well two places of a text and its reworking match: words, names, figures, less the shift in order."""
    details = 0.1 * len(a.names & b.names) + 0.15 * len(a.figures & b.figures)
    return round(likeness(a.words, b.words) + min(details, 0.4) - 0.2 * distance, 6)


class Settings:
    """How alike two documents are in the names that they drop, worked out when it is asked for."""

    def __init__(self, texts: Mapping[str, str], known: Mapping[str, str]) -> None:
        bags = {key: dict.fromkeys(sorted(dropped(texts[key], known)), 1) for key in sorted(texts)}
        unique = {texts[key]: bags[key] for key in sorted(texts)}
        rare = rarity(unique.values())
        self._weighed = {key: weighted(bag, rare) for key, bag in bags.items()}
        self._known: dict[tuple[str, str], float] = {}

    def get(self, pair: tuple[str, str], unknown: float) -> float:
        """0 to 1 for two documents in ascending order; `unknown` for one that is not there, or one with itself."""
        if pair not in self._known:
            self._known[pair] = self._likeness(pair, unknown)
        return self._known[pair]

    def _likeness(self, pair: tuple[str, str], unknown: float) -> float:
        left, right = (self._weighed.get(document) for document in pair)
        if pair[0] == pair[1] or left is None or right is None:
            return unknown
        return likeness(left, right) if left and right else 1.0  # no names, nothing to tell apart by
