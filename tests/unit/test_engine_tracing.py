"""A batch of files always comes to results: each file read or refused, the same whatever the order and the workers."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import fake_stages
import pytest
from fake_stages import STAGES

from firsthand.engine.tracing import trace_paths
from firsthand.engine.workers import Limits, Reading, read_captures
from firsthand.records import Capture, Circumstance, Refusal, Results

NOW = "2031-05-01T12:00:00Z"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(6):
        (tmp_path / f"p{number}.txt").write_text(f"Filler line {number}.\nThe port uses Harrow cameras.\n")
    return tmp_path


def traced(*names: str, workers: int = 0) -> Results:
    return trace_paths(names, now=NOW, workers=workers, stages=STAGES)


def refused(results: Results) -> list[tuple[str, str]]:
    return [(refusal.path, refusal.code) for refusal in results.refused]


def captures_of(*contents: bytes) -> tuple[list[Capture], dict[str, bytes]]:
    met = Circumstance(path="p", captured_at=NOW, tool="test")
    captures = [
        Capture(sha256=f"{number:064x}", size_bytes=len(content), circumstances=(met,))
        for number, content in enumerate(contents)
    ]
    return captures, {capture.sha256: content for capture, content in zip(captures, contents, strict=True)}


def outcomes(contents: list[bytes], *, workers: int, limits: Limits | None = None) -> list[str]:
    """For each content the code of its refusal, or the text that was read."""
    captures, bytes_of = captures_of(*contents)
    readings = read_captures(
        captures,
        lambda capture: bytes_of[capture.sha256],
        stages=STAGES,
        workers=workers,
        limits=limits if limits is not None else Limits(),
    )
    return [_outcome(reading) for reading in readings]


def _outcome(reading: Reading) -> str:
    return reading.refusal.code if reading.refusal is not None else reading.documents[0].text


def test_files_become_documents_statements_and_findings(folder: Path) -> None:
    results = traced("p0.txt", "p1.txt")
    assert [document.path for document in results.documents] == ["p0.txt", "p1.txt"]
    assert len(results.statements) == 2
    assert [finding.text for finding in results.findings] == ["The port uses Harrow cameras."]


def test_order_of_names_and_number_of_workers_change_nothing(folder: Path) -> None:
    (folder / "bad.txt").write_text("refuse this")
    names = [f"p{number}.txt" for number in range(6)] + ["bad.txt", "nowhere.txt"]
    expected = traced(*names)
    for workers in (0, 1, 2, 3):
        random.Random(workers).shuffle(names)
        assert traced(*names, workers=workers) == expected


def test_equal_bytes_are_one_capture_met_twice(folder: Path) -> None:
    (folder / "again.txt").write_bytes((folder / "p0.txt").read_bytes())
    results = traced("p0.txt", "again.txt")
    (capture,) = results.captures
    assert [circumstance.path for circumstance in capture.circumstances] == ["again.txt", "p0.txt"]
    assert [document.path for document in results.documents] == ["again.txt"]
    assert {circumstance.captured_at for circumstance in capture.circumstances} == {NOW}


def test_refused_bytes_are_refused_at_every_path_they_were_met_at(folder: Path) -> None:
    (folder / "x.txt").write_text("refuse this")
    (folder / "y.txt").write_text("refuse this")
    assert refused(traced("x.txt", "y.txt")) == [("x.txt", "not-text"), ("y.txt", "not-text")]


def test_a_bad_file_stops_nothing(folder: Path) -> None:
    (folder / "void.txt").touch()
    results = traced("void.txt", "nowhere.txt", "p0.txt")
    assert refused(results) == [("nowhere.txt", "not-found"), ("void.txt", "empty")]
    assert len(results.documents) == 1


def test_nothing_usable_is_still_a_result(folder: Path) -> None:
    results = traced("nowhere.txt")
    assert results.documents == ()
    assert refused(results) == [("nowhere.txt", "not-found")]


def test_a_page_without_text_is_refused_rather_than_lost(folder: Path) -> None:
    (folder / "n.txt").write_text("nothing here")
    assert refused(traced("n.txt")) == [("n.txt", "no-text")]


def test_a_file_that_changes_between_sealing_and_reading_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results must never name one hash and quote other bytes."""
    first = folder / "p0.txt"

    def read_and_change(capture: Capture, content: bytes) -> object:
        (folder / "p1.txt").write_text("Somebody wrote to this file.")
        return fake_stages.read(capture, content)

    assert first.exists()
    stages = type(STAGES)(
        read=read_and_change,  # type: ignore[arg-type]
        extract=STAGES.extract,
        trace=STAGES.trace,
        reconcile=STAGES.reconcile,
    )
    results = trace_paths(["p0.txt", "p1.txt"], now=NOW, workers=0, stages=stages)
    assert refused(results) == [("p1.txt", "changed")]


def test_progress_counts_every_capture(folder: Path) -> None:
    told: list[tuple[int, int, str]] = []
    trace_paths(["p0.txt", "p1.txt"], now=NOW, workers=0, stages=STAGES, progress=lambda *step: told.append(step))
    assert told == [(1, 2, "p0.txt"), (2, 2, "p1.txt")]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_crash_costs_one_page_and_the_rest_is_read(workers: int) -> None:
    contents = [b"one", b"die now", b"two", b"exit now", b"three", b"fail now", b"four"]
    expected = ["one", "reader-crashed", "two", "reader-crashed", "three", "reader-crashed", "four"]
    assert outcomes(contents, workers=workers) == expected


