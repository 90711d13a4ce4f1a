"""How much speaks for two assertions being about the same thing, reason by reason."""

from __future__ import annotations

from collections.abc import Mapping

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

# Logits. Fitted by ridge logistic regression over pairs of statements of the four development families, once with gold
# fields and once with our own, then moved one by one over what the whole pipeline makes of seven families, an eighth
# held back: finding, mae, over and dispute of bench/origins. Countries weigh what they do on principle: the families
# hold too few events of one kind in two countries to fit it.
WEIGHTS: Mapping[str, float] = {
    "bias": -3.7,
    "same activity": 2.55,
    "close activity": 1.1,
    "technology": 1.6,
    "other technology": -1.0,
    "same supplier": 0.6,
    "other supplier": -1.85,
    "same actor": 0.3,
    "other country": -2.25,
    "other setting": -0.3,
    "words": 5.0,
    "echo": 0.95,
    "context": 1.25,
    "names": 2.05,
    "figures": 1.3,
    "other origin": -0.1,
    "answer": 0.5,
    "aligned": 2.75,
    "same time": 0.3,
    "likely activity": 0.0,
    "senses": 0.0,
    "telling word": 0.0,
    "other figures": 0.0,
    "same document": 0.0,
    "next to it": 0.0,
}
ABROAD: frozenset[Activity] = frozenset(("supply", "sanction"))  # these join two countries, so either may be the place
FLOOR = -3.0  # no pair speaks louder than this against a join, so that one odd member does not split a cluster


def score(a: Assertion, b: Assertion, case: Case, pair: tuple[int, int]) -> int:
    """Thousandths of a logit for `a` and `b` being about the same thing; above 0, more likely than not."""
    return round(1000 * max(FLOOR, sum(WEIGHTS[name] * value for name, value in signals(a, b, case, pair).items())))


def told_apart(a: Assertion, b: Assertion, case: Case, pair: tuple[int, int]) -> bool:
    """True for the same kind of event in two countries, unless both rest on one origin or one reworks the other."""
    if a.country is None or b.country is None or a.country == b.country or {a.activity, b.activity} & ABROAD:
        return False
    return a.origins.isdisjoint(b.origins) and pair not in case.aligned


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
        "other technology": bool(a.technology and b.technology and not both),
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
