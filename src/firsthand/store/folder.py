"""A case folder, opened for reading by anyone or for writing by one.

    CASE/firsthand.toml            settings; the case's form and public key
    CASE/objects/sha256/ab/cd/…    sealed bytes
    CASE/log/                      the custody log
    CASE/keys/log.key              the private key that signs its checkpoint, readable by the owner alone
    CASE/index.sqlite              made again from the rest at any time
    CASE/lock  CASE/scratch/       who writes; unfinished files

What is added is made durable in one order: objects, log entries, checkpoint, index. A caller that has its answer can
acknowledge; whatever a crash leaves half done before that is put right when the case is next opened for writing.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from firsthand.records import Capture, Decision, Json, Proposals, Refusal, Visit
from firsthand.store.durable import Disk, make_folders, put_file
from firsthand.store.errors import CaseDamaged, CaseExists, CaseLocked, CaseNotFound, CaseTooNew, WriteFailed
from firsthand.store.index import Index
from firsthand.store.log import LogFiles, LogWriter, Tip, follow, read_checkpoint, torn_entry
from firsthand.store.note import Checkpoint, NoteRefused, PrivateKey, PublicKey
from firsthand.store.objects import Objects, seal_of
from firsthand.store.serial import to_json

FORM = 1
"""Number of the folder's form, counted up when an older program could no longer read it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Where everything lies in a case folder."""

    root: Path

    @property
    def settings(self) -> Path:
        """The case's form and public key, and the user's settings. Written last: no case is there without it."""
        return self.root / "firsthand.toml"

    @property
    def objects(self) -> Objects:
        """Sealed bytes."""
        return Objects(root=self.root / "objects" / "sha256")

    @property
    def log(self) -> LogFiles:
        """The custody log."""
        return LogFiles(folder=self.root / "log")

    @property
    def private_key(self) -> Path:
        """Signs the log's checkpoint."""
        return self.root / "keys" / "log.key"

    @property
    def index(self) -> Path:
        """Made again from the rest at any time."""
        return self.root / "index.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the one who writes."""
        return self.root / "lock"

    @property
    def scratch(self) -> Path:
        """Files that are not finished."""
        return self.root / "scratch"

    def shown(self, path: Path) -> str:
        """A path within the case, in words that mean the same wherever the case lies."""
        return path.relative_to(self.root).as_posix()


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """Bytes that came in, and the capture they make."""

    capture: Capture
    content: bytes


def public_key(layout: Layout) -> PublicKey:
    """The key that the case's checkpoints are checked with; raises when there is no case of a known form."""
    try:
        case = tomllib.loads(layout.settings.read_text("utf-8")).get("case", {})
        form, key = case.get("form"), PublicKey.parse(case.get("key", ""))
    except FileNotFoundError as fault:
        raise CaseNotFound(
            layout.root, "There is no case in this folder.", "Make one with `firsthand init`."
        ) from fault
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, NoteRefused, AttributeError, TypeError) as fault:
        remedy = "Restore the file from a backup; the first line of log/entries.jsonl holds the key it should name."
        raise CaseDamaged(layout.settings, f"The case's settings cannot be read: {fault}.", remedy) from fault
    if form != FORM:
        raise CaseTooNew(
            layout.settings, f"The case has form {form!r}; this version knows {FORM}.", "Update Firsthand."
        )
    return key


@contextmanager
def reading(root: Path) -> Iterator[tuple[Objects, Index]]:
    """The case's objects and its index, as last written. Waits for nobody; makes the index again if it is gone."""
    layout = Layout(root=root)
    public_key(layout)
    index = Index.open_for_reading(layout.index)
    if index is None:
        with writing(root):
            pass  # opening for writing follows the whole log into a new index
        index = Index.open_for_reading(layout.index)
    if index is None:
        raise CaseDamaged(layout.index, "The index cannot be read.", "Check the disk; the index itself can be deleted.")
    try:
        yield layout.objects, index
    finally:
        index.close()


