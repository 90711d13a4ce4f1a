"""What people decided, applied to what the machine found. The two are kept apart; together they give the same results.

    act      subjects                          effect
    accept   any record                        marks it as looked at and found right
    accept   statements that models proposed   they are traced and counted like any other
    reject   statements, documents, findings   their statements are left out of tracing and counting
    reject   origins                           nothing rests on them: what did becomes undetermined
    correct  a statement, document, origin     `values` replace what the machine read there
    correct  a finding, a statement's stance   handed to reconciling
    merge    origins                           they are one; the first keeps its identifier
    merge    findings or statements            handed to reconciling
    split    statements, or one finding        handed to reconciling
    break    child, parent of a derivation     the link is gone; what rested on it becomes undetermined
    confirm  child, parent of a derivation     the link is certain; made, as `values["how"]`, if there was none
    undo     a decision                        as if it had not been made; an undo can be undone

Subjects that are no longer there are passed over: `lapsed` names the decisions that have none left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from firsthand.records import (
    Decision,
    Derivation,
    Document,
    Evidence,
    Grounding,
    Json,
    Origin,
    Statement,
    Traced,
)
from firsthand.store.serial import NotARecord, from_json, to_json

Correctable = TypeVar("Correctable", Document, Statement, Origin)

CORRECTABLE: Mapping[type, frozenset[str]] = {
    Document: frozenset({"title", "outlet", "byline", "published", "language", "url"}),
    Statement: frozenset(
        {"certainty", "negated", "activity", "technology", "actor", "supplier", "place", "country", "time"}
    ),
    Origin: frozenset({"kind", "name"}),
}
"""Fields that a person may correct. Quotes and offsets are none: they are what the bytes say."""


def undone(decisions: Sequence[Decision]) -> frozenset[str]:
    """Identifiers of the decisions that were undone. The last are looked at first: an undone undo has no effect."""
    gone: set[str] = set()
    for decision in reversed(decisions):
        if decision.act == "undo" and decision.id not in gone:
            gone.update(decision.subjects)
    return frozenset(gone)


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions in force, in their order: those undone are left out, and so is `undo` itself."""
    gone = undone(decisions)
    return tuple(decision for decision in decisions if decision.act != "undo" and decision.id not in gone)


def lapsed(decisions: Sequence[Decision], there: Set[str]) -> tuple[Decision, ...]:
    """The decisions in force of which no subject is among the identifiers `there`, so that they change nothing."""
    return tuple(decision for decision in standing(decisions) if there.isdisjoint(decision.subjects))


def corrected(record: Correctable, values: Mapping[str, str]) -> Correctable:
    """The record with `values` in place of what it says; raises `NotARecord` for a field or value it cannot have.

    An empty value takes the field's content away. `technology` is a list with commas, `negated` is `true` or `false`.
    """
    kind = type(record)
    plain: dict[str, Json] = to_json(record)
    for name, value in values.items():
        if name not in CORRECTABLE[kind]:
            allowed = ", ".join(sorted(CORRECTABLE[kind]))
            raise NotARecord(f"{kind.__name__}.{name}: cannot be corrected; what can be is {allowed}")
        plain[name] = _parsed(name, value)
    return from_json(kind, plain)


def _parsed(name: str, value: str) -> Json:
    if name == "technology":
        return [part.strip() for part in value.split(",") if part.strip()]
    if name == "negated":
        return {"true": True, "false": False}.get(value, value)
    return value or None


def apply_to_documents(documents: Sequence[Document], decisions: Sequence[Decision]) -> tuple[Document, ...]:
    """The documents as people corrected them."""
    return _correct_all(documents, standing(decisions))


def without_unaccepted(statements: Sequence[Statement], decisions: Sequence[Decision]) -> tuple[Statement, ...]:
    """The statements without those that only a model proposed, unless a person accepted them."""
    subjects = {subject for each in standing(decisions) if each.act == "accept" for subject in each.subjects}
    return tuple(each for each in statements if not each.proposed_by or each.id in subjects)


