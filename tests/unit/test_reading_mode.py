"""The mode of reading is asked for on the command line, named in the method, and refused where it cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from store_cases import NOW, quick_folder

from firsthand.cli import main
from firsthand.engine import case, stages
from firsthand.engine.case_method import reading_method
from firsthand.engine.stages import ReadingUnavailableError, default_stages
from firsthand.read import second_opinion

SENTENCES = "".join(
    f"<p>The port authority installed {number} facial recognition cameras on the harbour wall, the mayor said.</p>"
    for number in range(40, 48)
)
LINKS = "".join(f"<li><a href='/{number}'>Quay {number}</a></li>" for number in range(30))
PAGE = f"<html><body><nav><ul>{LINKS}</ul></nav><article>{SENTENCES}</article></body></html>"


def without_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "find_spec", lambda _: None)


def test_without_the_other_extractor_the_best_mode_is_refused_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    without_extractor(monkeypatch)
    (tmp_path / "page.html").write_text(PAGE)
    done = CliRunner().invoke(main, ["trace", str(tmp_path), "--reading", "best"])
    assert done.exit_code == 2
    assert "pip install 'firsthand[best]'" in done.output
    with pytest.raises(ReadingUnavailableError):
        default_stages("best")


def test_the_standard_mode_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    without_extractor(monkeypatch)
    assert default_stages() == default_stages("standard")


def test_mode_and_version_of_the_extractor_are_part_of_the_method(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "find_spec", lambda _: True)
    named = {reading_method(default_stages())}
    for version in ("trafilatura-2.3.1", "trafilatura-2.4.0"):
        monkeypatch.setattr(second_opinion, "version", lambda version=version: version)
        named.add(reading_method(default_stages("best")))
    assert len(named) == 3


def test_a_case_run_in_another_mode_is_read_again() -> None:
    pytest.importorskip("trafilatura")
    with quick_folder() as folder:
        (folder / "page.html").write_text(PAGE)
        case.init(folder / "case", now=NOW)
        case.add(folder / "case", [str(folder / "page.html")], now=NOW)
        ran = [
            case.run(folder / "case", stages=default_stages(mode), workers=0).read
            for mode in ("standard", "standard", "best", "best")
        ]
        assert ran == [1, 0, 1, 0]
        (document,) = case.documents(folder / "case")
        assert document.method.startswith("read.html+trafilatura-")
