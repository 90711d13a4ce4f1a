"""Small cases for tests of the store: a fixed key, a fixed clock, made-up bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from firsthand.preserve import seal
from firsthand.records import Capture, Circumstance, Decision
from firsthand.store.durable import Disk
from firsthand.store.folder import Arrival, create, reading, writing

NOW = "2031-02-03T04:05:06Z"
SEED = bytes(range(32))


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where the system has such a thing: thousands of syncs to a real disk take minutes."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def arrival(path: str, content: bytes) -> Arrival:
    """Bytes that came from `path`."""
    return Arrival(capture=seal(content, Circumstance(path=path, captured_at=NOW, tool="test 1")), content=content)


def decision(identifier: str) -> Decision:
    """A decision with that identifier."""
    return Decision(id=identifier, act="accept", subjects=("f-1",), why="seen", by="an analyst", decided_at=NOW)


def make_case(root: Path, *arrivals: Arrival) -> Path:
    """A case that holds these."""
    create(root, now=NOW, tool="test 1", seed=SEED)
    keep(root, *arrivals)
    return root


def keep(root: Path, *arrivals: Arrival, disk: Disk | None = None) -> None:
    """Adds these in one batch."""
    with writing(root, disk) as writer:
        writer.keep(arrivals, (), NOW)


def held(root: Path) -> tuple[Capture, ...]:
    """What the case holds."""
    with reading(root) as (_, index):
        return index.captures()
