"""Which document draws on what, from each origin downwards, so that a reader meets every document once an origin.

Derivations can form any graph. Here they are first made free of circles, then each origin gets its tree: under one
origin a document appears once, below the parent it takes most from. What no origin reaches gets trees of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from firsthand.publish.index import Index
from firsthand.records import Derivation, Document, Origin

STRENGTH = {"reprint": 0, "rewrite": 1, "excerpt": 2, "cites": 3}
"""How much of its parent a document takes over; the first takes most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One document in a tree."""

    document: Document
    depth: int
    """0 for a document that draws on the origin directly."""
    last: bool
    """No sibling follows under the same parent."""
    derivation: Derivation | None
    """What ties it to its parent; None for the origin's own document, for one that only rests on it, and for a root."""
    is_origin: bool = False
    told_above: bool = False
    """What draws on this document was listed under an earlier origin and is not listed again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """An origin, or None where none can be determined, and the documents below it, depth first."""

    origin: Origin | None
    rows: tuple[Row, ...]


def trees(index: Index) -> tuple[Tree, ...]:
    """One tree an origin, in reading order; last one tree with the documents that no origin reaches, if there are any.

    Documents without statements and without derivations are in none: `silent` lists them.
    """
    kept = without_circles(index.derivations, [document.id for document in index.documents])
    told: set[str] = set()
    found = [Tree(origin=origin, rows=tuple(_rows(index, origin, kept, told))) for origin in index.origins]
    reached = {row.document.id for tree in found for row in tree.rows}
    tied = {end for edge in kept for end in (edge.child, edge.parent)}
    rest = [
        document.id
        for document in index.documents
        if document.id not in reached and (document.id in tied or index.statements_in(document))
    ]
    if rest:
        best = _best_parents(kept, {*rest}, {})
        roots = [id_ for id_ in rest if id_ not in best]
        found.append(Tree(origin=None, rows=tuple(_walk(index, roots, best, told, frozenset()))))
    return tuple(found)


def silent(index: Index, grown: Sequence[Tree]) -> tuple[Document, ...]:
    """The documents in no tree: they neither say anything on the subject nor draw on another document here."""
    shown = {row.document.id for tree in grown for row in tree.rows}
    return tuple(document for document in index.documents if document.id not in shown)


def without_circles(derivations: Sequence[Derivation], documents: Sequence[str]) -> tuple[Derivation, ...]:
    """The derivations less those that close a circle; in one, the document named first in `documents` leads."""
    waiting: dict[str, set[str]] = {document: set() for document in documents}
    children = defaultdict(set)
    for edge in derivations:
        if edge.parent in waiting and edge.parent != edge.child:
            waiting[edge.child].add(edge.parent)
            children[edge.parent].add(edge.child)
    rank: dict[str, int] = {}
    ready = [document for document in documents if not waiting[document]]
    left = dict.fromkeys(documents)
    while left:
        current = ready.pop() if ready else next(iter(left))
        if current not in left:
            continue
        del left[current]
        rank[current] = len(rank)
        for child in sorted(children[current]):
            waiting[child].discard(current)
            if not waiting[child] and child in left:
                ready.append(child)
    return tuple(edge for edge in derivations if edge.parent not in rank or rank[edge.parent] < rank[edge.child])


def _rows(index: Index, origin: Origin, kept: Sequence[Derivation], told: set[str]) -> Iterable[Row]:
    direct = {edge.child: edge for edge in kept if edge.parent == origin.id}
    roots = {origin.document} if origin.document else set()
    holding = {statement.document for statement in index.resting_on(origin)}
    reach = _reach(kept, roots | set(direct) | holding)
    best = _best_parents(kept, reach, direct)
    for root in roots:
        best.pop(root, None)
    tops = [
        document.id for document in index.documents if document.id in reach and _is_top(best.get(document.id), origin)
    ]
    return _walk(index, sorted(tops, key=lambda id_: id_ not in roots), best, told, frozenset(roots))


def _is_top(edge: Derivation | None, origin: Origin) -> bool:
    return edge is None or edge.parent == origin.id


def _reach(edges: Sequence[Derivation], start: Iterable[str]) -> set[str]:
    below = defaultdict(list)
    for edge in edges:
        below[edge.parent].append(edge.child)
    found, stack = set[str](), list(start)
    while stack:
        current = stack.pop()
        if current not in found:
            found.add(current)
            stack.extend(below[current])
    return found


def _best_parents(
    edges: Sequence[Derivation], among: set[str], direct: Mapping[str, Derivation]
) -> dict[str, Derivation]:
    """For each document the one derivation to show it under: copying before citing, nearer the origin, then surer."""
    best = dict(direct)
    for edge in edges:
        if edge.child in among and edge.parent in among:
            best[edge.child] = min(best.get(edge.child, edge), edge, key=lambda e: _preference(e, direct))
    return best


def _preference(edge: Derivation, direct: Mapping[str, Derivation]) -> tuple[int, bool, float, str]:
    return (STRENGTH[edge.how], direct.get(edge.child) is not edge, -edge.confidence, edge.parent)


def _walk(
    index: Index, tops: Sequence[str], best: Mapping[str, Derivation], told: set[str], own: frozenset[str]
) -> Iterable[Row]:
    order = {document.id: number for number, document in enumerate(index.documents)}
    below = defaultdict(list)
    for child, edge in best.items():
        below[edge.parent].append(child)
    top = set(tops)
    stack = [(id_, 0, number == 0) for number, id_ in enumerate(reversed(tops))]
    while stack:
        current, depth, last = stack.pop()
        children = sorted((child for child in below[current] if child not in top), key=order.__getitem__, reverse=True)
        yield Row(
            document=index.document(current),
            depth=depth,
            last=last,
            derivation=best.get(current),
            is_origin=current in own,
            told_above=current in told and bool(children),
        )
        if current not in told:
            stack.extend((child, depth + 1, number == 0) for number, child in enumerate(children))
        told.add(current)
