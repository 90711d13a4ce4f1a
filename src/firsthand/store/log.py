"""The custody log: one canonical JSON object a line, each naming the hash of the line before it, under a signed root.

    log/entries.jsonl   {"at":…,"kind":…,"n":0,"previous":…,…}     RFC 8785, one line an entry, never changed
    log/checkpoint      C2SP checkpoint: how many entries, their RFC 6962 root hash, an Ed25519 signature
    log/torn/           ends of lines that a crash cut off, moved aside and recorded

A line's hash is its RFC 6962 leaf hash, so the chain and the tree are over the same bytes. An entry counts as
acknowledged once a checkpoint that covers it is on disk; what follows the last checkpoint is taken over when it is
whole and moved aside when it is not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from firsthand.records import Json, canonical_json
from firsthand.store.durable import Disk, make_folders, put_file
from firsthand.store.errors import CaseDamaged
from firsthand.store.merkle import EMPTY_ROOT, Frontier, leaf_hash
from firsthand.store.note import Checkpoint, NoteRefused, PrivateKey, PublicKey, open_note


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFiles:
    """Where the parts of a log lie."""

    folder: Path

    @property
    def entries(self) -> Path:
        """The lines."""
        return self.folder / "entries.jsonl"

    @property
    def checkpoint(self) -> Path:
        """The signed root."""
        return self.folder / "checkpoint"

    @property
    def torn(self) -> Path:
        """Ends of lines that a crash cut off."""
        return self.folder / "torn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the log."""

    position: int
    start: int
    """Byte offset of the line in the file of entries."""
    end: int
    """Offset behind its newline."""
    leaf: bytes
    """RFC 6962 leaf hash of the line without its newline."""
    body: Mapping[str, Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tip:
    """A place between two entries: all that is needed to go on from there."""

    size: int = 0
    """Entries before it."""
    end: int = 0
    """Bytes before it."""
    leaf: str = EMPTY_ROOT.hex()
    """Hex hash of the entry before it; of the empty tree at the start."""
    peaks: tuple[str, ...] = ()
    """Hex roots of the complete subtrees before it (see `Frontier`)."""

    def after(self, leaf: bytes, line_bytes: int) -> Tip:
        """The place behind one more entry."""
        frontier = self._frontier()
        frontier.add(leaf)
        peaks = tuple(peak.hex() for peak in frontier.peaks)
        return Tip(size=self.size + 1, end=self.end + line_bytes, leaf=leaf.hex(), peaks=peaks)

    def root(self) -> bytes:
        """RFC 6962 root hash of the entries before it."""
        return self._frontier().root()

    def _frontier(self) -> Frontier:
        return Frontier(size=self.size, peaks=[bytes.fromhex(peak) for peak in self.peaks])


def parse_line(line: bytes) -> dict[str, Json]:
    """The entry that a line (without its newline) holds; raises `ValueError` when it holds none."""
    try:
        body = json.loads(line)
    except RecursionError as fault:
        raise ValueError("nested too deeply for an entry") from fault
    if not isinstance(body, dict):
        raise ValueError("not an object")
    return body


def follow(entries: Path, tip: Tip) -> Iterator[tuple[Entry, Tip]]:
    """The whole entries behind `tip`, each with the place behind it, up to the first line that does not follow."""
    with entries.open("rb") as stream:
        stream.seek(tip.end)
        for raw in stream:
            if not raw.endswith(b"\n"):
                return
            try:
                body = parse_line(raw[:-1])
            except ValueError:
                return
            if body.get("n") != tip.size or body.get("previous") != tip.leaf:
                return
            leaf = leaf_hash(raw[:-1])
            start, position = tip.end, tip.size
            tip = tip.after(leaf, len(raw))
            yield Entry(position=position, start=start, end=tip.end, leaf=leaf, body=body), tip


def read_checkpoint(files: LogFiles, key: PublicKey) -> Checkpoint:
    """The checkpoint, its signature checked; raises `CaseDamaged`."""
    remedy = "Restore this file from a backup of the case; what the case holds cannot be vouched for without it."
    try:
        checkpoint = Checkpoint.parse(open_note(files.checkpoint.read_bytes(), key))
    except OSError as fault:
        raise CaseDamaged(
            files.checkpoint, f"The log's checkpoint cannot be read ({fault.strerror}).", remedy
        ) from fault
    except NoteRefused as fault:
        raise CaseDamaged(files.checkpoint, f"The log's checkpoint does not hold: {fault}.", remedy) from fault
    if checkpoint.origin != key.name:
        raise CaseDamaged(files.checkpoint, "The checkpoint is that of another case.", remedy)
    return checkpoint


@dataclass(kw_only=True, slots=True)
class LogWriter:
    """Appends entries. After any failed write it must be thrown away and the log opened again."""

    files: LogFiles
    key: PrivateKey
    disk: Disk
    scratch: Path
    tip: Tip

    def append(self, bodies: Sequence[Mapping[str, Json]], at: str) -> list[tuple[Entry, Tip]]:
        """Adds entries for good: returns, with the place behind each, once they and their checkpoint are durable."""
        added: list[tuple[Entry, Tip]] = []
        lines: list[bytes] = []
        tip = self.tip
        for body in bodies:
            full: dict[str, Json] = {**body, "n": tip.size, "previous": tip.leaf, "at": at}
            line = canonical_json(full)
            behind = tip.after(leaf_hash(line), len(line) + 1)
            leaf = bytes.fromhex(behind.leaf)
            added.append((Entry(position=tip.size, start=tip.end, end=behind.end, leaf=leaf, body=full), behind))
            lines.append(line + b"\n")
            tip = behind
        descriptor = self.disk.extend(self.files.entries)
        try:
            self.disk.write(descriptor, b"".join(lines))
            self.disk.sync(descriptor)
        finally:
            os.close(descriptor)
        self.tip = tip
        self.vouch()
        return added

    def vouch(self) -> None:
        """Signs a checkpoint over everything up to the tip and puts it in the place of the last one."""
        checkpoint = Checkpoint(origin=self.key.name, size=self.tip.size, root=self.tip.root())
        note = self.key.sign(checkpoint.text()).encode()
        put_file(self.disk, self.files.checkpoint, note, scratch=self.scratch / "checkpoint")

    def set_aside_torn_end(self) -> None:
        """Moves whatever follows the tip, which was never acknowledged, to a file of its own under `torn/`."""
        with self.files.entries.open("rb") as stream:
            stream.seek(self.tip.end)
            torn = stream.read()
        if not torn:
            return
        name = f"{self.tip.size:08d}-{hashlib.sha256(torn).hexdigest()[:16]}"
        make_folders(self.disk, self.files.torn)
        put_file(self.disk, self.files.torn / name, torn, scratch=self.scratch / name)
        self.disk.cut(self.files.entries, self.tip.end)


def torn_entry(path: Path) -> dict[str, Json]:
    """The entry that records a torn end."""
    content = path.read_bytes()
    return {
        "kind": "torn",
        "name": path.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
    }
