"""One shot: files in, origins and findings out, nothing kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeAlias

from firsthand.engine.inputs import InputFile, expand, read_bytes
from firsthand.engine.stages import Stages, default_stages
from firsthand.engine.workers import Reading, read_captures
from firsthand.preserve import merge, seal
from firsthand.records import Capture, Circumstance, Refusal, Results
from firsthand.version import VERSION

Progress: TypeAlias = Callable[[int, int, str], None]
"""Told how many captures are done, of how many, and the path of the one just done."""


def trace_paths(
    paths: Sequence[str],
    *,
    now: str,
    workers: int | None = None,
    stages: Stages | None = None,
    progress: Progress | None = None,
) -> Results:
    """Traces the files that `paths` name (files, folders, patterns) back to the origins they rest on.

    `now` is UTC in ISO 8601, recorded as the time the bytes were taken in. What cannot be used becomes a `Refusal` and
    the rest goes on. Equal bytes are one capture that was met twice. Neither the order of `paths` nor the number of
    `workers` (see `read_captures`) changes the results.
    """
    stages = stages if stages is not None else default_stages()
    inputs = expand(paths)
    captures, places, refused = _seal(inputs.files, now)
    refused = [*inputs.refused, *refused]

    def load(capture: Capture) -> bytes | Refusal:
        return _load_unchanged(capture, places[capture.sha256])

    readings: list[Reading] = []
    for reading in read_captures(captures, load, stages=stages, workers=workers):
        readings.append(reading)
        if progress is not None:
            progress(len(readings), len(captures), reading.capture.path)
    return _conclude(readings, refused, stages)


def _seal(files: Sequence[InputFile], now: str) -> tuple[list[Capture], dict[str, InputFile], list[Refusal]]:
    """Captures of the files in the order of their first paths, where each lies, and what could not be read."""
    met: dict[str, Capture] = {}
    places: dict[str, InputFile] = {}
    refused: list[Refusal] = []
    for file in files:
        content = read_bytes(file)
        if isinstance(content, Refusal):
            refused.append(content)
            continue
        capture = seal(content, Circumstance(path=file.path, captured_at=now, tool=f"firsthand {VERSION}"))
        known = met.get(capture.sha256)
        met[capture.sha256] = merge(known, capture) if known is not None else capture
        places.setdefault(capture.sha256, file)
    return list(met.values()), places, refused


def _load_unchanged(capture: Capture, file: InputFile) -> bytes | Refusal:
    """The capture's bytes again: keeping a whole batch of them in memory would cost more than reading them twice."""
    content = read_bytes(file)
    if isinstance(content, Refusal) or hashlib.sha256(content).hexdigest() == capture.sha256:
        return content
    return Refusal(
        path=capture.path,
        code="changed",
        reason="The file changed while it was being traced.",
        remedy="Wait until it is written, then trace again.",
    )


def _conclude(readings: Sequence[Reading], refused: Sequence[Refusal], stages: Stages) -> Results:
    """Traces and reconciles what was read. A refused capture is refused at every path that its bytes were met at."""
    documents = tuple(document for reading in readings for document in reading.documents)
    statements = tuple(statement for reading in readings for statement in reading.statements)
    traced = stages.trace(documents, statements)
    findings = stages.reconcile(documents, statements, traced)
    unread = [refusal for reading in readings for refusal in reading.refused_at_every_path()]
    return Results(
        version=VERSION,
        documents=documents,
        statements=statements,
        traced=traced,
        findings=tuple(findings),
        refused=tuple(sorted([*refused, *unread], key=lambda refusal: (refusal.path, refusal.code))),
        captures=tuple(reading.capture for reading in readings),
    )
