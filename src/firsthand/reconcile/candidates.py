"""Which pairs of assertions are worth comparing, without looking at every pair.

An inverted index over reasons: uncommon words, and kinds (an activity; an activity with a technology, a country, a
supplier, a figure or an origin). A reason that few assertions share brings up all pairs that share it. One that very
many share brings up none: in a large case, that two assertions are both about the use of cameras says nothing. So the
cost grows with the number of assertions, and in a small case nothing is left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firsthand.reconcile.case import Assertion, Case

COMMON = 60  # a word in more assertions than this brings no pair up for comparison by itself
COMMON_KIND = 240  # the same for a kind: more than twice what the largest story at hand holds of all kinds
PARTNERS = 100  # for each assertion, those with most reasons, and the rarest; a story at hand has no more assertions
Numbers: TypeAlias = NDArray[np.int64]


def candidates(case: Case) -> list[tuple[int, int]]:
    """Pairs of assertions (lower number first) worth comparing, in order: those that share a reason, or are aligned."""
    pairs = set(case.aligned)
    for number, partners in _partners(case.assertions):
        pairs.update((number, other) if number < other else (other, number) for other in partners)
    return sorted(pairs)


def _partners(assertions: Sequence[Assertion]) -> Iterator[tuple[int, list[int]]]:
    """Each assertion's number and the others that share most with it."""
    members, worth = _index(assertions)
    for number, assertion in enumerate(assertions):
        reasons = [reason for reason in _reasons(assertion) if reason in members]
        if not reasons:
            continue
        sharing = np.concatenate([members[reason] for reason in reasons])
        weights = np.repeat([worth[reason] for reason in reasons], [len(members[reason]) for reason in reasons])
        others, where = np.unique(sharing, return_inverse=True)
        sums = np.bincount(where, weights=weights)
        best = np.lexsort((others, -sums))[: PARTNERS + 1]  # itself is the first of them
        yield number, [other for other in others[best].tolist() if other != number]


def _index(assertions: Sequence[Assertion]) -> tuple[Mapping[Hashable, Numbers], Mapping[Hashable, int]]:
    """The assertions that share each reason which is not too common, and how much it says, as a whole number."""
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, assertion in enumerate(assertions):
        for reason in _reasons(assertion):
            found[reason].append(number)
    members = {
        reason: np.array(numbers, dtype=np.int64)
        for reason, numbers in found.items()
        if 1 < len(numbers) <= (COMMON if isinstance(reason, str) else COMMON_KIND)
    }
    worth = {reason: round(100 * math.log(2 * len(assertions) / len(holders))) for reason, holders in members.items()}
    return members, worth


def _reasons(assertion: Assertion) -> Iterator[Hashable]:
    """Words as they are, kinds as tuples that begin with the activity."""
    yield from sorted(assertion.words)
    yield (assertion.activity,)
    for kind, values in (
        ("technology", assertion.technology),
        ("figure", assertion.figures),
        ("origin", assertion.origins),
        ("country", {assertion.country} - {None}),
        ("supplier", {assertion.supplier} - {None}),
    ):
        for value in sorted(values, key=str):
            yield (assertion.activity, kind, value)
