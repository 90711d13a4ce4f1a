"""From statements to findings."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.reconcile.answers import answered
from firsthand.reconcile.candidates import candidates
from firsthand.reconcile.case import build_case
from firsthand.reconcile.cluster import average_link
from firsthand.reconcile.counting import Ledger, count, ledger
from firsthand.reconcile.deciding import Judged, finding_id, replay
from firsthand.reconcile.explaining import explain
from firsthand.reconcile.likeness import FLOOR, score, shown_alike, told_apart
from firsthand.reconcile.stance import take_sides
from firsthand.reconcile.variants import variants
from firsthand.reconcile.wording import plain_sentence
from firsthand.records import Decision, Document, Finding, Membership, Statement, Traced


def reconcile(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    traced: Traced,
    decisions: Sequence[Decision] = (),
) -> tuple[Finding, ...]:
    """Findings: statements that assert or dispute the same thing, with their origins counted and explained.

    Every statement that nobody rejected is in exactly one finding. The order of documents and statements changes
    nothing; decisions are replayed in the order given. Findings with the most independent origins come first.
    """
    book = ledger(documents, statements, traced)
    groups, answers = _groups(documents, statements, traced)
    judged = replay(groups, decisions)
    findings = (_finding(group - judged.rejected, group, judged, book, answers) for group in judged.groups)
    found = [finding for finding in findings if finding is not None]
    return tuple(sorted(found, key=lambda f: (-f.counts.independent, -f.counts.undetermined, f.id)))


def _groups(
    documents: Sequence[Document], statements: Sequence[Statement], traced: Traced
) -> tuple[list[frozenset[str]], frozenset[str]]:
    """Identifiers of the statements that belong together by the evidence alone, and of those that answer the others."""
    case = build_case(documents, statements, traced)
    listed = case.assertions
    pairs = candidates(case)
    scores = {(a, b): score(listed[a], listed[b], case, (a, b)) for a, b in pairs}

    def apart(a: int, b: int) -> bool:
        return told_apart(listed[a], listed[b], case, (a, b))

    clusters = average_link(len(listed), scores, apart, floor=round(1000 * FLOOR))
    parted = [part for cluster in clusters for part in shown_alike(cluster, case, scores)]
    parted, answers = answered(parted, case, pairs)
    groups = [frozenset(key for number in part for key in listed[number].statements) for part in parted]
    return groups, frozenset(key for number in answers for key in listed[number].statements)


def _finding(
    counted: frozenset[str], group: frozenset[str], judged: Judged, book: Ledger, answers: frozenset[str]
) -> Finding | None:
    """The finding that the `counted` statements of a group make up; None when a person rejected them all."""
    if not counted:
        return None
    members = [book.statements[key] for key in sorted(counted)]
    sides = tuple(
        Membership(statement=side.statement, stance=judged.stances.get(side.statement, side.stance))
        for side in take_sides(members, book, answers)
    )
    supporting = {side.statement for side in sides if side.stance == "supports"} or counted
    accepted = ("A person accepted this finding as it stands.",) if group in judged.accepted else ()
    return Finding(
        id=finding_id(counted),
        text=judged.texts.get(group) or plain_sentence([book.statements[key] for key in sorted(supporting)]),
        members=sides,
        counts=count(sides, book),
        explanation=(*explain(sides, book), *accepted),
        variants=variants(members, book),
    )
