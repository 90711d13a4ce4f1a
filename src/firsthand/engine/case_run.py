"""Runs the stages over a case: reads what is new, and traces and reconciles all of it when anything changed.

Whatever was read is kept at once, so a run that was killed goes on where it was. What is traced is a function of the
sealed bytes, the methods and the decisions alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from firsthand.engine.case_method import reading_method, tracing_method
from firsthand.engine.changes import Change, changes
from firsthand.engine.decisions import (
    apply_to_documents,
    apply_to_statements,
    apply_to_traced,
    standing,
    without_unaccepted,
)
from firsthand.engine.proposals import Tally, tally
from firsthand.engine.stages import Stages, default_stages
from firsthand.engine.tracing import Progress
from firsthand.engine.workers import Reading, read_captures
from firsthand.records import (
    Capture,
    Decision,
    Document,
    Finding,
    Json,
    Proposals,
    Refusal,
    Statement,
    canonical_json,
)
from firsthand.store.errors import ObjectDamaged, ObjectMissing
from firsthand.store.folder import Writer, writing
from firsthand.store.index import Row, SearchText
from firsthand.store.objects import Objects
from firsthand.store.serial import from_json, to_json

_NOT_SEALED = ("object-damaged", "object-missing")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """What a run came to."""

    read: int
    """Captures that were read in this run."""
    kept: int
    """Captures whose reading was kept from an earlier run."""
    retraced: bool
    """Whether anything had changed, so that origins and findings were made again."""
    refused: tuple[Refusal, ...]
    """Captures of the case that could not be used: damaged on disk, or refused by a reader."""
    changed: tuple[Change, ...] = ()
    """Findings whose counts are not those of the run before; none for the first run."""
    proposed: tuple[Tally, ...] = ()
    """What became of what models proposed, model by model."""


def run(
    folder: Path,
    *,
    stages: Stages | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    afresh: bool = False,
) -> Ran:
    """Brings documents, statements, origins and findings up to date with what the case holds and what people decided.

    Every capture's bytes are hashed before anything made of them is used; a damaged one is refused by name. `afresh`
    reads and traces everything again. Kill it at any time and run it again.
    """
    stages = stages if stages is not None else default_stages()
    with writing(folder) as writer:
        reader = _Reader(
            writer=writer, stages=stages, workers=workers, method=reading_method(stages),
            proposals=writer.index.proposals(),
        )  # fmt: skip
        readings, read = reader.bring_up_to_date(progress, afresh=afresh)
        decisions = standing(writer.index.decisions())
        state = _state(readings, decisions, (reader.method, tracing_method(stages), _digest(reader.proposals)))
        retraced = afresh or writer.index.note("state") != state
        changed: tuple[Change, ...] = ()
        if retraced:
            rows, texts, findings = _conclude(readings, decisions, stages)
            if writer.index.note("state") is not None:
                before = [from_json(Finding, each) for each in writer.index.records("finding")]
                changed = changes(before, findings)
            with writer.index.transaction():
                writer.index.replace_records(rows, texts)
                writer.index.set_note("state", state)
                writer.index.set_note("changed", [to_json(change) for change in changed])
                writer.index.set_note("decided", [decision.id for decision in decisions])
    refused = tuple(refusal for reading in readings for refusal in reading.refused_at_every_path())
    return Ran(
        read=read, kept=len(readings) - read, retraced=retraced, refused=refused, changed=changed,
        proposed=tally(reader.proposals, readings),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """Reads what has not been read by this method."""

    writer: Writer
    stages: Stages
    workers: int | None
    method: str
    proposals: tuple[Proposals, ...]

    def bring_up_to_date(self, progress: Progress | None, *, afresh: bool) -> tuple[list[Reading], int]:
        """What each capture came to, by path and hash, and how many were read for it just now."""
        captures = by_path(self.writer.index.captures())
        methods = {} if afresh else self.writer.index.derived_methods()
        new = [capture for capture in captures if methods.get(capture.sha256) != self._method_for(capture)]
        fresh: dict[str, Reading] = {}
        for reading in self._read(new):
            fresh[reading.capture.sha256] = reading
            if progress is not None:
                progress(len(fresh), len(new), reading.capture.path)
        return [fresh.get(each.sha256) or self._kept(each) for each in captures], len(fresh)

    def _read(self, captures: Sequence[Capture]) -> Iterator[Reading]:
        objects = self.writer.objects
        for reading in read_captures(
            captures,
            lambda capture: load(objects, capture),
            stages=self.stages,
            workers=self.workers,
            proposals=self._proposals_for,
        ):
            if reading.refusal is None or reading.refusal.code not in _NOT_SEALED:
                with self.writer.index.transaction():
                    self.writer.index.set_derived(
                        reading.capture.sha256, self._method_for(reading.capture), _reading_to_json(reading)
                    )
            yield reading

    def _proposals_for(self, capture: Capture) -> tuple[Proposals, ...]:
        return tuple(each for each in self.proposals if each.sha256 == capture.sha256)

    def _method_for(self, capture: Capture) -> str:
        """Names what a capture is read with: the methods, and whatever models proposed for it."""
        proposals = self._proposals_for(capture)
        return f"{self.method}+{_digest(proposals)}" if proposals else self.method

    def _kept(self, capture: Capture) -> Reading:
        content = load(self.writer.objects, capture)
        if isinstance(content, Refusal):
            return Reading(capture=capture, refusal=content)
        return _reading_from_json(capture, self.writer.index.derived(capture.sha256))


def _digest(proposals: Sequence[Proposals]) -> str:
    return hashlib.sha256(canonical_json([to_json(each) for each in proposals])).hexdigest()[:16]


def load(objects: Objects, capture: Capture) -> bytes | Refusal:
    """The capture's sealed bytes; a refusal that names it when they are not what was sealed."""
    try:
        return objects.read(capture.sha256)
    except (ObjectDamaged, ObjectMissing) as fault:
        code = "object-damaged" if isinstance(fault, ObjectDamaged) else "object-missing"
        reason = f"{fault.reason} Object {capture.sha256}."
        return Refusal(path=capture.path, code=code, reason=reason, remedy=fault.remedy)


