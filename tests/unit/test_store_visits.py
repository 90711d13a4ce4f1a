"""A visit is evidence like a capture: once it is acknowledged, no crash loses it, and damage to it is named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_cases import NOW, arrival, make_case, quick_folder
from store_disks import Dead, DyingDisk, FullDisk, PowerCutDisk

from firsthand.records import Visit
from firsthand.store.durable import Disk
from firsthand.store.errors import WriteFailed
from firsthand.store.folder import reading, writing
from firsthand.store.verify import verify

PAGE = arrival("http://post.example/story", b"WARC/1.1 the page")
CONTENT = b"WARC/1.1 that it had not changed"
VISIT = Visit(
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size_bytes=len(CONTENT),
    address="http://post.example/story",
    visited_at="2031-02-04T00:00:00Z",
    tool="test 1",
    outcome="unchanged",
    about=PAGE.capture.sha256,
)


@pytest.fixture
def place() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


def keep_visit(root: Path, disk: Disk | None = None) -> None:
    with writing(root, disk) as writer:
        writer.keep_visit(VISIT, CONTENT, NOW)


def visits(root: Path) -> tuple[Visit, ...]:
    with reading(root) as (objects, index):
        found = index.visits()
        assert all(objects.read(visit.sha256) == CONTENT for visit in found)
        return found


def test_a_visit_adds_the_time_to_the_capture_it_is_about(place: Path) -> None:
    root = make_case(place / "case", PAGE)
    keep_visit(root)
    with reading(root) as (_, index):
        (capture,) = index.captures()
        assert [met.captured_at for met in capture.circumstances] == [NOW, "2031-02-04T00:00:00Z"]
        assert index.last_met_at(VISIT.address) == PAGE.capture.sha256
        assert index.last_met_at("http://post.example/other") is None
        assert index.visits() == (VISIT,)
        assert index.last_visit(VISIT.address, "unchanged") == VISIT
        assert index.last_visit(VISIT.address, "feed") is None
        assert index.last_visit("http://post.example/other", "unchanged") is None


@pytest.mark.parametrize("faulty", [FullDisk, DyingDisk, lambda step: None], ids=["full", "dying", "power"])
def test_whatever_the_disk_does_a_visit_is_kept_whole_or_can_be_kept_again(
    place: Path, faulty: Callable[[int], Disk | None]
) -> None:
    for step in range(1000):
        root = make_case(place / f"case-{step}", PAGE)
        disk = faulty(step) or PowerCutDisk(root, step)
        acknowledged = False
        try:
            keep_visit(root, disk)
            acknowledged = True
        except (WriteFailed, Dead):
            pass
        if isinstance(disk, PowerCutDisk):
            disk.cut_power()
        assert verify(root).ok, (step, verify(root).faults)
        assert visits(root) in ((VISIT,), () if not acknowledged else (VISIT,))
        if acknowledged:
            break
        keep_visit(root)
        assert VISIT in visits(root)
        assert verify(root).faults == ()
    assert step > 5
