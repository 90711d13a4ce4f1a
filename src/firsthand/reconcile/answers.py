"""Which finding a denial answers.

An official, a company, or somebody who is said to deny or reject: what they say is not so is mostly what somebody else
has said is so, in words of its own. So a group of nothing but such answers is put to the affirmed group that it most
likely answers. Only the other side of a count can rise by that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from firsthand.reconcile.case import Assertion, Case
from firsthand.reconcile.likeness import signals

# Logits. Fitted by logistic regression over pairs of an answer and an affirmation of 30 story families, as the whole
# way makes them, by families held out. That both are about one activity in so many words says little here: "there is
# no register" is about a register, whatever the verb.
WEIGHTS: Mapping[str, float] = {
    "bias": -4.3,
    "words": 1.9,
    "context": 2.0,
    "echo": 1.2,
    "senses": 1.0,
    "telling word": 1.0,
    "likely activity": 3.35,
    "technology": 0.65,
    "names": 0.35,
    "other figures": -0.7,
    "other country": -2.25,
    "same document": -0.8,
}
SAME_ORIGIN = -1.25
LEAST = -1.0  # logits


def answered(
    parts: Sequence[tuple[int, ...]], case: Case, pairs: Collection[tuple[int, int]]
) -> tuple[list[tuple[int, ...]], frozenset[int]]:
    """The parts with answers put where they belong, and the numbers of the assertions that were so put.

    `pairs` are the assertions worth comparing, lower number first. Ties go to the affirmation of the lowest number.
    """
    home = {number: at for at, part in enumerate(parts) for number in part}
    answers = {at for at, part in enumerate(parts) if all(case.assertions[number].answers for number in part)}
    best: dict[int, tuple[float, int]] = {}
    for pair in sorted(pairs):
        for answer, other in (pair, pair[::-1]):
            if home[answer] in answers and not case.assertions[other].denies:
                found = (_likely(case, pair), -other)
                if found[0] >= LEAST:
                    best[home[answer]] = max(best.get(home[answer], found), found)
    grown = {at: list(part) for at, part in enumerate(parts) if at not in best}
    for at, (_, other) in best.items():
        grown[home[-other]] += parts[at]
    return sorted(tuple(sorted(part)) for part in grown.values()), frozenset(n for at in best for n in parts[at])


def _likely(case: Case, pair: tuple[int, int]) -> float:
    a, b = (case.assertions[number] for number in pair)
    found = signals(a, b, case, pair)
    speaks = sum(weight * found[name] for name, weight in WEIGHTS.items())
    return round(speaks + SAME_ORIGIN * _one_origin(a, b), 6)


def _one_origin(a: Assertion, b: Assertion) -> bool:
    return not a.origins.isdisjoint(b.origins)
