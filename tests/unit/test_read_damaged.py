"""Damaged files of every format: what `make fuzz-read` does with thousands, with as many as a test run can take."""

from __future__ import annotations

import subprocess
import sys

import pytest
from bench.fuzz_read import FAILURES
from bench.mutations import ROOT, examples, format_of, judged, mutated
from read_cases import capture_of

FILES = examples()


def test_every_format_is_among_the_examples() -> None:
    formats = {format_of(name) for name in FILES}
    assert {"html", "txt", "md", "xml", "eml", "pdf", "warc", "warc.gz", "wacz", "docx"} <= formats


def test_examples_are_read_when_nobody_damages_them() -> None:
    """Otherwise the damage would be done to what is refused at once."""
    for name, content in FILES.items():
        assert judged(capture_of(content, name), content).code in ("read", "partly-read"), name


def test_the_same_numbers_make_the_same_file() -> None:
    assert mutated(3, 14, FILES) == mutated(3, 14, FILES)
    assert len({mutated(3, number, FILES)[1] for number in range(40)}) > 35


@pytest.mark.parametrize("hundred", range(3))
def test_damaged_files_are_read_or_refused(hundred: int) -> None:
    for number in range(100 * hundred, 100 * (hundred + 1)):
        name, content = mutated(1, number, FILES)
        found = judged(capture_of(content, str(number)), content)
        assert found.code not in FAILURES, f"--seed 1 --only {number} ({name}): {found.code}"
        if found.code in ("read", "partly-read"):
            assert found.remedy == "", f"--seed 1 --only {number} ({name}): {found.remedy}"


def test_the_command_counts_and_exits_by_what_it_finds() -> None:
    """In a process of its own, whose children's memory is that of its workers."""
    command = [sys.executable, "-m", "bench.fuzz_read", "--inputs", "12", "--seed", "5", "--workers", "1"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    assert "12 example files, damaged with seed 5: 0 failed" in ended.stdout
