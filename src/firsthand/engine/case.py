"""A case: a folder that remembers what was captured, what was made of it, and what people decided.

Each function does one thing that a command line, a web page or a script may ask for, takes the case's folder, and
returns records. Time comes in as `now`, in UTC and ISO 8601. All of them raise `StoreError` with what to do next.
Taking in pages from the web is in `case_fetch`, apart from this, so that nothing else loads what speaks to the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from firsthand.engine.added import TOOL, Added
from firsthand.engine.case_decide import decide, undo
from firsthand.engine.case_read import (
    Made,
    Shown,
    Status,
    captures,
    changed,
    decisions,
    derivations,
    documents,
    findings,
    groundings,
    origins,
    proposed,
    refusals,
    rejected,
    results,
    sealed_bytes,
    search,
    show,
    statements,
    status,
    visits,
)
from firsthand.engine.case_run import Ran, run
from firsthand.engine.inputs import InputFile, expand, read_bytes
from firsthand.engine.propose import Proposed, propose
from firsthand.preserve import merge, seal
from firsthand.records import Capture, Circumstance, Refusal
from firsthand.store import folder as store_folder
from firsthand.store import verify as store_verify
from firsthand.store.durable import Disk
from firsthand.store.errors import CaseNotFound
from firsthand.store.folder import Arrival, Layout, writing
from firsthand.store.verify import Verification

__all__ = [
    "Added",
    "Made",
    "Proposed",
    "Ran",
    "Shown",
    "Status",
    "add",
    "captures",
    "changed",
    "decide",
    "decisions",
    "derivations",
    "documents",
    "findings",
    "groundings",
    "init",
    "locate",
    "origins",
    "propose",
    "proposed",
    "refusals",
    "reindex",
    "rejected",
    "results",
    "run",
    "sealed_bytes",
    "search",
    "show",
    "statements",
    "status",
    "undo",
    "verify",
    "visits",
]

_BATCH_FILES = 64
_BATCH_BYTES = 32 * 1024 * 1024
"""Files are made durable together, which is far quicker than one by one; a batch fits in memory whatever is given."""


def init(folder: Path, *, now: str, tool: str = TOOL) -> None:
    """Makes an empty case in a folder that is new or empty. Its signing key is made here and stays there."""
    store_folder.create(folder, now=now, tool=tool)


def locate(start: Path) -> Path:
    """The case that `start` is in: the folder itself or the nearest one above it; raises `CaseNotFound`."""
    for folder in (start.absolute(), *start.absolute().parents):
        if Layout(root=folder).settings.is_file():
            return folder
    raise CaseNotFound(start, "There is no case here or in any folder above.", "Make one with `firsthand init`.")


def add(
    folder: Path,
    paths: Sequence[str],
    *,
    now: str,
    tool: str = TOOL,
    kept: Callable[[Capture], None] | None = None,
    disk: Disk | None = None,
) -> Added:
    """Takes files into the case: files, folders and patterns (see `inputs.expand`), in the order of their paths.

    `kept` is told of each capture once no crash can lose it, and may acknowledge it to whoever sent it. The same bytes
    from the same path are taken once, so an `add` that was cut short can be given again.
    """
    inputs = expand(paths, leave_out=[folder])
    new: dict[str, Capture] = {}
    again: dict[str, Capture] = {}
    refused = list(inputs.refused)
    with writing(folder, disk) as writer:
        for batch in _batches(inputs.files):
            arrivals = [_arrival(file, content, now, tool) for file, content in batch if isinstance(content, bytes)]
            refused += [content for _, content in batch if isinstance(content, Refusal)]
            known = {each.capture.sha256 for each in arrivals if writer.index.has_capture(each.capture.sha256)}
            writer.keep(arrivals, (), now)
            for arrival in arrivals:
                _file_under(again if arrival.capture.sha256 in known else new, arrival.capture)
                if kept is not None:
                    kept(arrival.capture)
        refused.sort(key=lambda refusal: (refusal.path, refusal.code))
        recorded = set(writer.index.refusals())
        writer.keep((), [refusal for refusal in refused if refusal not in recorded], now)
    return Added(new=tuple(new.values()), again=tuple(again.values()), refused=tuple(refused))


def _batches(files: Iterable[InputFile]) -> Iterator[list[tuple[InputFile, bytes | Refusal]]]:
    batch: list[tuple[InputFile, bytes | Refusal]] = []
    size_bytes = 0
    for file in files:
        content = read_bytes(file)
        batch.append((file, content))
        size_bytes += len(content) if isinstance(content, bytes) else 0
        if len(batch) == _BATCH_FILES or size_bytes >= _BATCH_BYTES:
            yield batch
            batch, size_bytes = [], 0
    if batch:
        yield batch


def _arrival(file: InputFile, content: bytes, now: str, tool: str) -> Arrival:
    circumstance = Circumstance(path=file.path, captured_at=now, tool=tool)
    return Arrival(capture=seal(content, circumstance), content=content)


def _file_under(met: dict[str, Capture], capture: Capture) -> None:
    known = met.get(capture.sha256)
    met[capture.sha256] = merge(known, capture) if known is not None else capture


def verify(folder: Path, *, known: str | None = None) -> Verification:
    """Checks every byte the case vouches for (see `store.verify`); `known` is an earlier checkpoint kept elsewhere."""
    return store_verify.verify(folder, known=known)


def reindex(folder: Path) -> None:
    """Makes the index again from the log, decisions included; `run` then makes the stages' part again."""
    with writing(folder) as writer:
        writer.rebuild_index()
