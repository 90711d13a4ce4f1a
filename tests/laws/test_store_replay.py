"""Law: whatever happens between writes, the case is what its log says, and nothing acknowledged is missing."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.preserve import merge, seal
from firsthand.records import Capture, Circumstance, Decision, Refusal
from firsthand.store.durable import Disk
from firsthand.store.errors import WriteFailed
from firsthand.store.folder import Arrival, create, reading, writing
from firsthand.store.verify import verify

NOW = "2031-02-03T04:05:06Z"
MEMORY = Path("/dev/shm")

paths = st.sampled_from(["a", "b", "c/d", "ü 1", "\u202e"])
contents = st.sampled_from([b"", b"x", b"y" * 70_000, b"\x00\xff", b"z\n"])
arrivals = st.lists(st.tuples(paths, contents), max_size=4)
refusals = st.lists(
    st.builds(Refusal, path=paths, code=st.just("empty"), reason=st.text(), remedy=st.text()), max_size=2
)
batches = st.lists(st.tuples(arrivals, refusals, st.booleans(), st.none() | st.integers(0, 40)), max_size=5)


class Faulty(Disk):
    """Fails one write or sync, counted from the first."""

    def __init__(self, fails_at: int | None) -> None:
        self.left = fails_at

    def sync(self, descriptor: int) -> None:
        """Fails when its turn has come."""
        if self.left is not None:
            self.left -= 1
            if self.left == -1:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        super().sync(descriptor)


def arrival(path: str, content: bytes) -> Arrival:
    met = Circumstance(path=path, captured_at=NOW, tool="test 1")
    return Arrival(capture=seal(content, met), content=content)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(batches)
def test_a_case_is_what_its_log_says(
    history: list[tuple[list[tuple[str, bytes]], list[Refusal], bool, int | None]],
) -> None:
    """Batches of arrivals, refusals and decisions, some met by a failing disk: all that returned is there, in order.

    An index made again from the log says the same as the one that was kept up, and the case verifies.
    """
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        root = Path(folder) / "case"
        create(root, now=NOW, tool="test 1", seed=bytes(32))
        expected: dict[str, Capture] = {}
        decided: list[str] = []
        for number, (came, refused, decides, fails_at) in enumerate(history):
            batch = [arrival(path, content) for path, content in dict(came).items()]
            decision = Decision(id=f"decision-{number}", act="accept", subjects=("f-1",), decided_at=NOW)
            try:
                with writing(root, Faulty(fails_at)) as writer:
                    writer.keep(batch, refused, NOW)
                    for each in batch:
                        known = expected.get(each.capture.sha256)
                        expected[each.capture.sha256] = merge(known, each.capture) if known else each.capture
                    if decides:
                        writer.decide(decision)
                        decided.append(decision.id)
            except WriteFailed:
                pass
        check(root, expected, decided)


def check(root: Path, expected: dict[str, Capture], decided: list[str]) -> None:
    with writing(root):
        pass
    with reading(root) as (_, index):
        before = (index.captures(), index.refusals(), index.decisions())
    there = {capture.sha256: set(capture.circumstances) for capture in before[0]}
    for sha256, capture in expected.items():
        assert set(capture.circumstances) <= there[sha256]
    assert [each.id for each in before[2] if each.id in decided] == decided
    assert verify(root).ok
    with writing(root) as writer:
        writer.rebuild_index()
    with reading(root) as (objects, index):
        assert (index.captures(), index.refusals(), index.decisions()) == before
        assert all(len(objects.read(capture.sha256)) == capture.size_bytes for capture in before[0])
