"""Average-link clustering with pairs that must not meet (Sokal & Michener 1958; Davidson & Ravi 2005)."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from typing import TypeAlias

Apart: TypeAlias = Callable[[int, int], bool]
"""Whether two numbers, the lower first, must not be in one cluster."""


class Clusters:
    """Grows clusters of the numbers 0 … n-1 by joining, again and again, the two that are most alike on average.

    Scores are whole numbers, so that sums do not depend on their order; ties go to the clusters with the smallest
    members.
    """

    def __init__(self, size: int, scores: Mapping[tuple[int, int], int], apart: Apart, *, floor: int) -> None:
        """`scores` of pairs (lower number first); a pair without one scores `floor`, the lowest score there is."""
        self.members: dict[int, list[int]] = {number: [number] for number in range(size)}
        self._floor = floor
        self._above: dict[int, dict[int, int]] = {number: {} for number in range(size)}
        """For two clusters, how far the scores of the pairs between them lie above the floor, summed."""
        self._apart = apart
        self._banned: dict[int, set[int]] = {number: set() for number in range(size)}
        """Clusters that were found to hold such a pair between them."""
        for (a, b), score in scores.items():
            if score > floor:
                self._above[a][b] = self._above[b][a] = score - floor

    def grow(self) -> list[tuple[int, ...]]:
        """Join until no two clusters that may meet score above 0 on average; the clusters, smallest members first."""
        heap = [entry for a in self._above for b in self._above[a] if a < b and (entry := self._entry(a, b))]
        heapq.heapify(heap)
        while heap:
            _, a, b, size = heapq.heappop(heap)
            alive = a in self.members and b in self.members
            if not alive or size != len(self.members[a]) * len(self.members[b]) or self._must_not_meet(a, b):
                continue  # one of the two has grown since, or they must not meet
            self._join(a, b)
            for other in self._above[a]:
                entry = self._entry(min(a, other), max(a, other))
                if entry:
                    heapq.heappush(heap, entry)
        return [tuple(sorted(self.members[key])) for key in sorted(self.members)]

    def _must_not_meet(self, a: int, b: int) -> bool:
        """Looked up when a join is at hand, since most pairs never come to that."""
        if b not in self._banned[a] and any(
            self._apart(min(x, y), max(x, y)) for x in self.members[a] for y in self.members[b]
        ):
            self._banned[a].add(b)
            self._banned[b].add(a)
        return b in self._banned[a]

    def _entry(self, a: int, b: int) -> tuple[float, int, int, int] | None:
        size = len(self.members[a]) * len(self.members[b])
        average = self._floor + self._above[a][b] / size
        return (-average, a, b, size) if average > 0 else None

    def _join(self, a: int, b: int) -> None:
        """Put `b`'s members, links and bans on `a`; a cluster goes by its smallest member, so `a` < `b`."""
        self.members[a] += self.members.pop(b)
        for other, above in self._above.pop(b).items():
            del self._above[other][b]
            if other != a:
                self._above[a][other] = self._above[other][a] = self._above[a].get(other, 0) + above
        for other in self._banned.pop(b):
            self._banned[other].discard(b)
            self._banned[other].add(a)
            self._banned[a].add(other)


def average_link(
    size: int, scores: Mapping[tuple[int, int], int], apart: Apart = lambda _a, _b: False, *, floor: int = -4000
) -> list[tuple[int, ...]]:
    """Clusters of the numbers 0 … size-1 in which pairs score above 0 on average and no two are `apart`.

    >>> average_link(3, {(0, 1): 900, (0, 2): 500, (1, 2): 700}, apart=lambda a, b: (a, b) == (1, 2))
    [(0, 1), (2,)]
    """
    return Clusters(size, scores, apart, floor=floor).grow()
