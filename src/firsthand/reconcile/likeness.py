"""How much speaks for two assertions being about the same thing, reason by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from firsthand.reconcile.case import Assertion, Case
from firsthand.reconcile.words import likeness
from firsthand.records import Activity

NEIGHBOURS: frozenset[frozenset[Activity]] = frozenset(
    frozenset(pair)
    for pair in (
        ("use", "harm"), ("use", "capability"), ("use", "deployment"), ("use", "collection"),
        ("capability", "deployment"), ("capability", "harm"), ("capability", "collection"),
        ("supply", "deployment"), ("supply", "plan"), ("deployment", "plan"),
        ("constraint", "policy"), ("constraint", "harm"), ("development", "research"),
    )
)  # fmt: skip

# Logits. Fitted by logistic regression over pairs of statements of 19 story families, each family as the whole way
# makes them and as the gold gives them, with activities by a model that had not seen the family; twelve more families
# were held back. The bias is half a logit kinder to joining than the fit, since a cluster is judged by its
# average. Countries and suppliers weigh what they do on principle, for the families hold too few events of one kind
# with two of them to fit it; a technology that differs weighs nothing, for the fit would have it speak for a join.
WEIGHTS: Mapping[str, float] = {
    "bias": -3.05,
    "same activity": 1.95,
    "close activity": 0.5,
    "technology": 2.05,
    "same supplier": 0.9,
    "other supplier": -1.85,
    "same actor": 0.4,
    "other country": -2.25,
    "other setting": -0.65,
    "words": 2.3,
    "echo": 1.35,
    "context": 1.7,
    "names": 0.5,
    "figures": 0.9,
    "other origin": -0.25,
    "answer": 0.1,
    "aligned": 1.35,
    "same time": 0.85,
    "likely activity": 0.2,
    "senses": 0.7,
    "telling word": 1.0,
    "other figures": -0.2,
    "same document": -1.4,
    "next to it": 0.45,
}
ABROAD: frozenset[Activity] = frozenset(("supply", "sanction"))  # these join two countries, so either may be the place
SHOWN = 400  # thousandths of a logit between two statements of different origins, the least that joins the two …
WORDS_SHOWN = 0.5  # … and logits of it that come from what they say rather than from what they are about
_OF_WORDS = ("words", "telling word", "senses", "names", "figures", "same time", "aligned", "same supplier")
FLOOR = -3.0  # no pair speaks louder than this against a join, so that one odd member does not split a cluster


def score(a: Assertion, b: Assertion, case: Case, pair: tuple[int, int]) -> int:
    """Thousandths of a logit for `a` and `b` being about the same thing; above 0, more likely than not."""
    return round(1000 * max(FLOOR, sum(WEIGHTS[name] * value for name, value in signals(a, b, case, pair).items())))


def told_apart(a: Assertion, b: Assertion, case: Case, pair: tuple[int, int]) -> bool:
    """True for the same kind of event in two countries, unless both rest on one origin or one reworks the other."""
    if a.country is None or b.country is None or a.country == b.country or {a.activity, b.activity} & ABROAD:
        return False
    return a.origins.isdisjoint(b.origins) and pair not in case.aligned


def shown_alike(cluster: Sequence[int], case: Case, scores: Mapping[tuple[int, int], int]) -> list[tuple[int, ...]]:
    """A cluster in the parts that belong together by more than its average.

    What rests on one origin stays together. Two origins come together only where some statement of one is alike enough
    to one of the other, in its own words too, since that raises a count: an average of weak likenesses must not, nor
    that both are about the use of one technology, nor an answer that contradicts both. Answers go where they fit best.
    """
    parts = {number: {number} for number in cluster}
    for pair in combinations(sorted(cluster), 2):
        a, b = case.assertions[pair[0]], case.assertions[pair[1]]
        strangers = a.origins and b.origins and a.origins.isdisjoint(b.origins)
        if a.denies == b.denies and (not strangers or _shown(a, b, case, pair, scores)):
            _join(parts, *pair)
    for answer in sorted(number for number in cluster if case.assertions[number].denies):
        others = [number for number in cluster if not case.assertions[number].denies]
        best = max(others, key=lambda n: (scores.get((min(n, answer), max(n, answer)), -10_000), -n), default=None)
        if best is not None and all(case.assertions[number].denies for number in parts[answer]):
            _join(parts, best, answer)
    return sorted({tuple(sorted(part)) for part in parts.values()})


def _join(parts: dict[int, set[int]], one: int, other: int) -> None:
    if parts[one] is not parts[other]:
        joined = parts[one] | parts[other]
        parts.update(dict.fromkeys(joined, joined))


def _shown(
    a: Assertion, b: Assertion, case: Case, pair: tuple[int, int], scores: Mapping[tuple[int, int], int]
) -> bool:
    """Whether two statements of different origins assert the same; what is planned shows nothing of what is."""
    if a.planned != b.planned or scores.get(pair, 0) < SHOWN:
        return False
    found = signals(a, b, case, pair)
    return sum(WEIGHTS[name] * found[name] for name in _OF_WORDS) >= WORDS_SHOWN


def signals(a: Assertion, b: Assertion, case: Case, pair: tuple[int, int]) -> dict[str, float]:
    """Each reason for or against, by name, with its strength: 0 or 1, or a share, or a sum of rarities."""
    documents_a, documents_b = {place[0] for place in a.places}, {place[0] for place in b.places}
    either = a.technology | b.technology
    both = a.technology & b.technology
    strangers = a.origins.isdisjoint(b.origins) and pair not in case.aligned
    return {
        "bias": 1.0,
        "same activity": a.activity == b.activity,
        "close activity": frozenset((a.activity, b.activity)) in NEIGHBOURS,
        "technology": max(case.technologies[name] for name in both) * len(both) / len(either) if both else 0.0,
        "same supplier": a.supplier is not None and a.supplier == b.supplier,
        "other supplier": a.supplier is not None and b.supplier is not None and a.supplier != b.supplier and strangers,
        "same actor": a.actor is not None and a.actor == b.actor,
        "other country": a.country is not None and b.country is not None and a.country != b.country,
        "words": likeness(a.words, b.words),
        "echo": min(likeness(a.words, b.context), likeness(b.words, a.context)),
        "context": likeness(a.context, b.context),
        "names": min(2.0, sum(case.names[name] for name in sorted(a.names & b.names))),
        "figures": min(2.0, sum(case.figures[figure] for figure in sorted(a.figures & b.figures))),
        "other setting": 1
        - max(case.settings.get((min(x, y), max(x, y)), 1.0) for x in documents_a for y in documents_b),
        "other origin": (bool(a.origins and b.origins) and a.origins.isdisjoint(b.origins) and a.denies == b.denies),
        "answer": a.denies != b.denies,
        "aligned": pair in case.aligned,
        "same time": a.time is not None and a.time == b.time,
        "likely activity": sum(a.odds[name] * b.odds[name] for name in sorted(a.odds)),
        "senses": likeness(a.senses, b.senses),
        "telling word": max((a.words[word] * b.words[word] for word in a.words.keys() & b.words.keys()), default=0.0),
        "other figures": bool(a.figures and b.figures and a.figures.isdisjoint(b.figures)),
        "same document": bool(documents_a & documents_b),
        "next to it": any(x == y and abs(m - n) == 1 for x, m in a.places for y, n in b.places),
    }
