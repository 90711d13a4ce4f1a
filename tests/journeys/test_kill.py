"""A process that adds files to a case and runs it is killed again and again; nothing it acknowledged is ever lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from firsthand.engine import case
from firsthand.records import Results

KILLS = 40
FILES = 20
NOW = "2031-02-03T04:05:06Z"
STAGES_FOLDER = Path(__file__).resolve().parent.parent / "unit"

# Small batches, so that there is something to lose; every acknowledgement is a line that reaches the pipe at once.
CHILD = """
import os, sys
from pathlib import Path
from case_stages import STAGES
from firsthand.engine import case
print("started", flush=True)
folder, now, names = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
for start in range(0, len(names), 4):
    case.add(folder, names[start:start + 4], now=now, kept=lambda capture: print("kept", capture.sha256, flush=True))
case.run(folder, stages=STAGES, workers=0)
print("done", flush=True)
"""


@dataclass(kw_only=True)
class Outcome:
    """What a child said before it ended."""

    kept: set[str] = field(default_factory=set)
    done: bool = False
    seconds: float = 0.0
    """From its start-up to its end."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Twenty short articles, two of them the same."""
    folder = tmp_path_factory.mktemp("files")
    for number in range(FILES):
        text = f"Town {number % (FILES - 1)} uses cameras, says Report {number % 3}\nTown {number} uses drones\n"
        (folder / f"{number:02}.txt").write_text(text * 50)
    return sorted(str(path) for path in folder.iterdir())


def child(root: Path, files: list[str], dies_after: float | None) -> Outcome:
    """Runs the child on the case and kills it so many seconds after its start-up, or lets it finish."""
    command = [sys.executable, "-c", CHILD, str(root), NOW, *files]
    path = os.pathsep.join([str(STAGES_FOLDER), *filter(None, [os.environ.get("PYTHONPATH")])])
    outcome = Outcome()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "started\n", process.stderr.read()
        begun = time.monotonic()
        if dies_after is not None:
            time.sleep(dies_after)
            process.send_signal(signal.SIGKILL)
        said = process.stdout.read().splitlines()
        outcome.seconds = time.monotonic() - begun
        assert process.wait() == 0 or dies_after is not None, process.stderr.read()
    # The last line may have been cut off by the kill; it was not said, then.
    outcome.kept = {line.split()[1] for line in said if line.startswith("kept ") and len(line) == len("kept ") + 64}
    outcome.done = "done" in said
    return outcome


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder in memory where there is one: a kill leaves the same there, and forty of them take half as long."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def unkilled(root: Path, files: list[str]) -> tuple[Results, float]:
    case.init(root, now=NOW)
    outcome = child(root, files, None)
    assert outcome.done
    return case.results(root), outcome.seconds


def test_no_kill_loses_what_was_acknowledged(files: list[str], place: Path) -> None:
    """Forty kills at random moments: the case verifies after each, holds all it acknowledged, and ends the same.

    A case that was finished is followed by a new one, so that kills fall on every part of the work.
    """
    expected, seconds = unkilled(place / "unkilled", files)
    chance = random.Random(20)  # any number: it makes a failure come again
    root, acknowledged, finished, interrupted = place / "case", set[str](), 0, 0
    case.init(root, now=NOW)
    for _ in range(KILLS):
        outcome = child(root, files, chance.uniform(0, 1.1 * seconds))
        acknowledged |= outcome.kept
        interrupted += not outcome.done
        found = case.verify(root)
        assert found.ok, found.faults
        assert acknowledged <= {each.sha256 for each in case.captures(root)}
        if outcome.done:
            assert case.results(root) == expected
            finished += 1
            shutil.rmtree(root)
            acknowledged.clear()
            case.init(root, now=NOW)
    assert child(root, files, None).done
    assert case.results(root) == expected
    assert case.verify(root).ok
    assert interrupted >= KILLS // 2, (
        f"{finished} of {KILLS} children finished: the kills came too late to show anything"
    )
