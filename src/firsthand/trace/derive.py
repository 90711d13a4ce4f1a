"""Which captured document draws on which: reprints, rewrites, excerpts and citations.

Texts are taken apart (`details`), paired by rare wording (`passages`) and rare details (`reuse`), asked whom they name
(`credit`) and which came first (`direction`); then each gets the fewest parents that account for it (`derive_parents`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import Final

from firsthand.records import Derivation, Document, Evidence, OriginKind
from firsthand.trace.derive_account import explain
from firsthand.trace.derive_errors import shared_errors
from firsthand.trace.derive_links import compare_all
from firsthand.trace.derive_parents import parents
from firsthand.trace.details import Profile, profile
from firsthand.trace.publishers import publisher_kinds

COPY_CONFIDENCE: Final = 0.99
LEAST_WORDS: Final = 8  # shorter texts that agree are notices ("page not found"), not copies of a story


def derive(documents: Sequence[Document], primary: Container[str] | None = None) -> tuple[Derivation, ...]:
    """Edges child ← parent among `documents`: direct ones only, never a cycle, the same for any order of the input.

    `primary` holds the identifiers of those that are a body's own papers; left out, it is found out from `documents`.

    Copies of one text are reprints of its first copy and count as one document for everything else, so adding a copy
    changes no other edge.
    """
    ordered = sorted({d.id: d for d in documents}.values(), key=lambda d: d.id)
    if primary is None:
        primary = bodies_papers(publisher_kinds(ordered))
    return derive_profiled([profile(d) for d in ordered], primary)


def bodies_papers(kinds: Mapping[str, OriginKind]) -> frozenset[str]:
    """Of documents with what they are origins as, those that are a body's own papers; state media are outlets."""
    return frozenset(d for d, kind in kinds.items() if kind not in ("own-reporting", "state-media"))


def derive_profiled(profiles: Sequence[Profile], primary: Container[str]) -> tuple[Derivation, ...]:
    """The same for documents that are taken apart already, in the order of their identifiers."""
    originals, copies = _distinct([p for p in profiles if p.folded])
    known = compare_all(originals, primary)
    chosen = {child: parents(child, known) for child in sorted(known.links)}
    upward = {child: [link for link, _ in found] for child, found in chosen.items()}
    edges = [
        explain(link, how, known, tuple(shared_errors(link, upward, known)))
        for found in chosen.values()
        for link, how in found
    ]
    edges += [_copy(copy, first) for copy, first in copies if len(copy.folded) >= LEAST_WORDS]
    return without_cycles(edges)


def _distinct(profiles: Sequence[Profile]) -> tuple[list[Profile], list[tuple[Profile, Profile]]]:
    """One profile for each text, and its copies paired with it. The earliest dated copy is the first one."""
    by_words: defaultdict[tuple[str, ...], list[Profile]] = defaultdict(list)
    for prof in profiles:
        by_words[prof.folded].append(prof)
    originals, copies = [], []
    for group in by_words.values():
        first, *rest = sorted(
            group, key=lambda p: (p.document.published or "9999", p.document.byline is None, p.document.id)
        )
        originals.append(first)
        copies += [(copy, first) for copy in rest]
    return sorted(originals, key=lambda p: p.document.id), copies


def _copy(copy: Profile, first: Profile) -> Derivation:
    whole, theirs = copy.span(0, len(copy.folded)), first.span(0, len(first.folded))
    text = f"all {len(copy.folded)} words stand in the other document in the same order"
    return Derivation(
        child=copy.document.id,
        parent=first.document.id,
        how="reprint",
        credited=False,
        confidence=COPY_CONFIDENCE,
        evidence=(Evidence(kind="shared-passage", text=text, child=whole, parent=theirs),),
    )


def without_cycles(edges: Sequence[Derivation]) -> tuple[Derivation, ...]:
    """Keep the surest edges first and drop any that would close a circle; sorted by child and parent."""
    up: defaultdict[str, set[str]] = defaultdict(set)
    kept: list[Derivation] = []
    for edge in sorted(edges, key=lambda e: (-e.confidence, e.child, e.parent)):
        if not _reaches(edge.parent, edge.child, up):
            up[edge.child].add(edge.parent)
            kept.append(edge)
    return tuple(sorted(kept, key=lambda e: (e.child, e.parent)))


def _reaches(start: str, goal: str, up: Mapping[str, set[str]]) -> bool:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        todo += [n for n in sorted(up.get(here, ())) if n not in seen and not seen.add(n)]  # type: ignore[func-returns-value]
    return False
