"""Reads a case: what was captured, what the last run made of it, what people decided. Nothing here writes or waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

from firsthand.engine.case_run import by_path
from firsthand.engine.changes import Change
from firsthand.engine.decisions import lapsed, standing, undone
from firsthand.records import (
    Capture,
    Decision,
    Derivation,
    Document,
    Finding,
    Grounding,
    Origin,
    Refusal,
    Results,
    Statement,
    Traced,
    Visit,
)
from firsthand.store.errors import RecordNotFound
from firsthand.store.folder import reading
from firsthand.store.index import Hit, Index
from firsthand.store.serial import from_json
from firsthand.version import VERSION

Record: TypeAlias = Document | Statement | Origin | Finding | Capture | Decision
R = TypeVar("R")

_KINDS: dict[str, type[Record]] = {
    "document": Document,
    "statement": Statement,
    "rejected": Statement,
    "proposed": Statement,
    "origin": Origin,
    "finding": Finding,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One record and what kind it is."""

    kind: str
    """`document`, `statement`, `origin`, `finding`, `capture`, `decision`; `rejected`: a statement someone rejected;
    `proposed`: one that only a model proposed."""
    record: Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A decision, and whether it is in force."""

    decision: Decision
    undone: bool
    lapsed: bool
    """Nothing it speaks of is in the case's results, so it changes nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """How a case stands, in numbers."""

    captures: int
    unread: int
    """Captures that no run has read."""
    refused: int
    """Files that could not be taken in, and captures that could not be read, by path."""
    documents: int
    statements: int
    proposed: int
    """Statements that only a model proposed and nobody has accepted; they are not among `statements`."""
    derivations: int
    origins: int
    findings: int
    decisions: int
    """Decisions in force."""
    undecided: int
    """Decisions made, or undone, since the last run, which does not show them yet."""

    @property
    def current(self) -> bool:
        """Whether a run would have nothing to do, unless files were damaged or the methods changed."""
        return self.unread == 0 and self.undecided == 0


def captures(folder: Path) -> tuple[Capture, ...]:
    """Every capture of the case, by path."""
    with reading(folder) as (_, index):
        return tuple(by_path(index.captures()))


def visits(folder: Path) -> tuple[Visit, ...]:
    """Every fetch that gave no new capture, in the order they were made."""
    with reading(folder) as (_, index):
        return index.visits()


def sealed_bytes(folder: Path, sha256: str) -> bytes:
    """Exactly the bytes of a capture or a visit; raises `ObjectMissing` or `ObjectDamaged`."""
    with reading(folder) as (objects, _):
        return objects.read(sha256)


def documents(folder: Path) -> tuple[Document, ...]:
    """Documents as the last run read them and people corrected them, by the path of their captures."""
    return _all(folder, "document", Document)


def statements(folder: Path) -> tuple[Statement, ...]:
    """Statements as corrected, without those that people rejected; document by document."""
    return _all(folder, "statement", Statement)


def rejected(folder: Path) -> tuple[Statement, ...]:
    """Statements that people rejected."""
    return _all(folder, "rejected", Statement)


def proposed(folder: Path) -> tuple[Statement, ...]:
    """Statements that only a model proposed and nobody has accepted or rejected; document by document."""
    return _all(folder, "proposed", Statement)


def derivations(folder: Path) -> tuple[Derivation, ...]:
    """Who draws on whom."""
    return _all(folder, "derivation", Derivation)


def origins(folder: Path) -> tuple[Origin, ...]:
    """What it all rests on."""
    return _all(folder, "origin", Origin)


def groundings(folder: Path) -> tuple[Grounding, ...]:
    """The origins of each statement, in the statements' order."""
    return _all(folder, "grounding", Grounding)


def findings(folder: Path) -> tuple[Finding, ...]:
    """Findings in the order in which reconciling put them."""
    return _all(folder, "finding", Finding)


def refusals(folder: Path) -> tuple[Refusal, ...]:
    """Files that could not be taken in, and captures that could not be used, by path."""
    with reading(folder) as (_, index):
        return _refusals(index)