def by_path(captures: Sequence[Capture]) -> list[Capture]:
    """Captures in an order that does not depend on when they came in."""
    return sorted(captures, key=lambda capture: (capture.path, capture.sha256))


def _reading_to_json(reading: Reading) -> dict[str, Json]:
    return {
        "documents": [to_json(document) for document in reading.documents],
        "statements": [to_json(statement) for statement in reading.statements],
        "refusal": to_json(reading.refusal) if reading.refusal is not None else None,
        "left_out": [to_json(refusal) for refusal in reading.left_out],
    }


def _reading_from_json(capture: Capture, body: Mapping[str, list[object]]) -> Reading:
    return Reading(
        capture=capture,
        documents=tuple(from_json(Document, each) for each in body["documents"]),
        statements=tuple(from_json(Statement, each) for each in body["statements"]),
        refusal=from_json(Refusal, body["refusal"]) if body["refusal"] is not None else None,
        left_out=tuple(from_json(Refusal, each) for each in body.get("left_out", [])),
    )


def _state(readings: Sequence[Reading], decisions: Sequence[Decision], methods: Sequence[str]) -> str:
    """Stands for everything that origins and findings are made from."""
    usable = [
        [each.capture.sha256, each.capture.path, *(refusal.code for refusal in each.refused)] for each in readings
    ]
    decided = [to_json(decision) for decision in decisions]
    content: Json = {"readings": usable, "decisions": decided, "methods": methods}
    return hashlib.sha256(canonical_json(content)).hexdigest()


def _conclude(
    readings: Sequence[Reading], decisions: Sequence[Decision], stages: Stages
) -> tuple[list[Row], list[SearchText], tuple[Finding, ...]]:
    """Traces and reconciles; everything found, in the form the index keeps, and the findings."""
    read = tuple(statement for reading in readings for statement in reading.statements)
    documents = apply_to_documents([document for reading in readings for document in reading.documents], decisions)
    judged = apply_to_statements(read, decisions)
    statements = without_unaccepted(judged, decisions)
    traced = apply_to_traced(stages.trace(documents, statements), statements, decisions)
    findings = stages.reconcile(documents, statements, traced, decisions)
    left, counted = ({statement.id for statement in kept} for kept in (judged, statements))
    rejected = [statement for statement in read if statement.id not in left]
    proposed = [statement for statement in judged if statement.id not in counted]
    rows = [Row(kind="document", id=each.id, body=to_json(each)) for each in documents]
    rows += [Row(kind="statement", id=each.id, body=to_json(each)) for each in statements]
    rows += [Row(kind="rejected", id=each.id, body=to_json(each)) for each in rejected]
    rows += [Row(kind="proposed", id=each.id, body=to_json(each)) for each in proposed]
    rows += [Row(kind="derivation", id=each.child, body=to_json(each)) for each in traced.derivations]
    rows += [Row(kind="origin", id=each.id, body=to_json(each)) for each in traced.origins]
    rows += [Row(kind="grounding", id=each.statement, body=to_json(each)) for each in traced.groundings]
    rows += [Row(kind="finding", id=each.id, body=to_json(each)) for each in findings]
    unread = (refusal for reading in readings for refusal in reading.refused_at_every_path())
    rows += [Row(kind="unread", id="", body=to_json(each)) for each in unread]
    texts = [SearchText(kind="document", id=each.id, title=each.title or "", text=each.text) for each in documents]
    texts += [SearchText(kind="statement", id=each.id, title="", text=each.quote) for each in statements]
    texts += [
        SearchText(kind="origin", id=each.id, title=each.name, text=" ".join(each.aliases)) for each in traced.origins
    ]
    texts += [SearchText(kind="finding", id=each.id, title="", text=each.text) for each in findings]
    return rows, texts, tuple(findings)
