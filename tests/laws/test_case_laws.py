"""Laws of counts over whole cases: the bundled one and the story families, read and extracted as they are."""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from firsthand.reconcile import reconcile
from firsthand.records import Document, Finding, Statement, Traced
from firsthand.trace import trace

sys.path.insert(0, str(Path(__file__).parent.parent / "unit"))
from told_cases import FOLDERS, documents_of, statements_of

Concluded = tuple[Traced, tuple[Finding, ...]]


def concluded(documents: Sequence[Document], statements: Sequence[Statement]) -> Concluded:
    traced = trace(documents, statements)
    return traced, reconcile(documents, statements, traced)


@cache
def before(case: str) -> Concluded:
    return concluded(documents_of(case), statements_of(case))


def by_statement(findings: Sequence[Finding]) -> Mapping[str, Finding]:
    return {member.statement: finding for finding in findings for member in finding.members}


def copied(document: Document, statements: Sequence[Statement], **changed: object) -> tuple[Document, list[Statement]]:
    """A copy of the document under another identifier, with copies of its statements."""
    copy = replace(document, id=f"{document.id}-copy", path="copy.html", **changed)  # type: ignore[arg-type]
    own = [statement for statement in statements if statement.document == document.id]
    return copy, [replace(statement, id=f"{statement.id}-copy", document=copy.id) for statement in own]


REPRINTED = {
    "as it was": {},
    "elsewhere": {"outlet": "Reprint Monitor", "byline": None, "published": "2039-05-05", "url": None},
}


@pytest.mark.parametrize("how", REPRINTED)
@pytest.mark.parametrize("case", FOLDERS)
def test_a_reprint_raises_no_count(case: str, how: str) -> None:
    """Whichever document is printed again: no independent, disputing or undetermined one comes to any finding."""
    documents, statements = documents_of(case), statements_of(case)
    counts = by_statement(before(case)[1])
    for document in documents:
        copy, said = copied(document, statements, **REPRINTED[how])
        _, findings = concluded([*documents, copy], [*statements, *said])
        for key, finding in by_statement(findings).items():
            was, now = counts[key.removesuffix("-copy")].counts, finding.counts
            assert now.independent <= was.independent, (document.path, finding.text)
            assert now.disputed_by <= was.disputed_by, (document.path, finding.text)
            assert now.undetermined <= was.undetermined, (document.path, finding.text)


@pytest.mark.parametrize("case", FOLDERS)
def test_order_and_duplication_of_input_change_nothing(case: str) -> None:
    documents, statements = [*documents_of(case)] * 2, [*statements_of(case)] * 2
    for chance in (random.Random(1), random.Random(2)):
        chance.shuffle(documents)
        chance.shuffle(statements)
        traced, findings = concluded(documents, statements)
        assert findings == before(case)[1]
        assert (traced.derivations, traced.origins) == (before(case)[0].derivations, before(case)[0].origins)


@pytest.mark.parametrize("case", FOLDERS)
def test_no_more_origins_are_counted_than_are_named_or_observed(case: str) -> None:
    """Every counted origin is a captured document's own or is named in the text of a document; two are never one."""
    traced, findings = before(case)
    texts = [f"{d.outlet} {d.title} {d.text}".lower() for d in documents_of(case)]
    captured = {document.id for document in documents_of(case)}
    for origin in traced.origins:
        names = (origin.name, *origin.aliases)
        assert origin.document in captured or any(name.lower() in text for name in names for text in texts), origin
    rests_on = {grounding.statement: set(grounding.origins) for grounding in traced.groundings}
    for finding in findings:
        reached = set().union(*(rests_on[member.statement] for member in finding.members))
        assert finding.counts.independent + finding.counts.disputed_by <= 2 * len(reached)
        assert max(finding.counts.independent, finding.counts.disputed_by) <= len(reached) <= len(traced.origins)


def drawing_on(document: str, traced: Traced) -> set[str]:
    """The documents that draw on one, by any number of steps."""
    children: defaultdict[str, set[str]] = defaultdict(set)
    for edge in traced.derivations:
        children[edge.parent].add(edge.child)
    found: set[str] = set()
    todo = [document]
    while todo:
        new = children[todo.pop()] - found
        found |= new
        todo += sorted(new)
    return found


WEIGHED = "” means "
"""In the reason of a grounding whose voice was only described."""


def shifted(document: str, before_it_went: Traced, now: Traced) -> set[str]:
    """Documents that draw on a removed one, or on others than before, and those that draw on them."""
    first = drawing_on(document, before_it_went)
    edges = [
        {(e.child, e.parent, e.how) for e in traced.derivations if e.parent != document and e.child != document}
        for traced in (before_it_went, now)
    ]
    first |= {child for child, *_ in edges[0] ^ edges[1]}
    return first.union(*(drawing_on(child, traced) for child in first for traced in (before_it_went, now)))


@pytest.mark.parametrize("case", FOLDERS)
def test_removing_a_document_moves_only_what_rested_on_it(case: str) -> None:
    """Statements of documents that do not draw on it keep their origins, and a finding whose other members stay keeps
    its count, less what went and more only by origins that the documents drawing on it now show for themselves.

    How rare a detail is, is measured over the case, so a removal may also move what was weighed: documents whose own
    parents change with it, and voices that are only described.
    """
    documents, statements = documents_of(case), statements_of(case)
    traced, findings = before(case)
    grounds = {grounding.statement: grounding for grounding in traced.groundings}
    groups = {frozenset(member.statement for member in finding.members): finding for finding in findings}
    for document in documents:
        gone = {statement.id for statement in statements if statement.document == document.id}
        left = [statement for statement in statements if statement.id not in gone]
        now, found = concluded([d for d in documents if d.id != document.id], left)
        moving = {s.id for s in left if s.document in shifted(document.id, traced, now)}
        moving |= {key for key, ground in grounds.items() if document.id in ground.chain or WEIGHED in ground.reason}
        after = {grounding.statement: grounding.origins for grounding in now.groundings}
        for statement in left:
            if statement.id not in moving:
                assert set(after[statement.id]) == set(grounds[statement.id].origins), (document.path, statement.quote)
        kept = {group - gone: finding for group, finding in groups.items()}
        for finding in found:
            members = frozenset(member.statement for member in finding.members)
            if members in kept:
                explained = {origin for key in members & moving for origin in after[key]}
                assert finding.counts.independent <= kept[members].counts.independent + len(explained)