@contextmanager
def writing(root: Path, disk: Disk | None = None) -> Iterator[Writer]:
    """The case, to add to; raises `CaseLocked` when someone else does already. Heals what a crash left half done."""
    layout, disk = Layout(root=root), disk if disk is not None else Disk()
    key = public_key(layout)
    with _locked(layout.lock):
        with _write_faults(layout.index):
            index = Index.open_for_writing(layout.index)
        try:
            yield Writer(layout=layout, index=index, log=_open_log(layout, key, index, disk), disk=disk)
        finally:
            index.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class Writer:
    """A case opened for writing. After a `WriteFailed` it must be opened again."""

    layout: Layout
    index: Index
    log: LogWriter
    disk: Disk

    @property
    def objects(self) -> Objects:
        """Sealed bytes."""
        return self.layout.objects

    def keep(self, arrivals: Sequence[Arrival], refusals: Sequence[Refusal], at: str) -> None:
        """Keeps bytes with their circumstances, and what was refused; once this returns, no crash loses them."""
        contents = {arrival.capture.sha256: arrival.content for arrival in arrivals}
        with _write_faults(self.layout.root):
            restored = self.objects.put(contents, self.disk, self.layout.scratch)
        bodies = list(self._arrival_entries(arrivals))
        bodies += [{"kind": "restored", "sha256": sha256} for sha256 in sorted(restored)]
        bodies += [{"kind": "refusal", "refusal": to_json(refusal)} for refusal in refusals]
        self._record(bodies, at)

    def keep_visit(self, visit: Visit, content: bytes, at: str) -> None:
        """Keeps the WARC file of a fetch that gave no new capture; once this returns, no crash loses it."""
        with _write_faults(self.layout.root):
            restored = self.objects.put({visit.sha256: content}, self.disk, self.layout.scratch)
        bodies: list[dict[str, Json]] = [{"kind": "visit", **to_json(seal_of(content)), "visit": to_json(visit)}]
        bodies += [{"kind": "restored", "sha256": sha256} for sha256 in sorted(restored)]
        self._record(bodies, at)

    def decide(self, decision: Decision) -> None:
        """Keeps a person's decision; once this returns, no crash loses it."""
        self._record([{"kind": "decision", "decision": to_json(decision)}], decision.decided_at)

    def keep_proposals(self, proposals: Sequence[Proposals], at: str) -> None:
        """Keeps what models proposed; once this returns, no crash loses it."""
        self._record([{"kind": "proposals", "proposals": to_json(each)} for each in proposals], at)

    def rebuild_index(self) -> None:
        """Follows the whole log into an index emptied of everything, the stages' part included."""
        with self.index.transaction():
            self.index.forget_everything()
            self.index.follow_log(follow(self.layout.log.entries, Tip()))

    def _arrival_entries(self, arrivals: Sequence[Arrival]) -> Iterator[dict[str, Json]]:
        """One entry for each path the bytes were not met at before; the first for new bytes carries their seal."""
        sealed: set[str] = set()
        for arrival in arrivals:
            sha256 = arrival.capture.sha256
            for circumstance in arrival.capture.circumstances:
                if self.index.was_met_at(sha256, circumstance.path):
                    continue
                entry: dict[str, Json] = {"sha256": sha256, "circumstance": to_json(circumstance)}
                if sha256 in sealed or self.index.has_capture(sha256):
                    yield {"kind": "circumstance", **entry}
                else:
                    sealed.add(sha256)
                    yield {"kind": "capture", **to_json(seal_of(arrival.content)), **entry}

    def _record(self, bodies: Sequence[Mapping[str, Json]], at: str) -> None:
        """Appends entries, those for torn ends that a crash left first."""
        with _write_faults(self.layout.root):
            files = sorted(self.layout.log.torn.iterdir()) if self.layout.log.torn.is_dir() else []
            known = self.index.torn_ends()
            torn = [torn_entry(file) for file in files if file.name not in known]
            if not torn and not bodies:
                return
            added = self.log.append([*torn, *bodies], at)
        with self.index.transaction():
            self.index.follow_log(added)


def create(root: Path, *, now: str, tool: str, seed: bytes | None = None, disk: Disk | None = None) -> None:
    """Makes a new case in a folder that is new or empty; raises `CaseExists`. `seed` is for tests: 32 bytes of key."""
    layout, disk = Layout(root=root), disk if disk is not None else Disk()
    seed = seed if seed is not None else os.urandom(32)
    name = f"firsthand-case-{hashlib.sha256(PrivateKey(name='new', seed=seed).public.key).hexdigest()[:16]}"
    key = PrivateKey(name=name, seed=seed)
    with _write_faults(root):
        make_folders(disk, root)
    _refuse_to_overwrite(layout)  # before the lock, whose file would stay behind in somebody's folder
    with _locked(layout.lock):
        _refuse_to_overwrite(layout)
        with _write_faults(root):
            _write_new_case(
                layout, disk, key, {"kind": "init", "form": FORM, "key": key.public.text(), "tool": tool}, now
            )


