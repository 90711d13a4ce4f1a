"""A layered drawing of a graph without circles: who feeds whom, from left to right, with few crossings.

The method is Sugiyama, Tagawa and Toda's (1981): layers by longest path, stand-ins where an edge passes a layer,
order by the mean place of neighbours; places within a layer by least squares under a least distance. The same graph
always gives the same drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 8
"""Passes over the layers; on drawings of this size the crossings stop falling after four or five."""
_PASSING = 18.0
"""Height kept free for an edge that passes a layer."""

Edge = tuple[str, str]
Spot = tuple[str, int]
"""A node at its own layer, or the stand-in of an edge at a layer it passes (named `parent\\nchild`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Where everything lies, in units of the drawing; y grows downwards."""

    layers: Mapping[str, int]
    """Layer of each node, 0 leftmost."""
    tops: Mapping[str, float]
    """Upper edge of each node."""
    bends: Mapping[Edge, tuple[tuple[int, float], ...]]
    """For an edge that passes layers: those layers, with the height at which it passes."""
    height: float


def arrange(heights: Mapping[str, float], edges: Sequence[Edge], gap: float) -> Layout:
    """Lay out nodes of the given heights, at least `gap` apart; `edges` lead from parent to child without a circle."""
    layers = _layers(heights, edges)
    rows, links = _rows(heights, edges, layers)
    _order(rows, links)
    size = {spot: heights.get(spot[0], _PASSING) for row in rows for spot in row}
    middles = _middles(rows, links, size, gap)
    top = min((middles[spot] - size[spot] / 2 for spot in size), default=0.0)
    bends = {
        edge: tuple(
            (layer, middles[_stand_in(edge), layer] - top) for layer in range(layers[edge[0]] + 1, layers[edge[1]])
        )
        for edge in edges
    }
    return Layout(
        layers=layers,
        tops={node: middles[node, layers[node]] - heights[node] / 2 - top for node in heights},
        bends=bends,
        height=max((middles[spot] + size[spot] / 2 - top for spot in size), default=0.0),
    )


def _layers(nodes: Iterable[str], edges: Sequence[Edge]) -> dict[str, int]:
    parents, waiting = defaultdict(list), dict.fromkeys(nodes, 0)
    children = defaultdict(list)
    for parent, child in edges:
        parents[child].append(parent)
        children[parent].append(child)
        waiting[child] += 1
    layers: dict[str, int] = {}
    ready = [node for node, count in waiting.items() if not count]
    while ready:
        node = ready.pop()
        layers[node] = max((layers[parent] + 1 for parent in parents[node]), default=0)
        for child in children[node]:
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return layers


def _stand_in(edge: Edge) -> str:
    return "\n".join(edge)


def _rows(
    nodes: Iterable[str], edges: Sequence[Edge], layers: Mapping[str, int]
) -> tuple[list[list[Spot]], dict[Spot, list[Spot]]]:
    rows: list[list[Spot]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    links: dict[Spot, list[Spot]] = defaultdict(list)
    for node in nodes:
        rows[layers[node]].append((node, layers[node]))
    for parent, child in edges:
        path: list[Spot] = [(parent, layers[parent])]
        path += [(_stand_in((parent, child)), layer) for layer in range(layers[parent] + 1, layers[child])]
        for spot in path[1:]:
            rows[spot[1]].append(spot)
        path.append((child, layers[child]))
        for left, right in pairwise(path):
            links[left].append(right)
            links[right].append(left)
    return rows, links


def _order(rows: list[list[Spot]], links: Mapping[Spot, list[Spot]]) -> None:
    best, fewest = [list(row) for row in rows], _crossings(rows, links)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for layer in range(1, len(rows)) if forward else range(len(rows) - 2, -1, -1):
            fixed = {spot: place for place, spot in enumerate(rows[layer - 1 if forward else layer + 1])}
            rows[layer].sort(key=_mean_place(fixed, links, rows[layer]).__getitem__)
        count = _crossings(rows, links)
        if count < fewest:
            best, fewest = [list(row) for row in rows], count
    rows[:] = best


def _mean_place(fixed: Mapping[Spot, int], links: Mapping[Spot, list[Spot]], row: Sequence[Spot]) -> dict[Spot, float]:
    means: dict[Spot, float] = {}
    for place, spot in enumerate(row):
        near = [fixed[other] for other in links.get(spot, ()) if other in fixed]
        means[spot] = sum(near) / len(near) if near else float(place)
    return means


def _crossings(rows: Sequence[Sequence[Spot]], links: Mapping[Spot, list[Spot]]) -> int:
    """Crossings between neighbouring layers: inversions among the right ends, read in the order of the left ends."""
    total = 0
    for left, right in pairwise(rows):
        place = {spot: number for number, spot in enumerate(right)}
        ends = [end for spot in left for end in sorted(place[other] for other in links.get(spot, ()) if other in place)]
        tree = [0] * (len(right) + 1)
        for seen, end in enumerate(ends):
            total += seen - _sum(tree, end + 1)
            _add(tree, end + 1)
    return total


def _sum(tree: Sequence[int], place: int) -> int:
    total = 0
    while place:
        total += tree[place]
        place &= place - 1
    return total


def _add(tree: list[int], place: int) -> None:
    while place < len(tree):
        tree[place] += 1
        place += place & -place


def _middles(
    rows: Sequence[Sequence[Spot]], links: Mapping[Spot, list[Spot]], size: Mapping[Spot, float], gap: float
) -> dict[Spot, float]:
    middles: dict[Spot, float] = {}
    for row in rows:
        y = 0.0
        for spot in row:
            middles[spot] = y + size[spot] / 2
            y += size[spot] + gap
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = [_mean([middles[other] for other in links.get(spot, ())], middles[spot]) for spot in row]
            apart = [(size[a] + size[b]) / 2 + gap for a, b in pairwise(row)]
            middles.update(zip(row, _spread(wanted, apart), strict=True))
    return middles


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(wanted: Sequence[float], apart: Sequence[float]) -> list[float]:
    """Places in the given order, nearest to those wanted by least squares, each `apart` from the next at least.

    Pool adjacent violators (Ayer and others, 1955) on the places less the distances before them.

    >>> _spread([0.0, 0.0, 9.0], [2.0, 2.0])
    [-1.0, 1.0, 9.0]
    """
    before = [0.0]
    for distance in apart:
        before.append(before[-1] + distance)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, before, strict=False):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    level = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(level, before, strict=False)]