def apply_to_statements(statements: Sequence[Statement], decisions: Sequence[Decision]) -> tuple[Statement, ...]:
    """The statements as people corrected them, without those they rejected."""
    in_force = standing(decisions)
    gone = {subject for decision in in_force if decision.act == "reject" for subject in decision.subjects}
    left = [each for each in statements if each.id not in gone and each.document not in gone]
    return _correct_all(left, in_force)


def _correct_all(records: Sequence[Correctable], in_force: Sequence[Decision]) -> tuple[Correctable, ...]:
    by_id = {record.id: record for record in records}
    for decision in in_force:
        for subject in decision.subjects if decision.act == "correct" else ():
            if subject in by_id:
                record = by_id[subject]
                # A finding's text and a statement's stance are corrected when findings are made.
                ours = {name: value for name, value in decision.values.items() if name in CORRECTABLE[type(record)]}
                by_id[subject] = corrected(record, ours)
    return tuple(by_id[record.id] for record in records)


def apply_to_traced(traced: Traced, statements: Sequence[Statement], decisions: Sequence[Decision]) -> Traced:
    """Derivations, origins and groundings as people decided about them, one decision after another."""
    in_force = standing(decisions)
    for decision in in_force:
        if decision.act == "reject":
            traced = _reject_origins(traced, decision)
        elif decision.act == "merge":
            traced = _merge_origins(traced, decision)
        elif decision.act == "break":
            traced = _break_link(traced, statements, decision)
        elif decision.act == "confirm":
            traced = _confirm_link(traced, statements, decision)
    return replace(traced, origins=_correct_all(traced.origins, in_force))


def _reject_origins(traced: Traced, decision: Decision) -> Traced:
    gone = {origin.id for origin in traced.origins} & set(decision.subjects)
    if not gone:
        return traced
    return Traced(
        derivations=tuple(link for link in traced.derivations if link.parent not in gone),
        origins=tuple(origin for origin in traced.origins if origin.id not in gone),
        groundings=_without(traced.groundings, lambda each: gone & set(each.origins), decision),
    )


def _merge_origins(traced: Traced, decision: Decision) -> Traced:
    there = {origin.id: origin for origin in traced.origins}
    merged = [there[subject] for subject in decision.subjects if subject in there]
    if len(merged) < 2:
        return traced
    first, others = merged[0], merged[1:]
    names = [name for origin in merged for name in (origin.name, *origin.aliases) if name != first.name]
    documents = [origin.document for origin in merged if origin.document is not None]
    one = replace(
        first,
        document=documents[0] if documents else None,
        aliases=tuple(dict.fromkeys(names)),
        evidence=(*(proof for origin in merged for proof in origin.evidence), _judgement(decision)),
    )
    now = {origin.id: first.id for origin in others}
    return Traced(
        derivations=_relinked(traced.derivations, now),
        origins=tuple(one if origin.id == first.id else origin for origin in traced.origins if origin.id not in now),
        groundings=tuple(
            replace(each, origins=tuple(dict.fromkeys(now.get(origin, origin) for origin in each.origins)))
            for each in traced.groundings
        ),
    )


def _relinked(derivations: Iterable[Derivation], now: Mapping[str, str]) -> tuple[Derivation, ...]:
    """Derivations that lead to what their parents have become; of two between the same pair, the surer one."""
    links: dict[tuple[str, str], Derivation] = {}
    for link in derivations:
        moved = replace(link, parent=now.get(link.parent, link.parent))
        known = links.get((moved.child, moved.parent))
        if known is None or known.confidence < moved.confidence:
            links[moved.child, moved.parent] = moved
    return tuple(links.values())


