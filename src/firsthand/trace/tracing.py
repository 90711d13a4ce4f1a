"""The stage: documents and their statements become derivations, origins and, for every statement, the origins it
rests on.
"""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.records import Derivation, Document, Evidence, Grounding, Statement, Traced
from firsthand.trace.alignment import Alignment
from firsthand.trace.derive import bodies_papers, derive_profiled
from firsthand.trace.details import profile
from firsthand.trace.grounds import Ground, Grounds
from firsthand.trace.sources import Sources

METHOD = "trace-rules/1"
# Edges to origins that the text itself names are as sure as its words; below a person's confirmation, which is 1.
NAMED_CONFIDENCE = 0.9


def trace(documents: Sequence[Document], statements: Sequence[Statement]) -> Traced:
    """Derivations between `documents`, the origins behind `statements`, and one grounding a statement in the
    given order.

    A statement whose origin cannot be shown gets a grounding without origins, which counts as undetermined. The
    order of
    the arguments changes nothing but the order of the groundings.
    """
    ordered = sorted({d.id: d for d in documents}.values(), key=lambda d: d.id)
    said = sorted({s.id: s for s in statements}.values(), key=lambda s: (s.document, s.start, s.end, s.id))
    profiles = {d.id: profile(d) for d in ordered}
    sources = Sources(ordered, said)
    edges = derive_profiled(list(profiles.values()), bodies_papers({d.id: sources.published_as(d.id) for d in ordered}))
    grounds = Grounds(ordered, said, edges, sources, Alignment(profiles, said))
    reached = {s.id: grounds.of(s) for s in said}
    origins = sources.origins(reached.values())
    groundings = tuple(_grounding(s, reached[s.id], sources) for s in statements)
    return Traced(derivations=(*edges, *_named(said, reached, sources)), origins=origins, groundings=groundings)


def _grounding(statement: Statement, ground: Ground, sources: Sources) -> Grounding:
    origins = tuple(sorted({sources.origin_id(key) for key in ground.origins}))
    return Grounding(statement=statement.id, origins=origins, chain=ground.chain, reason=ground.reason)


def _named(said: Sequence[Statement], reached: dict[str, Ground], sources: Sources) -> tuple[Derivation, ...]:
    """Edges that statements themselves name to origins that are not captured; `derive` finds the others."""
    found: dict[tuple[str, str], Derivation] = {}
    for statement in said:
        ground = reached[statement.id]
        if not statement.speakers or len(ground.chain) > 1:
            continue
        for key in ground.origins:
            edge = (statement.document, sources.origin_id(key))
            if sources.captured(key) is not None or edge in found:
                continue
            voice = statement.speakers[-1]
            evidence = Evidence(kind="cue", text=f"names {voice.name} as its source", child=voice.span)
            found[edge] = Derivation(
                child=edge[0],
                parent=edge[1],
                how="cites",
                credited=True,
                confidence=NAMED_CONFIDENCE,
                evidence=(evidence,),
            )
    return tuple(found[edge] for edge in sorted(found))
