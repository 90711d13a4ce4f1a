"""Checks every byte that a case vouches for, and names what is damaged, missing or does not belong.

It reads the folder alone and takes no lock. What a crash may leave behind (`unfinished`) is reported and is no fault:
nothing of it was ever acknowledged. Whoever holds the case's private key can rewrite all of it; only a checkpoint kept
elsewhere, given as `known`, shows that.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from firsthand.records import Json
from firsthand.store.errors import CaseDamaged
from firsthand.store.folder import Layout, public_key
from firsthand.store.log import parse_line, read_checkpoint
from firsthand.store.merkle import leaf_hash, root_of
from firsthand.store.note import Checkpoint, NoteRefused, PrivateKey, PublicKey, open_note
from firsthand.store.objects import ByteRange, Seal, damage
from firsthand.store.serial import from_json

FaultKind: TypeAlias = Literal["damaged", "missing", "stray", "unfinished"]
FaultWhat: TypeAlias = Literal["object", "log entry", "checkpoint", "key", "file"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is not as the case says."""

    kind: FaultKind
    what: FaultWhat
    path: str
    """Path of the file within the case folder."""
    id: str
    """SHA-256 of an object, number of a log entry, or empty."""
    ranges: tuple[ByteRange, ...]
    """Bytes of the file that are damaged or missing, as closely as that can be known; empty when it cannot."""
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """What checking a case came to."""

    entries: int
    """Log entries that the checkpoint covers."""
    objects: int
    """Sealed objects that the log names."""
    size_bytes: int
    """Bytes that those objects have."""
    checkpoint: str
    """The signed checkpoint as it stands in the file, to keep elsewhere; empty when it does not hold."""
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether everything that was acknowledged is there, unchanged, with nothing beside it."""
        return all(fault.kind == "unfinished" for fault in self.faults)


def verify(root: Path, *, known: str | None = None) -> Verification:
    """Checks the case in `root`; with `known`, also that it goes on from that earlier checkpoint (the note's text).

    Raises `CaseNotFound`, or `CaseDamaged` when the settings that name the public key cannot be read.
    """
    layout = Layout(root=root)
    key = public_key(layout)
    faults = [*_check_key(layout, key)]
    checkpoint = _checkpoint(layout, key, faults)
    log = _read_log(layout, checkpoint)
    faults += log.faults
    faults += _check_known(layout, key, known, log.leaves)
    seals = _seals(log.bodies)
    faults += [found for seal in seals.values() if (found := _check_object(layout, seal)) is not None]
    faults += _check_torn(layout, log.bodies)
    faults += _strays(layout, seals)
    return Verification(
        entries=checkpoint.size if checkpoint is not None else len(log.bodies),
        objects=len(seals),
        size_bytes=sum(seal.size_bytes for seal in seals.values()),
        checkpoint=layout.log.checkpoint.read_text("utf-8") if checkpoint is not None else "",
        faults=tuple(faults),
    )


def _check_key(layout: Layout, key: PublicKey) -> Iterator[Fault]:
    path = layout.private_key
    try:
        if PrivateKey.parse(path.read_text("ascii").removesuffix("\n")).public != key:
            yield _fault(layout.shown(path), "damaged", "key", "It is not the key that firsthand.toml names.")
    except FileNotFoundError:
        yield _fault(layout.shown(path), "missing", "key", "Without it nothing can be added to the case.")
    except (OSError, ValueError) as fault:
        yield _fault(layout.shown(path), "damaged", "key", f"It cannot be read: {fault}.")


def _checkpoint(layout: Layout, key: PublicKey, faults: list[Fault]) -> Checkpoint | None:
    path = layout.log.checkpoint
    try:
        return read_checkpoint(layout.log, key)
    except CaseDamaged as fault:
        kind: FaultKind = "damaged" if path.exists() else "missing"
        faults.append(_fault(layout.shown(path), kind, "checkpoint", fault.reason))
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """One line of the log that holds an entry in its right place."""

    start: int
    end: int
    leaf: bytes
    previous: str
    body: Mapping[str, Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Log:
    """What the log holds, and what is wrong with it."""

    bodies: tuple[Mapping[str, Json], ...]
    """The entries that can be read and that nothing contradicts."""
    leaves: tuple[bytes, ...]
    """Leaf hashes, as far as the entries follow one another without a gap."""
    faults: tuple[Fault, ...]


def _read_log(layout: Layout, checkpoint: Checkpoint | None) -> _Log:
    path = layout.log.entries
    try:
        content = path.read_bytes()
    except OSError as fault:
        gone = _fault(layout.shown(path), "missing", "log entry", f"The log cannot be read: {fault.strerror}.")
        return _Log(bodies=(), leaves=(), faults=(gone,))
    lines = _lines(content)
    size = checkpoint.size if checkpoint is not None else len(lines)
    sound = _sound_entries(lines, size, checkpoint)
    faults = [_entry_fault(layout, number, sound, len(content)) for number in range(size) if number not in sound]
    faults += _between_entries(layout, sound, size, len(content))
    leaves: list[bytes] = []
    while len(leaves) in sound:
        leaves.append(sound[len(leaves)].leaf)
    return _Log(bodies=tuple(line.body for line in sound.values()), leaves=tuple(leaves), faults=tuple(faults))


def _entry_fault(layout: Layout, number: int, sound: Mapping[int, _Line], size_bytes: int) -> Fault:
    """Says where a bad entry lies: between the sound ones on either side of it."""
    start = max((line.end for each, line in sound.items() if each < number), default=0)
    end = min((line.start for each, line in sound.items() if each > number), default=size_bytes)
    reason = "The entry is not what the entry after it, or the signed checkpoint, says it was."
    kind: FaultKind = "damaged" if start < end else "missing"
    ranges = (ByteRange(start=start, end=end),) if start < end else ()
    return _fault(layout.shown(layout.log.entries), kind, "log entry", reason, id=str(number), ranges=ranges)


def _between_entries(layout: Layout, sound: Mapping[int, _Line], size: int, size_bytes: int) -> Iterator[Fault]:
    """Bytes of the log that are no entry's: put between two of them, or standing behind the last checkpoint."""
    path = layout.log.entries
    for number, line in sound.items():
        expected = sound[number - 1].end if number - 1 in sound else line.start if number else 0
        if line.start != expected:
            gap = ByteRange(start=expected, end=line.start)
            yield _fault(layout.shown(path), "stray", "log entry", "These bytes belong to no entry.", ranges=(gap,))
    end = sound[size - 1].end if size - 1 in sound else size_bytes
    if end < size_bytes:
        rest = ByteRange(start=end, end=size_bytes)
        reason = "It stands behind the last checkpoint, so it was never acknowledged."
        yield _fault(layout.shown(path), "unfinished", "log entry", reason, ranges=(rest,))


def _lines(content: bytes) -> list[tuple[int, _Line]]:
    """The lines that read as an entry, in their order, each with the number it gives itself."""
    lines: list[tuple[int, _Line]] = []
    start = 0
    while (newline := content.find(b"\n", start)) >= 0:
        raw, line_start, start = content[start:newline], start, newline + 1
        try:
            body = parse_line(raw)
        except ValueError:
            continue
        number, previous = body.get("n"), body.get("previous")
        if type(number) is int and isinstance(previous, str):
            lines.append(
                (number, _Line(start=line_start, end=start, leaf=leaf_hash(raw), previous=previous, body=body))
            )
    return lines


def _sound_entries(lines: Sequence[tuple[int, _Line]], size: int, checkpoint: Checkpoint | None) -> dict[int, _Line]:
    """The first `size` entries that nothing contradicts, by number, in order.

    From the last to the first: an entry whose successor is sound is judged by the hash its successor names. Where that
    cannot be (the last entry, or the successor is bad), the signed root decides, over the hashes sound successors name.
    """
    claimed: dict[int, list[_Line]] = {}
    for number, line in lines:
        claimed.setdefault(number, []).append(line)
    sound: dict[int, _Line] = {}
    unsure: dict[int, bytes] = {}
    """The hash that the entry's successor names, which is not the entry's own."""
    hashes = [b""] * size
    for number in reversed(range(size)):
        successor = sound.get(number + 1)
        named = _hex_or_nothing(successor.previous) if successor is not None else b""
        hashes[number] = named
        # Several lines may claim a number, when damage changed one's: the one that fits is meant.
        fitting = [line for line in claimed.get(number, ()) if line.leaf == named]
        if not fitting and (successor is None or number + 1 in unsure):
            fitting = _likeliest(claimed.get(number, []), claimed.get(number - 1, []))
            unsure |= {number: named} if fitting else {}
        for line in fitting[:1]:
            sound[number], hashes[number] = line, line.leaf
    if checkpoint is not None and all(hashes) and root_of(hashes) != checkpoint.root:
        for number in _guilty(hashes, unsure, checkpoint.root):
            del sound[number]
    return dict(sorted(sound.items()))


def _likeliest(lines: Sequence[_Line], before: Sequence[_Line]) -> list[_Line]:
    """Of lines that claim one number, the one that names a line before it; or else the last, if there is any."""
    leaves = {line.leaf.hex() for line in before}
    return sorted(lines, key=lambda line: (line.previous in leaves, line.start))[-1:]


def _guilty(hashes: Sequence[bytes], unsure: Mapping[int, bytes], root: bytes) -> Iterable[int]:
    """The one unsure entry that, with the hash its successor names, makes the root right; all of them, if none does."""
    for number, named in unsure.items():
        if named and root_of([*hashes[:number], named, *hashes[number + 1 :]]) == root:
            return [number]
    return unsure


def _hex_or_nothing(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _check_known(layout: Layout, key: PublicKey, known: str | None, leaves: Sequence[bytes]) -> Iterator[Fault]:
    if known is None:
        return
    path = layout.log.entries
    try:
        earlier = Checkpoint.parse(open_note(known.encode(), key))
    except NoteRefused as fault:
        reason = f"The checkpoint kept elsewhere was not signed by this case's key: {fault}."
        yield _fault(layout.shown(path), "damaged", "checkpoint", reason)
        return
    if earlier.size > len(leaves):
        reason = f"The checkpoint kept elsewhere covers {earlier.size} entries; the log has only {len(leaves)} of them."
        yield _fault(layout.shown(path), "missing", "log entry", reason)
    elif root_of(leaves[: earlier.size]) != earlier.root:
        reason = f"Its first {earlier.size} entries are not those that the checkpoint kept elsewhere was signed over."
        yield _fault(layout.shown(path), "damaged", "log entry", reason)


def _seals(bodies: Iterable[Mapping[str, Json]]) -> dict[str, Seal]:
    """The seal of each object that the log names, by SHA-256."""
    fields = ("sha256", "size_bytes", "chunk_bytes", "chunks")
    captures = (body for body in bodies if body.get("kind") in ("capture", "visit"))
    seals = (from_json(Seal, {name: body[name] for name in fields if name in body}) for body in captures)
    return {seal.sha256: seal for seal in seals}


def _check_object(layout: Layout, seal: Seal) -> Fault | None:
    path = layout.objects.path(seal.sha256)
    whole = (ByteRange(start=0, end=seal.size_bytes),)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return _fault(
                layout.shown(path), "stray", "object", "It is no file of its own.", id=seal.sha256, ranges=whole
            )
        ranges = damage(path, seal)
    except FileNotFoundError:
        reason = "The sealed bytes are not in the case folder."
        return _fault(layout.shown(path), "missing", "object", reason, id=seal.sha256, ranges=whole)
    except OSError as fault:
        reason = f"The sealed bytes cannot be read: {fault.strerror}."
        return _fault(layout.shown(path), "damaged", "object", reason, id=seal.sha256, ranges=whole)
    reason = "Its bytes have changed since they were sealed."
    return _fault(layout.shown(path), "damaged", "object", reason, id=seal.sha256, ranges=ranges) if ranges else None


def _check_torn(layout: Layout, bodies: Iterable[Mapping[str, Json]]) -> Iterator[Fault]:
    """Torn ends that the log recorded must be as they were; one that it has not recorded yet is left of a crash."""
    recorded = {body["name"]: body["sha256"] for body in bodies if body.get("kind") == "torn"}
    present = {path.name: path for path in layout.log.torn.iterdir()} if layout.log.torn.is_dir() else {}
    for name in sorted(recorded.keys() | present.keys(), key=str):
        path = layout.log.torn / str(name)
        if name not in present:
            yield _fault(layout.shown(path), "missing", "file", "The log recorded this torn end of a line.")
        elif name not in recorded:
            yield _fault(layout.shown(path), "unfinished", "file", "The next entry will be preceded by a record of it.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != recorded[name]:
            yield _fault(layout.shown(path), "damaged", "file", "This torn end has changed since it was moved aside.")


def _strays(layout: Layout, seals: Mapping[str, Seal]) -> Iterator[Fault]:
    """Files that nothing in the case accounts for."""
    expected = {layout.settings, layout.log.entries, layout.log.checkpoint, layout.private_key, layout.lock}
    expected |= {layout.index.with_name(layout.index.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")}
    expected |= {layout.objects.path(sha256) for sha256 in seals}
    for place, folders, files in os.walk(layout.root):
        folders.sort()
        if Path(place) == layout.root:
            folders[:] = [name for name in folders if name not in _NOT_OURS]
        links = [name for name in folders if Path(place, name).is_symlink()]
        for path in sorted(Path(place, name) for name in [*files, *links]):
            if path not in expected and path.parent != layout.log.torn:
                yield _stray(layout, path)


_NOT_OURS = ("anchors", "vault")
"""Folders that other parts keep and check: time stamps of checkpoints, encrypted originals."""


def _stray(layout: Layout, path: Path) -> Fault:
    if path.parent == layout.scratch:
        return _fault(layout.shown(path), "unfinished", "file", "A write was cut short; the next one clears it away.")
    if path == layout.objects.path(path.name) and not path.is_symlink():
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() == path.name:
                reason = "These bytes were written, but the log does not name them; adding their file again will."
                return _fault(layout.shown(path), "unfinished", "object", reason, id=path.name)
    return _fault(layout.shown(path), "stray", "file", "Nothing in the case accounts for this file.")


def _fault(
    path: str,
    kind: FaultKind,
    what: FaultWhat,
    reason: str,
    *,
    id: str = "",  # noqa: A002  the field's name
    ranges: tuple[ByteRange, ...] = (),
) -> Fault:
    return Fault(kind=kind, what=what, path=path, id=id, ranges=ranges, reason=reason)