def _break_link(traced: Traced, statements: Sequence[Statement], decision: Decision) -> Traced:
    child, parent = decision.subjects[0], decision.subjects[-1]
    if not any((link.child, link.parent) == (child, parent) for link in traced.derivations):
        return traced
    own = {statement.id: statement.document for statement in statements}

    def passes(grounding: Grounding) -> set[str]:
        """The origins it reaches over the broken link."""
        chain = grounding.chain or (own.get(grounding.statement, ""),)
        if (child, parent) in pairwise(chain):
            return set(grounding.origins)
        return {parent} & set(grounding.origins) if chain[-1] == child else set()

    return replace(
        traced,
        derivations=tuple(link for link in traced.derivations if (link.child, link.parent) != (child, parent)),
        groundings=_without(traced.groundings, passes, decision),
    )


def _confirm_link(traced: Traced, statements: Sequence[Statement], decision: Decision) -> Traced:
    child, parent = decision.subjects[0], decision.subjects[-1]
    documents = {statement.document for statement in statements} | {link.child for link in traced.derivations}
    nodes = documents | {origin.id for origin in traced.origins} | {link.parent for link in traced.derivations}
    if child not in nodes or parent not in nodes:
        return traced
    proof = _judgement(decision)
    links = [link for link in traced.derivations if (link.child, link.parent) == (child, parent)]
    if links:
        sure = [replace(link, confidence=1.0, evidence=(*link.evidence, proof)) for link in links]
        others = [link for link in traced.derivations if link not in links]
        return replace(traced, derivations=_in_order((*others, *sure)))
    made = replace(new_link(child, parent, decision.values), evidence=(proof,))
    return replace(
        traced,
        derivations=_in_order((*traced.derivations, made)),
        groundings=_grounded_by(made, traced, statements, decision),
    )


def new_link(child: str, parent: str, values: Mapping[str, str]) -> Derivation:
    """A link that a person makes; raises `NotARecord` when `values["how"]` is no way of deriving."""
    how = values.get("how", "cites")
    plain = {"child": child, "parent": parent, "how": how, "credited": False, "confidence": 1.0, "evidence": []}
    return from_json(Derivation, plain)


def _grounded_by(
    link: Derivation, traced: Traced, statements: Sequence[Statement], decision: Decision
) -> tuple[Grounding, ...]:
    """What the child states without a known origin rests, over the new link, on the parent's origin if it has just one.

    With several, nothing shows which statement rests on which, and an origin that is not shown is not counted.
    """
    own = {statement.id: statement.document for statement in statements}
    below = {origin for each in traced.groundings if own.get(each.statement) == link.parent for origin in each.origins}
    is_origin = any(origin.id == link.parent for origin in traced.origins)
    reached = {link.parent} if is_origin else below
    if len(reached) != 1:
        return traced.groundings
    chain = (link.child,) if is_origin else (link.child, link.parent)
    reason = f"By decision {decision.id}: {_reason(decision)}"
    return tuple(
        replace(each, origins=tuple(reached), chain=chain, reason=reason)
        if own.get(each.statement) == link.child and not each.origins
        else each
        for each in traced.groundings
    )


def _without(
    groundings: Iterable[Grounding], gone: Callable[[Grounding], Set[str]], decision: Decision
) -> tuple[Grounding, ...]:
    """The groundings, each without the origins that `gone` names for it; with none left, it is undetermined."""
    kept: list[Grounding] = []
    for each in groundings:
        lost = gone(each)
        if lost:
            left = tuple(origin for origin in each.origins if origin not in lost)
            kept.append(replace(each, origins=left, reason=f"By decision {decision.id}: {_reason(decision)}"))
        else:
            kept.append(each)
    return tuple(kept)


def _in_order(links: Iterable[Derivation]) -> tuple[Derivation, ...]:
    return tuple(sorted(links, key=lambda link: (link.child, link.parent)))


def _judgement(decision: Decision) -> Evidence:
    return Evidence(kind="decision", text=f"Decision {decision.id}: {_reason(decision)}")


def _reason(decision: Decision) -> str:
    """Why, and by whom, as far as they said."""
    why = decision.why or decision.act
    return f"{why} ({decision.by})" if decision.by else why