def _refuse_to_overwrite(layout: Layout) -> None:
    """Only a folder that is empty, or that an `init` cut short has left without any capture, may become a case."""
    if layout.settings.exists():
        raise CaseExists(layout.root, "There is a case in this folder already.", "Use it, or choose another folder.")
    if layout.objects.root.is_dir() and any(layout.objects.root.iterdir()):
        remedy = "Restore firsthand.toml from a backup."
        raise CaseExists(layout.root, "A case in this folder has lost its settings.", remedy)
    folders = (layout.scratch, layout.private_key.parent, layout.log.folder, layout.objects.root.parent)
    ours = {layout.lock.name, *(folder.name for folder in folders)}
    if others := sorted(path.name for path in layout.root.iterdir() if path.name not in ours):
        reason = f"The folder holds other files, such as {others[0]!r}."
        raise CaseExists(layout.root, reason, "Choose a new folder for the case; then add these files to it.")


def _write_new_case(layout: Layout, disk: Disk, key: PrivateKey, first: Mapping[str, Json], now: str) -> None:
    """Writes everything a case needs, the settings last: before that, there is no case."""
    for folder in (layout.scratch, layout.private_key.parent, layout.log.folder):
        make_folders(disk, folder)
    put_file(disk, layout.private_key, key.text().encode() + b"\n", scratch=layout.scratch / "key")
    put_file(disk, layout.log.entries, b"", scratch=layout.scratch / "entries")
    LogWriter(files=layout.log, key=key, disk=disk, scratch=layout.scratch, tip=Tip()).append([first], now)
    make_folders(disk, layout.objects.root)
    settings = f'[case]\nform = {FORM}\nkey = "{key.public.text()}"\n'
    put_file(disk, layout.settings, settings.encode(), scratch=layout.scratch / "settings")


def _open_log(layout: Layout, key: PublicKey, index: Index, disk: Disk) -> LogWriter:
    """The log, to go on behind its last whole entry, and the index brought level with it."""
    checkpoint = read_checkpoint(layout.log, key)
    tip = _catch_up(layout, index, checkpoint)
    log = LogWriter(files=layout.log, key=_private_key(layout, key), disk=disk, scratch=layout.scratch, tip=tip)
    with _write_faults(layout.root):
        make_folders(disk, layout.scratch)
        for leftover in sorted(layout.scratch.iterdir()):
            disk.remove(leftover)
        log.set_aside_torn_end()
        if tip.size > checkpoint.size:
            log.vouch()
    return log


def _catch_up(layout: Layout, index: Index, checkpoint: Checkpoint) -> Tip:
    """Follows the log from where the index stands; from its start, if the signed root says that the index is wrong."""
    size_bytes = layout.log.entries.stat().st_size if layout.log.entries.exists() else 0
    for start in (index.tip(), Tip()):
        if start.end > size_bytes or size_bytes == 0:
            continue
        tip, root = _end_of_log(layout.log, start, checkpoint.size)
        if root != checkpoint.root:
            continue
        with index.transaction():
            if start.size == 0:
                index.forget_log()
            index.follow_log(follow(layout.log.entries, start))
        return tip
    raise CaseDamaged(
        layout.log.entries,
        f"The custody log does not hold the {checkpoint.size} entries that its checkpoint was signed over.",
        "Run `firsthand verify` to see which are damaged, then restore the log from a backup.",
    )


def _end_of_log(files: LogFiles, start: Tip, size: int) -> tuple[Tip, bytes | None]:
    """The place behind the last whole entry, and the root over the first `size` entries when the log gets that far."""
    tip = start
    root = start.root() if start.size == size else None
    for _, tip in follow(files.entries, start):
        if tip.size == size:
            root = tip.root()
    return tip, root


def _private_key(layout: Layout, public: PublicKey) -> PrivateKey:
    try:
        key = PrivateKey.parse(layout.private_key.read_text("ascii").removesuffix("\n"))
    except (OSError, ValueError) as fault:
        reason = f"The key that signs this case's log cannot be read: {fault}."
        raise CaseDamaged(
            layout.private_key, reason, "Restore it from a backup; reading and verifying work."
        ) from fault
    if key.public != public:
        remedy = "Restore it from a backup; reading and verifying work."
        raise CaseDamaged(layout.private_key, "The key is not the one that firsthand.toml names.", remedy)
    return key


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds the lock; it is let go when the process ends, however it ends."""
    with _write_faults(path):
        stream = path.open("a")
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            remedy = "Wait until it is done; reading commands work meanwhile."
            raise CaseLocked(path.parent, "Another process is writing to this case.", remedy) from fault
        yield


@contextmanager
def _write_faults(path: Path) -> Iterator[None]:
    """Says what a refused write means for the user."""
    try:
        yield
    except OSError as fault:
        where = fault.filename if isinstance(fault.filename, str) else path
        raise WriteFailed(
            where,
            f"It could not be written: {fault.strerror}.",
            "Make room, get write permission or mend the disk, then try again; what was acknowledged is kept.",
        ) from fault