def test_a_page_that_hangs_is_given_up_in_time() -> None:
    started = time.monotonic()
    assert outcomes([b"hang on", b"one"], workers=1, limits=Limits(seconds=1.0)) == ["too-slow", "one"]
    assert time.monotonic() - started < 20


def test_what_is_left_out_of_a_capture_is_refused_beside_what_was_read(folder: Path) -> None:
    """An archive that ends early gives its pages and one refusal at every path it was met at."""
    for name in ("part.txt", "same.txt"):
        (folder / name).write_text("partly read\nThe port uses Harrow cameras.")
    for workers in (0, 1):
        results = traced("part.txt", "same.txt", workers=workers)
        assert [document.path for document in results.documents] == ["part.txt"]
        assert len(results.statements) == 1
        assert [(refusal.path, refusal.code) for refusal in results.refused] == [
            ("part.txt", "cut-off"),
            ("same.txt", "cut-off"),
        ]


@pytest.mark.parametrize("act", ["die", "hang", "fail"])
def test_one_bad_page_of_an_archive_costs_that_page(act: str) -> None:
    """Time is measured for each page, so a large archive is no slow page, and what dies takes nothing with it."""
    captures, bytes_of = captures_of(f"many pages\nA uses x.\nlater {act} now\nB uses y.".encode())
    (reading,) = read_captures(
        captures, lambda capture: bytes_of[capture.sha256], stages=STAGES, workers=1, limits=Limits(seconds=4)
    )
    assert [document.text for document in reading.documents] == ["A uses x.", "B uses y."]
    assert len(reading.statements) == 2
    (refusal,) = reading.refused
    assert refusal.code == ("too-slow" if act == "hang" else "reader-crashed")
    assert refusal.reason.endswith("This is about document 2 in it.")


@pytest.mark.parametrize("workers", [0, 1])
def test_an_archive_of_traps_is_given_up(workers: int) -> None:
    """Three pages that fail are named, a fourth refusal is for the rest; pages before them are kept."""
    lines = ["A uses x.", *["later fail now"] * 9]
    captures, bytes_of = captures_of("\n".join(["many pages", *lines]).encode())
    (reading,) = read_captures(captures, lambda capture: bytes_of[capture.sha256], stages=STAGES, workers=workers)
    assert len(reading.documents) == 1
    assert [refusal.code for refusal in reading.refused] == ["reader-crashed"] * 3 + ["given-up"]
    only_traps, bytes_of = captures_of("\n".join(["many pages", *lines[1:]]).encode())
    (reading,) = read_captures(only_traps, lambda capture: bytes_of[capture.sha256], stages=STAGES, workers=workers)
    assert reading.refusal is not None
    assert reading.documents == ()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems can limit a process's memory")
def test_a_page_that_eats_memory_is_given_up() -> None:
    assert outcomes([b"eat all", b"one"], workers=1) == ["out-of-memory", "one"]


def test_a_library_that_prints_garbles_no_answer() -> None:
    assert outcomes([b"print this", b"one"], workers=1) == ["print this", "one"]


def test_a_crash_says_how_the_reader_ended() -> None:
    captures, bytes_of = captures_of(b"die now")
    (reading,) = read_captures(captures, lambda capture: bytes_of[capture.sha256], stages=STAGES, workers=1)
    assert reading.refusal is not None
    assert "SIGSEGV" in reading.refusal.reason


def test_a_fault_of_our_own_names_its_kind_and_line_for_a_report() -> None:
    captures, bytes_of = captures_of(b"fail now")
    (reading,) = read_captures(captures, lambda capture: bytes_of[capture.sha256], stages=STAGES, workers=1)
    assert reading.refusal is not None
    assert "RecursionError, fake_stages.py line " in reading.refusal.reason


def test_a_worker_cannot_make_its_caller_run_anything(tmp_path: Path) -> None:
    """An answer that names anything but a record is a crash, and what it names is not called."""
    marker = tmp_path / "ran"

    class Exploit:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(marker),)

    import io
    import pickle

    from firsthand.engine import workers

    payload = io.BytesIO()
    workers._send(payload, Exploit())
    payload.seek(0)
    with pytest.raises(pickle.UnpicklingError):
        workers._receive_answer(payload)
    assert not marker.exists()


def test_readings_given_up_half_way_leave_no_worker_behind() -> None:
    captures, bytes_of = captures_of(b"one", b"hang on", b"hang on too")
    readings = read_captures(captures, lambda capture: bytes_of[capture.sha256], stages=STAGES, workers=2)
    started = time.monotonic()
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 20


def test_a_refusal_while_loading_is_passed_on() -> None:
    captures, _ = captures_of(b"one")
    lost = Refusal(path="p", code="changed", reason="r.", remedy="m.")
    for workers in (0, 1):
        (reading,) = read_captures(captures, lambda capture: lost, stages=STAGES, workers=workers)
        assert reading.refusal == lost


def test_modules_in_the_current_folder_are_not_imported_by_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of captured files may hold a `pickle.py`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)")
    assert outcomes([b"one"], workers=1) == ["one"]
