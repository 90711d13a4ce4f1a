"""Average-link clustering with pairs that must not meet (Sokal & Michener 1958; Davidson & Ravi 2005)."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence


class Clusters:
    """Grows clusters of the numbers 0 … n-1 by joining, again and again, the two that are most alike on average.

    Scores are whole numbers, so that sums do not depend on their order; ties go to the clusters with the smallest
    members.
    """

    def __init__(self, size: int, scores: Mapping[tuple[int, int], int], *, floor: int) -> None:
        """`scores` of pairs (lower number first); a pair without one scores `floor`, the lowest score there is."""
        self.members: dict[int, list[int]] = {number: [number] for number in range(size)}
        self._floor = floor
        self._above: dict[int, dict[int, int]] = {number: {} for number in range(size)}
        """For two clusters, how far the scores of the pairs between them lie above the floor, summed."""
        self._apart: dict[int, set[int]] = {number: set() for number in range(size)}
        for (a, b), score in scores.items():
            if score > floor:
                self._above[a][b] = self._above[b][a] = score - floor

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Let no cluster hold both numbers of any of `pairs`."""
        for a, b in pairs:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def grow(self) -> list[tuple[int, ...]]:
        """Join until no two clusters that may meet score above 0 on average; the clusters, smallest members first."""
        heap = [entry for a in self._above for b in self._above[a] if a < b and (entry := self._entry(a, b))]
        heapq.heapify(heap)
        while heap:
            _, a, b, size = heapq.heappop(heap)
            alive = a in self.members and b in self.members
            if not alive or size != len(self.members[a]) * len(self.members[b]) or b in self._apart[a]:
                continue  # one of the two has grown since, or they must not meet
            self._join(a, b)
            for other in self._above[a]:
                entry = self._entry(min(a, other), max(a, other))
                if entry:
                    heapq.heappush(heap, entry)
        return [tuple(sorted(self.members[key])) for key in sorted(self.members)]

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
        for other in self._apart.pop(b):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)


def average_link(
    size: int, scores: Mapping[tuple[int, int], int], apart: Sequence[tuple[int, int]] = (), *, floor: int = -4000
) -> list[tuple[int, ...]]:
    """Clusters of the numbers 0 … size-1 in which pairs score above 0 on average and no pair of `apart` meets.

    >>> average_link(3, {(0, 1): 900, (0, 2): 500, (1, 2): 700}, apart=[(0, 1)])
    [(0,), (1, 2)]
    """
    clusters = Clusters(size, scores, floor=floor)
    clusters.keep_apart(apart)
    return clusters.grow()