def decisions(folder: Path) -> tuple[Made, ...]:
    """Every decision in the order it was made."""
    with reading(folder) as (_, index):
        made = index.decisions()
        gone = undone(made)
        idle = {decision.id for decision in lapsed(made, _subjects_there(index))}
    return tuple(
        Made(
            decision=decision,
            undone=decision.id in gone,
            lapsed=decision.id in idle,
        )
        for decision in made
    )


def changed(folder: Path) -> tuple[Change, ...]:
    """What the last run that found something new changed in the counts of the one before; none after a first run."""
    with reading(folder) as (_, index):
        return tuple(from_json(Change, each) for each in index.note("changed") or ())


def results(folder: Path) -> Results:
    """Everything the last run concluded, in the form that one-shot tracing gives."""
    with reading(folder) as (_, index):
        return Results(
            version=VERSION,
            documents=_records(index, "document", Document),
            statements=_records(index, "statement", Statement),
            traced=Traced(
                derivations=_records(index, "derivation", Derivation),
                origins=_records(index, "origin", Origin),
                groundings=_records(index, "grounding", Grounding),
            ),
            findings=_records(index, "finding", Finding),
            refused=_refusals(index),
            captures=tuple(by_path(index.captures())),
            proposed=_records(index, "proposed", Statement),
        )


def show(folder: Path, identifier: str) -> Shown:
    """The record with that identifier, or the only one whose identifier begins so; raises `RecordNotFound`."""
    with reading(folder) as (_, index):
        return find(index, identifier)


def search(folder: Path, text: str, *, limit: int = 50) -> tuple[Hit, ...]:
    """Documents, statements, origins and findings that hold every word of `text`, the best first.

    Words in double quotes must stand next to each other. Case and accents make no difference.
    """
    words = [quoted or word for quoted, word in re.findall(r'"([^"]+)"|([^\s"]+)', text)]
    with reading(folder) as (_, index):
        return index.search([word for word in words if any(map(str.isalnum, word))], limit)


def status(folder: Path) -> Status:
    """How the case stands."""
    with reading(folder) as (_, index):
        counts = index.counts()
        in_force = [decision.id for decision in standing(index.decisions())]
        held = {capture.sha256 for capture in index.captures()}
        return Status(
            captures=len(held),
            unread=len(held - index.derived_methods().keys()),
            refused=len(_refusals(index)),
            documents=counts.get("document", 0),
            statements=counts.get("statement", 0),
            proposed=counts.get("proposed", 0),
            derivations=counts.get("derivation", 0),
            origins=counts.get("origin", 0),
            findings=counts.get("finding", 0),
            decisions=len(in_force),
            undecided=len(set(in_force) ^ set(index.note("decided") or ())),
        )


def find(index: Index, identifier: str) -> Shown:
    """The record of an open index with that identifier, or the only one that begins so; raises `RecordNotFound`."""
    found = [Shown(kind=row.kind, record=from_json(_KINDS[row.kind], row.body)) for row in index.find(identifier)]
    found += [Shown(kind="capture", record=each) for each in index.captures() if each.sha256.startswith(identifier)]
    found += [Shown(kind="decision", record=each) for each in index.decisions() if each.id.startswith(identifier)]
    if len(found) == 1 and identifier:
        return found[0]
    if not found:
        remedy = (
            "List documents, statements, origins or findings to see the identifiers; after adding files, run first."
        )
        raise RecordNotFound(identifier, "No record of this case has that identifier.", remedy)
    raise RecordNotFound(identifier, f"{len(found)} records begin so.", "Give more of the identifier.")


def _subjects_there(index: Index) -> frozenset[str]:
    """Everything a decision may speak of."""
    return index.identifiers() | {decision.id for decision in index.decisions()}


def _all(folder: Path, kind: str, record: type[R]) -> tuple[R, ...]:
    with reading(folder) as (_, index):
        return _records(index, kind, record)


def _records(index: Index, kind: str, record: type[R]) -> tuple[R, ...]:
    return tuple(from_json(record, body) for body in index.records(kind))


def _refusals(index: Index) -> tuple[Refusal, ...]:
    both = {*index.refusals(), *_records(index, "unread", Refusal)}
    return tuple(sorted(both, key=lambda refusal: (refusal.path, refusal.code)))
