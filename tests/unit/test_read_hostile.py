"""Files made to do harm end as a typed refusal or a partial reading: in time, in memory, and without a trace."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hostile_cases import READ, Hostile, cases
from read_cases import capture_of

from firsthand.engine.stages import Stages, default_stages
from firsthand.engine.workers import Limits, read_captures
from firsthand.read import read
from firsthand.records import Document, Proposals, Statement

CASES = list(cases())
GIVEN_UP = {"too-slow", "out-of-memory", "reader-crashed", "reader-failed"}
TEMPTING = ("name", "climbs", "link", "entity", "template", "command", "address", "archive", "macro", "computer")
LIMITS = Limits(seconds=30.0, memory_bytes=640 * 1024 * 1024)
"""Address space, of which a worker's libraries take 200 MiB before it reads; what is resident is less."""


def no_statements(_: Document, _proposals: Sequence[Proposals] = ()) -> tuple[Statement, ...]:
    """Reading alone is tried here."""
    return ()


class Watch:
    """Sees every file that is opened for writing, every folder, connection and process that is made."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        writes = event == "open" and (
            (isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"))
            or (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        )
        if writes or event.startswith(
            ("socket.", "subprocess.", "os.mkdir", "os.rename", "os.symlink", "os.exec", "os.system", "shutil.")
        ):
            self.seen.append(f"{event} {arguments!r}")


WATCH = Watch()


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, set[str]]]:
    """What each file came to in one worker with limits: codes, and `read` where documents were made."""
    own = default_stages()
    stages = Stages(read=own.read, extract=no_statements, trace=own.trace, reconcile=own.reconcile)
    known = {case.name: case for case in CASES}
    captures = [capture_of(b"", case.name) for case in CASES]
    found: dict[str, set[str]] = {}
    folder, before = tmp_path_factory.mktemp("empty"), Path.cwd()
    os.chdir(folder)
    try:
        for reading in read_captures(
            captures, lambda capture: known[capture.path].build(), stages=stages, workers=2, limits=LIMITS
        ):
            codes = {refusal.code for refusal in reading.refused}
            found[reading.capture.path] = codes | ({READ} if reading.documents else set())
        assert list(folder.iterdir()) == []
        yield found
    finally:
        os.chdir(before)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems can limit a process's memory")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_files_stay_within_limits(case: Hostile, outcomes: dict[str, set[str]]) -> None:
    """Thirty seconds and 640 MiB: within them the reader itself says what is wrong, or only the process ends."""
    assert outcomes[case.name] & case.outcomes, outcomes[case.name]
    assert not outcomes[case.name] & (GIVEN_UP - case.outcomes)


WATCHED = [case for case in CASES if any(word in case.name for word in TEMPTING)]


@pytest.mark.parametrize("case", WATCHED, ids=lambda case: case.name)
def test_nothing_is_written_fetched_or_run(case: Hostile) -> None:
    """Whatever names, addresses and commands stand in a file."""
    content = case.build()
    read(capture_of(content, "a"), content)  # what is imported on the way is read first, outside the watch
    WATCH.seen.clear()
    WATCH.on = True
    try:
        read(capture_of(content, "a"), content)
    finally:
        WATCH.on = False
    assert WATCH.seen == []


def test_the_watch_sees(tmp_path: Path) -> None:
    """A test that never fails shows nothing."""
    WATCH.seen.clear()
    WATCH.on = True
    try:
        (tmp_path / "written").write_text("x")
        (tmp_path / "made").mkdir()
        socket.socket().close()
    finally:
        WATCH.on = False
    assert len(WATCH.seen) == 3
